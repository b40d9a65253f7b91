import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { addCors, type BrowserRequest, CorsSimulator, type EnableCorsOptions, ErrorOrigin } from '../../src';
import { ASPECT_MODES, appWith } from '../rest-api/apps';
import { APP } from '../support/pages';
import {
  documentOf,
  functionOf,
  http,
  httpProxy,
  lambdaProxy,
  logicalIdOf,
  mock,
  type Shape,
  specOf,
  treeOf,
} from './shapes';

/**
 * An API is the same whether it is written as constructs or as a document: browsers get the same
 * answers.
 */

const EVIL = 'https://evil.example';
const ONE = { allowOrigins: [APP] };
const SEVERAL = { allowOrigins: [APP, 'https://*.example.org', 'http://localhost:*'] };

const pets: Shape = {
  paths: { '/pets': { GET: http(), POST: http() }, '/pets/{id}': { GET: http(), DELETE: http(), PATCH: mock() } },
};
const teapots = http({ statusCode: '200' }, { statusCode: '418', selectionPattern: '4\\d\\d' });

const SHAPES: [string, Shape, EnableCorsOptions?][] = [
  ['one origin', pets, ONE],
  ['any origin', pets, undefined],
  ['several origins', pets, SEVERAL],
  ['credentials', pets, { ...SEVERAL, allowCredentials: true }],
  ['a wildcard inside a label', pets, { allowOrigins: ['https://deploy-*--site.example.org', APP] }],
  ['listed methods', pets, { ...ONE, allowMethods: ['PUT', 'DELETE'] }],
  ['any method', pets, { ...ONE, allowMethods: ['*'] }],
  ['listed headers', pets, { ...ONE, allowHeaders: ['X-Mine'], exposeHeaders: ['X-Total'] }],
  ['any header', pets, { ...ONE, allowHeaders: ['*', 'Authorization'] }],
  ['a status of its own', pets, { ...ONE, statusCode: 200 }],
  ['a method at the root', { paths: { '/': { GET: http(), PUT: mock() } } }, SEVERAL],
  ['a proxy to a function', { paths: { '/': { ANY: lambdaProxy() }, '/{proxy+}': { ANY: lambdaProxy() } } }, ONE],
  ['a proxy over HTTP', { paths: { '/pets': { GET: httpProxy(), DELETE: httpProxy() } } }, SEVERAL],
  ['proxies and others', { paths: { '/pets': { GET: http(), PUT: lambdaProxy() } } }, SEVERAL],
  [
    'methods that fall through to a greedy path',
    { paths: { '/pets': { GET: http() }, '/{proxy+}': { ANY: http() } } },
    ONE,
  ],
  [
    'methods that fall through to a variable',
    { paths: { '/pets/mine': { GET: http() }, '/pets/{id}': { DELETE: http() } } },
    ONE,
  ],
  ['several statuses', { paths: { '/pets': { GET: teapots } } }, SEVERAL],
  ['binary bodies', { ...pets, binaryMediaTypes: ['*/*'] }, SEVERAL],
  ['binary bodies, one origin', { ...pets, binaryMediaTypes: ['image/png'] }, ONE],
  [
    'text among binary bodies',
    {
      binaryMediaTypes: ['*/*'],
      paths: { '/': { PUT: http({ statusCode: '200', contentHandling: apigateway.ContentHandling.CONVERT_TO_TEXT }) } },
    },
    SEVERAL,
  ],
  [
    'response templates',
    { paths: { '/': { GET: http({ statusCode: '200', responseTemplates: { 'application/json': '{"a": 1}' } }) } } },
    SEVERAL,
  ],
  [
    'an origin that the user maps',
    {
      paths: {
        '/': {
          GET: http({
            statusCode: '200',
            responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://own.example.com'" },
          }),
        },
      },
    },
    ONE,
  ],
  ['an OPTIONS of the user’s', { paths: { '/': { PUT: http(), OPTIONS: mock() }, '/pets': { PUT: http() } } }, ONE],
  ['API keys', { ...pets, keys: true }, SEVERAL],
  ['signatures', { ...pets, iam: true }, { ...SEVERAL, allowCredentials: true, errorOrigin: ErrorOrigin.exactly(APP) }],
  [
    'gateway responses of the user’s',
    { ...pets, gatewayResponses: { THROTTLED: { 'X-Slow': "'down'" }, DEFAULT_4XX: {} } },
    ONE,
  ],
  ['reflected errors', pets, { ...SEVERAL, allowCredentials: true, errorOrigin: ErrorOrigin.reflect() }],
  ['no readable errors', pets, { ...ONE, errorOrigin: ErrorOrigin.none() }],
];

