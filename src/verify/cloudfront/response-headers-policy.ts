import type { EdgeCors, ResponseHeadersPolicy } from '../../cloudfront/policies';
import { eachAnswer, orElse } from '../gateway/alternatives';
import type { GatewayAnswer, GatewayRequest } from '../gateway/gateway';
import { headerOf } from '../gateway/request';
import { matchOrigin } from './policy-origins';

/**
 * What a response headers policy makes of an answer. It never answers on its own, and leaves the
 * status alone: headers are taken away first, then added, after the cache. See
 * docs/how-cors-works-here.md, CloudFront.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function underPolicy(
  policy: ResponseHeadersPolicy,
  request: GatewayRequest,
  answer: GatewayAnswer,
): GatewayAnswer {
  const isBackends = answer.decidedBy === 'backend' && !answer.headersAreFinal;
  if (isBackends) return overBackend(policy, request, answer);
  const { cors } = policy;
  const stripped = withoutRemoved(policy, answer);
  const shared = cors ? eachAnswer(stripped, (each) => withCors(cors, policy.name, request, each)) : stripped;
  return eachAnswer(shared, (each) => withCustom(policy, each));
}

function withoutRemoved({ name, removed }: ResponseHeadersPolicy, answer: GatewayAnswer): GatewayAnswer {
  const lost = removed.filter((header) => isCors(header) && answer.headers[header] !== undefined);
  if (lost.length === 0) return answer;
  return {
    ...answer,
    headers: withoutNames(answer.headers, lost),
    ...POLICY,
    trail: [...answer.trail, `${name} removes ${lost.join(', ')}`],
  };
}

/** Custom headers come on every answer, for every origin. */
function withCustom({ name, custom }: ResponseHeadersPolicy, answer: GatewayAnswer): GatewayAnswer {
  const added = custom.filter((header) => header.overrides || answer.headers[header.name] === undefined);
  if (added.length === 0) return answer;
  const told = added.filter((header) => isCors(header.name)).map((header) => header.name);
  const trail = told.length > 0 ? [...answer.trail, `${name} sets ${told.join(', ')} for every origin`] : answer.trail;
  return { ...answer, ...(told.length > 0 && POLICY), headers: { ...answer.headers, ...valuesOf(added) }, trail };
}

function withCors(cors: EdgeCors, name: string, request: GatewayRequest, answer: GatewayAnswer): GatewayAnswer {
  const origin = headerOf(request.headers, 'origin');
  if (origin === undefined) return answer;
  const match = matchOrigin(cors.origins, origin);
  if ('matches' in match && !match.matches) return onMismatch(cors, name, origin, answer);
  const [likely, ...others] = sentFor(cors, origin, request);
  const sure = others.reduce(
    (all, { headers, why }) => orElse(all, merged(cors, name, answer, headers), why),
    merged(cors, name, answer, likely.headers),
  );
  return 'open' in match ? orElse(sure, onMismatch(cors, name, origin, answer), match.open) : sure;
}

/**
 * The policy says nothing then; whether it still takes the place of what the origin said is not
 * documented.
 */
function onMismatch({ overrides }: EdgeCors, name: string, origin: string, answer: GatewayAnswer): GatewayAnswer {
  const kept = { ...answer, ...POLICY, trail: [...answer.trail, `${name} does not list ${origin}`] };
  const own = Object.keys(answer.headers).filter(isCors);
  if (!overrides || own.length === 0) return kept;
  const unlisted = `${name} overrides and does not list ${origin}`;
  const why = `${unlisted}: whether the CORS headers of the API stay then is not known`;
  return orElse(kept, { ...kept, headers: withoutNames(answer.headers, own) }, why);
}

/**
 * Overriding, the policy's headers take the place of the origin's of the same name. Otherwise those
 * of the origin stay, and it is not known whether the missing ones are added one by one, or none
 * where the origin sent any.
 */
function merged(
  { overrides }: EdgeCors,
  name: string,
  answer: GatewayAnswer,
  added: Record<string, string>,
): GatewayAnswer {
  const hasOwn = Object.keys(answer.headers).some(isCors);
  if (overrides)
    return {
      ...answer,
      ...POLICY,
      headers: { ...answer.headers, ...added },
      trail: [...answer.trail, `${name} overrides the CORS headers`],
    };
  const filled = {
    ...answer,
    ...POLICY,
    headers: { ...added, ...answer.headers },
    trail: [...answer.trail, `${name} adds CORS headers`],
  };
  if (!hasOwn) return filled;
  const kept = {
    ...answer,
    ...POLICY,
    trail: [...answer.trail, `${name} does not override the CORS headers of the API`],
  };
  return orElse(kept, filled, `${name} does not override: whether it adds what the API leaves out is not known`);
}

/**
 * The backend's headers are not known:
 * the answer is certain only where the policy has the last word on the origin.
 */
function overBackend(policy: ResponseHeadersPolicy, request: GatewayRequest, answer: GatewayAnswer): GatewayAnswer {
  const origin = headerOf(request.headers, 'origin');
  const match = policy.cors?.overrides && origin !== undefined ? matchOrigin(policy.cors.origins, origin) : undefined;
  const isListed = match !== undefined && 'matches' in match && match.matches;
  const candidates =
    isListed && policy.cors && origin !== undefined ? sentFor(policy.cors, origin, request) : [NOTHING];
  const custom = valuesOf(policy.custom.filter(({ overrides }) => overrides));
  const [likely, ...others] = candidates.map(({ headers, why }) => ({ headers: { ...headers, ...custom }, why }));
  return others.reduce(
    (all, { headers, why }) => orElse(all, settled(policy, request, answer, headers), why),
    settled(policy, request, answer, likely.headers),
  );
}

