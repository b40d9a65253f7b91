import type { Authoring } from '../model/authoring';
import { readable } from '../unknown';
import { methodsOn } from './place';
import { quoted } from './policy-terms';
import type { Need, Terms } from './terms';
import { withNames } from './with-names';

/** SAM and plain CloudFormation: the property, with its value. */
export function templateTerms(need: Need, { tool }: Pick<Authoring, 'tool'>): Terms {
  if (need.api.kind === 'HTTP') return configurationTerms(need, tool);
  return tool === 'sam' && need.cause.of === 'preflight' ? samTerms(need) : mappingTerms(need);
}

/** `CorsConfiguration` has one spelling, in SAM, too. */
function configurationTerms({ api, request, cause }: Need, tool: Authoring['tool']): Terms {
  const of = `in CorsConfiguration of ${api.id}`;
  const origin = readable(request.origin);
  const headers = Object.keys(request.headers ?? {});
  const isConfigured = api.kind === 'HTTP' && api.cors !== undefined;
  const credentials = request.credentials ? ', and set AllowCredentials: true' : '';
  const letIn = (): string =>
    cause.value === '*'
      ? `list ${quoted(origin)} in place of "*" in AllowOrigins ${of}${credentials}`
      : isConfigured
        ? `add ${quoted(origin)} to AllowOrigins ${of}`
        : `set AllowOrigins: [${quoted(origin)}]${credentials}${
            cause.of === 'preflight' ? `, AllowMethods and AllowHeaders` : ''
          } ${of}`;
  return {
    origin: letIn,
    credentials: () => `set AllowCredentials: true ${of}`,
    methods: (names) => `add ${names.map(quoted).join(', ')} to AllowMethods ${of}`,
    headers: (names) => `add ${names.map(quoted).join(', ')} to AllowHeaders ${of}`,
    preflight: () =>
      isConfigured
        ? `list methods in place of ANY and $default, so that API Gateway answers OPTIONS itself; or add ${
            tool === 'sam' ? 'an event' : 'a route'
          } OPTIONS without an authorizer, whose integration answers with 204`
        : `give ${api.id} a CorsConfiguration with AllowOrigins: [${quoted(origin)}], ` +
          `AllowMethods: [${methodsOn(api, request).map(quoted).join(', ')}]` +
          (headers.length > 0 ? `, AllowHeaders: [${headers.map(quoted).join(', ')}]` : '') +
          credentials,
  };
}

/** The `Cors` property of AWS::Serverless::Api makes the answers to preflights. */
function samTerms({ api, request, cause }: Need): Terms {
  const of = `in the Cors property of the AWS::Serverless::Api (${api.id})`;
  const { 'access-control-allow-methods': methods, 'access-control-allow-headers': headers } = cause.answer.headers;
  const listed = (value: string | undefined, names: string[]) => `"'${withNames(value, names).join(',')}'"`;
  const credentials = request.credentials ? ' and AllowCredentials: true' : '';
  const origin = `AllowOrigin: "'${readable(request.origin)}'"${credentials}`;
  return {
    origin: () => `set ${origin} ${of}`,
    credentials: () => `set AllowCredentials: true ${of}`,
    methods: (names) => `set AllowMethods: ${listed(methods, names)} ${of}`,
    headers: (names) => `set AllowHeaders: ${listed(headers, names)} ${of}`,
    preflight: () =>
      `set ${origin}, AllowMethods: ${listed(undefined, methodsOn(api, request))} and AllowHeaders: ${listed(
        undefined,
        Object.keys(request.headers ?? {}),
      )} ${of}, and AddDefaultAuthorizerToCorsPreflight: false in its Auth`,
  };
}

/** Mapped headers of a method of a REST API, or of a gateway response. */
function mappingTerms({ api, request, cause: { answer, names, value } }: Need): Terms {
  const { gatewayError, answeredBy, status } = answer;
  const type = `DEFAULT_${status >= 500 ? '5XX' : '4XX'}`;
  const isError = gatewayError !== undefined;
  const prefix = isError ? 'gatewayresponse' : 'method.response';
  const place = isError
    ? `ResponseParameters of the gateway response ${type}`
    : `ResponseParameters of the integration response of ${answeredBy}, declared in its method response`;
  const map = (header: string, mapped: string): string => `"${prefix}.header.${header}": "'${mapped}'"`;
  const list = (header: string, added: string[]): string => {
    return `set ${map(header, withNames(answer.headers[header.toLowerCase()], added).join(','))} in ${place}`;
  };
  const origin = readable(request.origin);
  const headers = Object.keys(request.headers ?? {});
  const both = [
    map('Access-Control-Allow-Origin', origin),
    ...(request.credentials ? [map('Access-Control-Allow-Credentials', 'true')] : []),
  ];
  return {
    origin: () => {
      const isOther = value !== undefined && /^https?:\/\//.test(value) && !/[,\s*]/.test(value);
      const keeps =
        isOther && !names.includes(value)
          ? `; a mapped header holds one origin, so list both in a response template if ${value} is to stay ` +
            '($context.responseOverride.header)'
          : '';
      return `set ${both.join(' and ')} in ${place}${keeps}`;
    },
    credentials: () => `set ${map('Access-Control-Allow-Credentials', 'true')} in ${place}`,
    methods: (added) => list('Access-Control-Allow-Methods', added),
    headers: (added) => list('Access-Control-Allow-Headers', added),
    preflight: () => {
      const answers = [
        ...both,
        map('Access-Control-Allow-Methods', methodsOn(api, request).join(',')),
        ...(headers.length > 0 ? [map('Access-Control-Allow-Headers', headers.join(','))] : []),
      ].map((each) => each.replace(`"${prefix}.`, '"method.response.'));
      return (
        'add an OPTIONS method to this path with AuthorizationType: ' +
        `NONE and a MOCK integration (request template {"statusCode": 200}) that sends ${answers.join(', ')}`
      );
    },
  };
}
