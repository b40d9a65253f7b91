import type { Authoring } from '../model/authoring';
import type { PolicyMark } from '../template/policy-marks';
import { readable } from '../unknown';
import { functionTerms } from './function-terms';
import type { Need, Terms } from './terms';
import { withNames } from './with-names';

/**
 * Code behind a proxy integration sends the headers, and API Gateway passes them on as they are.
 */
export function backendTerms(need: Need, { tool }: Authoring, policy: PolicyMark | undefined): Terms {
  const { api, cause, request } = need;
  const { byFunction, answeredBy, headers: sent } = cause.answer;
  const origin = readable(request.origin);
  if (byFunction !== undefined) return functionTerms(need, byFunction, policy);
  const where = `the backend of ${answeredBy ?? api.id}`;
  const withCredentials = request.credentials ? ' and Access-Control-Allow-Credentials: true' : '';
  const helper = tool === 'cdk' ? ' (a CorsRuntime and withCors do it for a Lambda function)' : '';
  const list = (header: string, names: string[]): string => {
    return `let ${where} send ${header}: ${withNames(sent[header.toLowerCase()], names).join(', ')}${helper}`;
  };
  return {
    origin: () => `let ${where} send Access-Control-Allow-Origin: ${origin}${withCredentials}${helper}`,
    credentials: () => `let ${where} send Access-Control-Allow-Credentials: true${helper}`,
    methods: (names) => list('Access-Control-Allow-Methods', names),
    headers: (names) => list('Access-Control-Allow-Headers', names),
    preflight: () => `let ${where} answer OPTIONS with 204 and the CORS headers${helper}`,
  };
}
