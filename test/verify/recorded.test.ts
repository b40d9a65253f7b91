import type { GatewayAnswer, GatewayOptions } from '../../src/verify/gateway/gateway';
import { gatewayFor } from '../../src/verify/gateway/gateway-for';
import { readApis } from '../../src/verify/model/read-apis';
import { readTemplate } from '../../src/verify/template/cloudformation-template';
import { TemplateScope } from '../../src/verify/template/scope';
import recorded from '../vectors/recorded-aws.json';
import { type RecordedApi, templateOf } from './recorded-apis';

/**
 * What real API Gateway answered, as others recorded, tested, documented or reported it, against the
 * gateway model. `basis` says how good a source is, in this order.
 */
interface Case {
  readonly id: string;
  readonly api: RecordedApi;
  /** None: the case is about the deployment. */
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly query?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  };
  readonly options?: GatewayOptions;
  readonly answer: Expected;
}

interface Expected {
  readonly deploys?: boolean;
  readonly status?: number;
  readonly headers?: Record<string, string | true>;
  readonly absent?: string[];
  readonly bodyContains?: string;
  /** 'GET /pets': the method or route that answered. */
  readonly route?: string;
  readonly from?: string;
  readonly gatewayResponse?: string;
}

/** Where the model differs, and why. What it leaves open is right where only one weak source speaks. */
const DIFFERENT: Record<string, string> = {
  'accept-005': 'open: AWS documents the first template, measurements found application/json',
  'binary-013': 'a limit: whether what a backend sends is base64 shows in no template',
  'gateway-responses-025': 'doubtful: 500 was seen, 504 is documented; a page cannot tell',
  'http-api-013':
    'a limit: the scopes of a token are no part of a request here; gatewayError: ACCESS_DENIED stands for it',
  'mock-026': 'open: AWS documents the default response for a mock without a template, users report a 500',
  'passthrough-015': 'open: one test of an emulator is all that is known about the template $default',
  'proxy-format-007':
    'a limit: what a function returns shows in no template; gatewayError: INTEGRATION_FAILURE stands for it',
  'proxy-format-008': 'a limit, as before',
  'proxy-format-011': 'a limit, as before',
  'selection-012': 'a limit: the error message of a function is no part of a request here; backendStatus stands for it',
  'stage-variables-005': 'open: whether a variable that is not set equals an empty text',
};

const cases = (recorded as any[]).flatMap(({ about, recordings }) =>
  recordings.flatMap(({ basis, cases }: any) => cases.map((each: Case) => [about, basis, each])),
) as [string, string, Case][];

test.each(cases.map(([about, basis, each]) => [`${each.id}: ${about} (${basis})`, each] as const))('%s', (_, each) => {
  const found = differences(each);
  if (DIFFERENT[each.id]) expect(found).not.toEqual([]);
  else expect(found).toEqual([]);
});

test('every exception is one of the cases', () => {
  const ids = cases.map(([, , { id }]) => id);
  expect(Object.keys(DIFFERENT).filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(167);
});

function differences({ api, request, options, answer: expected }: Case): string[] {
  const [model] = readApis([new TemplateScope(readTemplate(templateOf(api)))]);
  const gateway = gatewayFor(model);
  if (expected.deploys === false) return gateway.deploymentFaults.length > 0 ? [] : ['can be deployed'];
  if (gateway.deploymentFaults.length > 0 || !request) return ['cannot be deployed', ...gateway.deploymentFaults];
  const { method, headers = {}, body, query } = request;
  const path = query === undefined ? request.path : `${request.path}?${query}`;
  const answer = gateway.answer({ method, path, headers, body }, options);
  return [
    ...(answer.unknown || answer.alternatives ? [`open: ${answer.unknown ?? answer.alternatives?.[0].why}`] : []),
    ...ofStatusAndHeaders(answer, expected),
    ...ofOrigin(answer, expected),
  ];
}

/** Content-Type is left out: the model sets none, and no check of a browser's reads it. */
function ofStatusAndHeaders(
  answer: GatewayAnswer,
  { status, headers = {}, absent = [], bodyContains }: Expected,
): string[] {
  const isBackends = answer.decidedBy === 'backend';
  const named = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
  const missing = named.filter(([name, value]) => {
    const sent = answer.headers[name.toLowerCase()];
    return value === true ? sent === undefined : sent !== value;
  });
  const surplus = absent.filter((name) => answer.headers[name.toLowerCase()] !== undefined);
  const mapped = bodyContains === undefined || answer.gatewayError || answer.body.includes(bodyContains);
  return [
    ...(status === undefined || status === answer.status || (isBackends && status < 400) ? [] : [`${answer.status}`]),
    ...missing.map(([name]) => `${name}: ${answer.headers[name.toLowerCase()]}`),
    ...surplus.map((name) => `${name} is there`),
    ...(mapped ? [] : [`body ${answer.body}`]),
  ];
}

function ofOrigin(answer: GatewayAnswer, { route, from, gatewayResponse }: Expected): string[] {
  const [taken = ''] = answer.trail;
  return [
    ...(route === undefined || taken.startsWith(`${route} at `) || taken.startsWith(`the route ${route} at `)
      ? []
      : [taken]),
    ...(from === undefined || answer.decidedBy === from ? [] : [`decided by the ${answer.decidedBy}`]),
    ...(gatewayResponse === undefined || answer.gatewayError === gatewayResponse ? [] : [`${answer.gatewayError}`]),
  ];
}