function settled(
  policy: ResponseHeadersPolicy,
  request: GatewayRequest,
  answer: GatewayAnswer,
  own: Record<string, string>,
): GatewayAnswer {
  const isSettled = (name: string): boolean => own[name] !== undefined || policy.removed.includes(name);
  const isPreflight = isPreflightRequest(request);
  const needed = isPreflight ? [ALLOW_ORIGIN, ALLOW_METHODS, ALLOW_HEADERS] : [ALLOW_ORIGIN];
  if (!needed.every(isSettled)) return answer;
  const trail = [...answer.trail, `${policy.name} overrides the CORS headers`];
  const headers = { ...withoutNames(answer.headers, policy.removed), ...own };
  const final: GatewayAnswer = {
    ...answer,
    headers,
    headersAreFinal: true,
    decidedBy: isPreflight ? 'backend' : 'gateway',
    trail,
  };
  if (isSettled(ALLOW_CREDENTIALS)) return final;
  const sent = { ...final, headers: { ...headers, [ALLOW_CREDENTIALS]: 'true' } };
  return orElse(final, sent, "whether Access-Control-Allow-Credentials is sent is the backend's");
}

interface Sent {
  readonly headers: Record<string, string>;
  /** Why it is not certain that these are the headers. */
  readonly why: string;
}

const NOTHING: Sent = { headers: {}, why: '' };

/** What the policy sends, the likeliest first: how it writes some values is not established. */
function sentFor(cors: EdgeCors, origin: string, request: GatewayRequest): [Sent, ...Sent[]] {
  const isPreflight = isPreflightRequest(request);
  const asked = headerOf(request.headers, 'access-control-request-headers') ?? '';
  const any = cors.origins.includes('*');
  const headers = {
    [ALLOW_ORIGIN]: any ? '*' : origin,
    ...(cors.credentials && { [ALLOW_CREDENTIALS]: 'true' }),
    ...(cors.exposed.length > 0 && { 'access-control-expose-headers': cors.exposed.join(', ') }),
    ...(isPreflight && preflightHeaders(cors)),
  };
  const named = cors.headers.filter((name) => !isPattern(name));
  const patterns = cors.headers.filter(isPattern);
  const covered = asked.split(',').filter((name) => patterns.some((pattern) => covers(pattern, name)));
  return [
    { headers, why: '' },
    ...(any && cors.credentials
      ? [{ headers: { ...headers, [ALLOW_ORIGIN]: origin }, why: STAR_WITH_CREDENTIALS }]
      : []),
    ...(any && cors.credentials ? [{ headers: {}, why: STAR_WITH_CREDENTIALS }] : []),
    ...(isPreflight && isAll(cors.methods)
      ? [{ headers: { ...headers, [ALLOW_METHODS]: '*' }, why: ALL_METHODS }]
      : []),
    ...(isPreflight && covered.length > 0
      ? [{ headers: { ...headers, [ALLOW_HEADERS]: [...named, ...covered].join(', ') }, why: PATTERN }]
      : []),
  ];
}

const STAR_WITH_CREDENTIALS = 'what CloudFront makes of * beside credentials in a response headers policy is not known';
const ALL_METHODS = 'whether CloudFront writes ALL as * or as a list is not known';
const PATTERN = 'how CloudFront writes a pattern in Access-Control-Allow-Headers is not known';

/** Allow-Methods, Allow-Headers and Max-Age go on preflights only. */
function isPreflightRequest({ method, headers }: GatewayRequest): boolean {
  return method === 'OPTIONS' && headerOf(headers, 'access-control-request-method') !== undefined;
}

function preflightHeaders({ methods, headers, maxAge }: EdgeCors): Record<string, string> {
  const named = isAll(methods) ? SEVEN : methods;
  return {
    ...(named.length > 0 && { [ALLOW_METHODS]: named.join(', ') }),
    ...(headers.length > 0 && { [ALLOW_HEADERS]: headers.filter((name) => !isPattern(name)).join(', ') }),
    ...(maxAge !== undefined && { 'access-control-max-age': maxAge }),
  };
}

function isAll(methods: string[]): boolean {
  return methods.length === 1 && methods[0] === 'ALL';
}

/** `x-amz-*`; a `*` alone is the wildcard that browsers know. */
function isPattern(name: string): boolean {
  return name.length > 1 && name.includes('*');
}

function covers(pattern: string, name: string): boolean {
  const [start, end] = pattern.toLowerCase().split('*');
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}

function valuesOf(custom: ResponseHeadersPolicy['custom']): Record<string, string> {
  return Object.fromEntries(custom.map(({ name, value }) => [name, value]));
}

function withoutNames(headers: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function isCors(name: string): boolean {
  return name.startsWith('access-control-');
}

const POLICY = { cause: 'distribution-policy' };
const ALLOW_ORIGIN = 'access-control-allow-origin';
const ALLOW_CREDENTIALS = 'access-control-allow-credentials';
const ALLOW_METHODS = 'access-control-allow-methods';
const ALLOW_HEADERS = 'access-control-allow-headers';
const SEVEN = ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'];
