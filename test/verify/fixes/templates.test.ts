import { CorsSimulator } from '../../../src/verify/simulator';
import { CorsOutcome } from '../../../src/verify/verdict';
import { APP } from '../../support/pages';
import { ask, gatewayResponse, get, options, PREFLIGHT, put, restApi } from '../../support/templates';
import { follow, type Situation } from './follow';

/** Every cause in plain CloudFormation: what the advice says, and where it leads whoever follows it to the letter. */

const COOKIES = { request: { origin: APP, path: '/pets', credentials: true } };
const PUT = { request: { origin: APP, path: '/pets', method: 'PUT' } };

function blockedGet(headers: Record<string, string>, more: object = {}) {
  return { template: restApi([get('/pets', { headers })]), request: { origin: APP, path: '/pets' }, ...more };
}

function blockedPut(headers: Record<string, string>, request: object = {}) {
  return {
    template: restApi([options('/pets', { headers }), put('/pets')]),
    request: { origin: APP, path: '/pets', method: 'PUT', ...request },
  };
}

function origin(value: string) {
  return { 'Access-Control-Allow-Origin': `'${value}'` };
}

function openOptions(properties: object) {
  return { template: restApi([options('/pets', { properties }), put('/pets')]), ...PUT };
}

function httpApi(CorsConfiguration: object | undefined, request: object = {}, routes = ['PUT /pets', 'GET /pets']) {
  const parts = routes.map((RouteKey, index) => [
    `Route${index}`,
    { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey } },
  ]);
  const Api = {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: 'api', ProtocolType: 'HTTP', ...(CorsConfiguration && { CorsConfiguration }) },
  };
  return {
    template: { Resources: { Api, ...Object.fromEntries(parts) } },
    request: { origin: APP, path: '/pets', method: 'PUT', ...request },
  };
}

const HTTP = { AllowOrigins: [APP], AllowMethods: ['PUT'], AllowHeaders: ['content-type'] };

