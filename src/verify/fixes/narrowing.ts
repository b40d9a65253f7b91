import type { CheckResult } from '../check-api';
import { fixFor } from '../rules';
import { readable } from '../unknown';
import { policyAt } from './policy-at';
import { optionOf } from './policy-terms';

/** What to change where a page gets in that should not: which option of which API lets it in. */
export function narrowing(result: CheckResult): string {
  const { api, response } = result;
  const place = placeOf(result);
  if (place === undefined) return fixFor('wider', api.kind);
  const allowed = response?.answer.headers['access-control-allow-origin'];
  const entry = allowed === '*' ? '"*"' : 'whatever lets this origin in';
  return readable(`Take ${entry} out of ${place}, and list exact origins there.`);
}

function placeOf({ api, response }: CheckResult): string | undefined {
  const { answeredBy, byFunction } = response?.answer ?? {};
  const policy = policyAt(api, answeredBy);
  const own = byFunction && `the CorsRuntime of ${byFunction}`;
  if (policy) return optionOf(policy, 'allowOrigins') + (own ? `, or of ${own}` : '');
  if (own) return `cors.allowOrigins of ${own} (CORS_POLICY in the template)`;
  const name = api.constructPath ?? api.id;
  if (api.kind !== 'REST' && api.cors) return `AllowOrigins of the CORS configuration of ${name}`;
  return answeredBy && `the Access-Control-Allow-Origin of ${answeredBy}`;
}
