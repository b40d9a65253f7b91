import { headerOf } from '../gateway/request';
import type { Authoring } from '../model/authoring';
import { readable } from '../unknown';
import { askedByRoutes, isDefaultHeader } from './asked-by-routes';
import { callOf } from './call';
import { hasOptions } from './place';
import { quoted } from './policy-terms';
import { templateTerms } from './template-terms';
import type { Need, Terms } from './terms';

/**
 * A CDK app without a policy of this library: the call that makes one,
 * with the values that would do.
 */
export function cdkTerms(need: Need, authoring: Authoring): Terms {
  const { api, cause, request } = need;
  if (api.kind === 'HTTP' && api.cors) return corsPreflightTerms(need);
  const headers = headersToList(need);
  // On another resource: its preflights stay.
  const hasPolicyBelow = authoring.policies.some(({ covers }) => covers.startsWith(`${api.constructPath}/`));
  const call = (): string => {
    const code = callOf(authoring.language, {
      allowOrigins: originsFor(need),
      allowHeaders: headers.length > 0 ? headers : undefined,
      allowCredentials: request.credentials || undefined,
    });
    return hasOptions(api) && !hasPolicyBelow
      ? `write ${code} in place of what answers OPTIONS now (defaultCorsPreflightOptions, ` +
          'addCorsPreflight or addMethod)'
      : `write ${code}`;
  };
  const isMapped = cause.of === 'response' && cause.value !== undefined && cause.answer.gatewayError === undefined;
  const own = isMapped ? `take the Access-Control mappings out of ${cause.answer.answeredBy}, and ` : '';
  return {
    origin: () => own + call(),
    credentials: () => own + call(),
    methods: call,
    headers: call,
    preflight: call,
    ...(cause.id === 'origin-quoted' && { origin: templateTerms(need, authoring).origin }),
  };
}

/**
 * The list that the request needs. A policy without one allows the default and what the routes ask
 * for; a list takes the place of both.
 */
function headersToList({ api, exchanges }: Need): string[] {
  const sent = headerOf(exchanges.preflight?.request.headers ?? {}, 'access-control-request-headers') ?? '';
  const derived = askedByRoutes(api);
  const others = sent.split(',').filter((name) => name !== '' && !isDefaultHeader(name) && !derived.includes(name));
  return others.length > 0 ? [...derived, ...others] : [];
}

/** Who is let in stays let in. */
function originsFor({ cause: { value }, request }: Need): string[] {
  const origin = readable(request.origin);
  const known = (value ?? '').split(/[,\s]+/).filter((each) => /^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(each));
  return [...new Set([...known, origin])];
}

/** An HTTP API with corsPreflight of aws-cdk-lib's own. */
function corsPreflightTerms({ api, cause, request }: Need): Terms {
  const of = `of corsPreflight of ${api.constructPath ?? api.id}`;
  const origin = quoted(readable(request.origin));
  return {
    origin: () =>
      cause.value === '*'
        ? `list ${origin} in allowOrigins ${of} in place of "*", and set allowCredentials to true`
        : `add ${origin} to allowOrigins ${of}`,
    credentials: () => `set allowCredentials ${of} to true`,
    methods: (names) => `add ${names.map((name) => `CorsHttpMethod.${name}`).join(', ')} to allowMethods ${of}`,
    headers: (names) => `add ${names.map(quoted).join(', ')} to allowHeaders ${of}`,
    preflight: () =>
      'list methods in place of ANY and $default, so that API Gateway answers OPTIONS by corsPreflight; ' +
      'or add a route OPTIONS without an authorizer, with an integration that answers with 204',
  };
}