/** What a browser can tell apart about a verdict. */
function verdicts(simulator: CorsSimulator, api: string, shape: Shape) {
  return requestsTo(shape).map((request) => {
    const { outcome, rule, preflight, response } = simulator.request({ ...request, api });
    return { request, outcome, rule, preflight, response };
  });
}

function requestsTo(shape: Shape): BrowserRequest[] {
  const paths = [...Object.keys(shape.paths), '/nowhere', '/pets/mine'].map((path) => path.replace(/\{[^}]+\}/g, 'x'));
  const ways: Partial<BrowserRequest>[] = [
    {},
    { method: 'PUT' },
    { method: 'DELETE', credentials: true },
    { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Api-Key': 'k' } },
    { headers: { 'X-Mine': '1', Authorization: 'Bearer t' } },
    { method: 'PATCH', headers: { Accept: 'text/html' } },
    { gatewayError: 'THROTTLED' },
    { gatewayError: 'UNAUTHORIZED', credentials: true },
    { backendStatus: 404 },
  ];
  return paths.flatMap((path) =>
    [APP, 'https://deploy-7--site.example.org', 'http://localhost:3000', EVIL].flatMap((origin) =>
      ways.map((way) => ({ origin, path, ...way })),
    ),
  );
}

describe.each(SHAPES)('an API with %s', (_, shape, cors) => {
  const stack = new Stack(appWith(), 'Stack');
  const fn = functionOf(stack);
  const apis = {
    constructs: treeOf(stack, 'Constructs', shape, fn),
    'OpenAPI 2.0': specOf(stack, 'Swagger', documentOf(shape, '2.0', fn)),
    'OpenAPI 3.0': specOf(stack, 'OpenApi', documentOf(shape, '3.0.1', fn)),
  };
  for (const api of Object.values(apis)) addCors(api, cors);
  const simulator = CorsSimulator.fromStack(stack);
  const expected = verdicts(simulator, logicalIdOf(stack, apis.constructs), shape);

  test('lets some pages in and keeps others out', () => {
    expect(expected).toContainEqual(expect.objectContaining({ outcome: 'BLOCKED' }));
    expect(expected).toContainEqual(
      expect.objectContaining({ outcome: expect.stringMatching('ALLOWED|DEPENDS_ON_BACKEND') }),
    );
  });

  test.each(['OpenAPI 2.0', 'OpenAPI 3.0'] as const)('gives the same verdicts in %s', (version) => {
    expect(verdicts(simulator, logicalIdOf(stack, apis[version]), shape)).toEqual(expected);
  });
});

test.each(ASPECT_MODES)('a document is read the same with Aspects $aspects', ({ context }) => {
  const stack = new Stack(appWith(context), 'Stack');
  const api = specOf(stack, 'Api', documentOf(pets, '3.0.1', functionOf(stack)));
  addCors(api, SEVERAL);
  const simulator = CorsSimulator.fromStack(stack);
  simulator.assertAllowed({ origin: APP, path: '/pets/7', method: 'DELETE' });
  simulator.assertBlocked({ origin: EVIL, path: '/pets/7', method: 'DELETE' });
});
