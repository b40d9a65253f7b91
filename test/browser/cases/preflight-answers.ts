import { APP } from '../../support/pages';
import type { Case } from '../trial';
import { cors, http, type Method, mock, mockOf, type RestApiExtras, restApi } from './cloudformation';

const OPEN = cors({ origin: APP, methods: 'PUT' });
const BACKEND = http({ '200': OPEN });
const EVERYTHING: RestApiExtras = { binaryMediaTypes: ['*/*'] };
const TO_TEXT = { ContentHandling: 'CONVERT_TO_TEXT' };
const REQUIRED = { RequestParameters: { 'method.request.header.X-Tenant': true } };

type Row = readonly [rule: string, why: string, OPTIONS: Method, extras?: RestApiExtras];

const statuses: Row[] = [
  ...['200', '201', '202', '204', '226', '299'].map(
    (status): Row => ['ok', `a 2xx passes: ${status}`, mock(OPEN, status)],
  ),
  ...['300', '304', '400', '401', '403', '404', '405', '415', '429', '500', '503'].map(
    (status): Row => ['preflight-answer', `anything but 2xx fails: ${status}`, mock(OPEN, status)],
  ),
  ...['301', '302', '303', '307', '308'].map(
    (status): Row => [
      'preflight-answer',
      `a preflight is never redirected: ${status}`,
      mock({ ...OPEN, Location: "'/pets/'" }, status),
    ],
  ),
];

const mocks: Row[] = [
  ['ok', 'the template picks a response of its own', picking('{"statusCode": 204}')],
  ['ok', 'aws-cdk-lib leaves out the quotes around the key', picking('{ statusCode: 204 }')],
  [
    'preflight-origin',
    'a status that no response is for gets the default one, here without headers',
    picking('{"statusCode": 200}'),
  ],
  [
    'preflight-answer',
    'a mock needs a status in its template',
    mock(OPEN, '200', { RequestTemplates: { 'application/json': '{}' } }),
  ],
  [
    'preflight-answer',
    'a mock needs JSON in its template',
    mock(OPEN, '200', { RequestTemplates: { 'application/json': 'statusCode' } }),
  ],
  [
    'preflight-answer',
    'a mock without integration responses is a 500',
    mock(OPEN, '200', { IntegrationResponses: [] }),
  ],
  [
    'preflight-answer',
    'NEVER and no template are a 415',
    mock(OPEN, '200', { RequestTemplates: undefined, PassthroughBehavior: 'NEVER' }),
  ],
  [
    'ok',
    'without Content-Type the JSON template applies, also under NEVER',
    mock(OPEN, '200', { PassthroughBehavior: 'NEVER' }),
  ],
];

const binary: Row[] = [
  ['preflight-answer', 'where everything is binary, so is the template of the mock', mock(OPEN), EVERYTHING],
  [
    'ok',
    'where everything is binary, the integration can have it turned into text',
    mock(OPEN, '200', TO_TEXT),
    EVERYTHING,
  ],
  ['ok', 'where images are binary, a preflight is none', mock(OPEN), { binaryMediaTypes: ['image/png'] }],
  ['preflight-answer', 'a response template on bytes is a 500', templated({}), EVERYTHING],
  ['ok', 'a response template on what was turned into text is none', templated(TO_TEXT), EVERYTHING],
];

const closed: Row[] = [
  [
    'preflight-answer',
    'a preflight carries no token',
    { ...mock(OPEN), AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Tokens' } },
  ],
  ['preflight-answer', 'a preflight is not signed', { ...mock(OPEN), AuthorizationType: 'AWS_IAM' }],
  ['preflight-answer', 'a preflight carries no API key', { ...mock(OPEN), ApiKeyRequired: true }],
  [
    'preflight-answer',
    "a preflight carries none of the script's headers",
    { ...mock(OPEN), ...REQUIRED, RequestValidatorId: { Ref: 'Validator' } },
  ],
  ['ok', 'without a validator nobody misses what is required', { ...mock(OPEN), ...REQUIRED }],
];

const put = { origin: APP, path: '/pets', method: 'PUT' };
const get = { origin: APP, path: '/pets' };

export const preflightAnswers: Case[] = [
  ...[...statuses, ...mocks, ...binary, ...closed].map(([rule, why, OPTIONS, extras]) => ({
    why,
    template: restApi({ '/pets': { PUT: BACKEND, OPTIONS } }, extras),
    request: put,
    rule,
  })),
  {
    why: 'no OPTIONS, no answer but a 403',
    template: restApi({ '/pets': { PUT: BACKEND } }),
    request: put,
    rule: 'preflight-answer',
  },
  {
    why: 'headers on the 403 do not make it a 2xx',
    template: restApi({ '/pets': { PUT: BACKEND } }, { gatewayResponses: { DEFAULT_4XX: OPEN } }),
    request: put,
    rule: 'preflight-answer',
  },
  {
    why: 'a simple request needs no OPTIONS',
    template: restApi({ '/pets': { GET: BACKEND } }),
    request: get,
    rule: 'ok',
  },
];

/** A mock that has the headers on 204 only. */
function picking(template: string): Method {
  return mockOf({ '200': {}, '204': OPEN }, { RequestTemplates: { 'application/json': template } });
}

/** A mock that is text for its own template, and has one for its response too. */
function templated(settings: object): Method {
  return mockOf({ '200': OPEN }, TO_TEXT, { ...settings, ResponseTemplates: { 'application/json': '{}' } });
}