const CASES: [name: string, situation: Situation, says: RegExp][] = [
  ['no header', blockedGet({}), /^Set "method.response.header.Access-Control-Allow-Origin": "'https:\/\/app/],
  [
    'another origin',
    blockedGet(origin('https://elsewhere.example')),
    /'https:\/\/app\.example\.com'.*a mapped header holds one origin/,
  ],
  [
    'the scheme differs',
    blockedGet(origin('http://app.example.com')),
    /the scheme differs \(http, and the page has https\)/,
  ],
  [
    'the port differs',
    blockedGet(origin('https://app.example.com:8443')),
    /the port differs \(8443, and the page has none\)/,
  ],
  ['a slash at the end', blockedGet(origin('https://app.example.com/')), /it has a slash at its end/],
  ['a path', blockedGet(origin('https://app.example.com/shop')), /it has the path \/shop/],
  ['the case differs', blockedGet(origin('https://App.example.com')), /capital letters/],
  ['www. differs', blockedGet(origin('https://www.app.example.com')), /"www\." differs/],
  ['no scheme', blockedGet(origin('app.example.com')), /it has no scheme/],
  ['several origins', blockedGet(origin(`${APP},https://admin.example.com`)), /^Send one origin, not the list/],
  ['a pattern', blockedGet(origin('https://*.example.com')), /a \* inside an origin is not a wildcard/],
  ['quotes that are sent', blockedGet(origin('"*"')), /^Take the quotes out of "\*"/],
  ['* with credentials', blockedGet(origin('*'), COOKIES), /instead of \*, which counts for nothing/],
  ['no Allow-Credentials', blockedGet(origin(APP), COOKIES), /Access-Control-Allow-Credentials": "'true'"/],
  [
    'Allow-Credentials: True',
    blockedGet({ ...origin(APP), 'Access-Control-Allow-Credentials': "'True'" }, COOKIES),
    /instead of True/,
  ],
  ['no header in the answer to the preflight', blockedPut({}), /integration response of OPTIONSXpets/],
  [
    'a method that is not listed',
    blockedPut({ ...PREFLIGHT, 'Access-Control-Allow-Methods': "'GET,POST'" }),
    /"'GET,POST,PUT'"/,
  ],
  ['no list of methods', blockedPut(origin(APP)), /Access-Control-Allow-Methods": "'PUT'"/],
  [
    'a method listed in small letters',
    blockedPut({ ...PREFLIGHT, 'Access-Control-Allow-Methods': "'put'" }),
    /in capitals, PUT instead of put/,
  ],
  ['a method that the page writes small', blockedPut(PREFLIGHT, { method: 'patch' }), /method: 'PATCH'/],
  [
    'a header that is not listed',
    blockedPut(PREFLIGHT, { headers: { 'x-tenant': 'a' } }),
    /"'content-type,authorization,x-tenant'"/,
  ],
  [
    'a list in quotes that are sent',
    blockedPut(
      { ...PREFLIGHT, 'Access-Control-Allow-Headers': `'"content-type"'` },
      { headers: { 'content-type': 'application/json' } },
    ),
    /^Take the quotes out of "content-type"/,
  ],
  [
    'a response header that the page sends',
    blockedPut(PREFLIGHT, { headers: { 'access-control-allow-origin': '*' } }),
    /^Take access-control-allow-origin out of the headers that the page sends/,
  ],
  [
    '* with credentials in a list',
    blockedPut(
      { ...PREFLIGHT, 'Access-Control-Allow-Credentials': "'true'", 'Access-Control-Allow-Headers': "'*'" },
      { credentials: true, headers: { 'x-tenant': 'a' } },
    ),
    /^List the headers by name/,
  ],
  ['no OPTIONS', { template: restApi([put('/pets')]), ...PUT }, /^Add an OPTIONS method to this path/],
  [
    'OPTIONS with IAM',
    openOptions({ AuthorizationType: 'AWS_IAM' }),
    /asks for IAM credentials, so set AuthorizationType: NONE on it/,
  ],
  ['OPTIONS with a key', openOptions({ ApiKeyRequired: true }), /set ApiKeyRequired: false on it/],
  [
    'ANY with IAM',
    {
      template: restApi([put('/pets', { verb: 'ANY', properties: { AuthorizationType: 'AWS_IAM' } })]),
      ...PUT,
      request: { ...PUT.request, headers: { authorization: 'x' } },
    },
    /give the path an OPTIONS of its own/,
  ],
  [
    'an error of the gateway',
    {
      template: restApi([options('/pets'), put('/pets')], { Errors: gatewayResponse('DEFAULT_4XX', {}) }),
      request: { ...PUT.request, gatewayError: 'THROTTLED' },
    },
    /of the gateway response DEFAULT_4XX/,
  ],
  [
    'HTTP API, another origin',
    httpApi({ ...HTTP, AllowOrigins: ['https://elsewhere.example'] }),
    /add "https:\/\/app\.example\.com" to AllowOrigins in CorsConfiguration of Api/i,
  ],
  ['HTTP API, a method', httpApi({ ...HTTP, AllowMethods: ['GET'] }), /add "PUT" to AllowMethods/i],
  ['HTTP API, a header', httpApi(HTTP, { headers: { 'x-tenant': 'a' } }), /add "x-tenant" to AllowHeaders/i],
  ['HTTP API, credentials', httpApi(HTTP, { credentials: true }), /set AllowCredentials: true/i],
  [
    'HTTP API, * with credentials',
    httpApi({ ...HTTP, AllowOrigins: ['*'] }, { credentials: true }),
    /in place of "\*" in AllowOrigins/,
  ],
  ['HTTP API, no configuration', httpApi(undefined), /^Give Api a CorsConfiguration with AllowOrigins/],
];

test.each(CASES)('%s: the advice names it', (_, { template, request }, says) => {
  const { outcome, fix } = CorsSimulator.fromTemplate(template).request(request);
  expect(outcome).toBe(CorsOutcome.BLOCKED);
  expect(fix).toMatch(says);
});

/** In the order in which a browser comes to them. */
const ORDER = [
  'preflight-answer',
  'preflight-origin',
  'preflight-credentials',
  'preflight-method',
  'preflight-header',
  'response-origin',
  'response-credentials',
];

test.each(CASES)('%s: who follows the advice gets through, or to a later cause', (_, situation) => {
  const before = CorsSimulator.fromTemplate(situation.template).request(situation.request);
  const next = follow(before.fix!, situation);
  const after = CorsSimulator.fromTemplate(next.template).request(next.request);
  if (after.outcome === CorsOutcome.ALLOWED || after.outcome === CorsOutcome.DEPENDS_ON_BACKEND) return;
  expect([after.outcome, after.reason]).toEqual([CorsOutcome.BLOCKED, expect.anything()]);
  expect(ORDER.indexOf(after.rule)).toBeGreaterThan(ORDER.indexOf(before.rule));
});

test('the mappings of a proxy integration are told to be ignored', () => {
  const template = restApi([get('/pets', { integration: { Type: 'HTTP_PROXY', Uri: 'https://pets.example.com' } })]);
  const { outcome, fix } = ask(template);
  expect(outcome).toBe(CorsOutcome.DEPENDS_ON_BACKEND);
  expect(fix).toMatch(
    /API Gateway ignores header mappings of a proxy integration\. Instead let the backend of GETXpets send/,
  );
});
