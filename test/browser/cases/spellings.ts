import { App, Stack } from 'aws-cdk-lib';
import type { RestApiBase } from 'aws-cdk-lib/aws-apigateway';
import { addCors, type BrowserRequest, type EnableCorsOptions } from '../../../src';
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
} from '../../open-api/shapes';
import { ADMIN, APP, EVIL } from '../../support/pages';
import type { Spellings } from '../agree';

const teapots = http({ statusCode: '200' }, { statusCode: '418', selectionPattern: '418' });

const SHAPES: [string, Shape][] = [
  ['methods on several paths', { paths: { '/pets': { GET: http(), PUT: mock() }, '/pets/{id}': { DELETE: http() } } }],
  ['any method on a greedy path', { paths: { '/': { GET: mock() }, '/{proxy+}': { ANY: http() } } }],
  ['proxies', { paths: { '/pets': { GET: httpProxy(), PUT: lambdaProxy() } } }],
  ['several statuses', { paths: { '/pets': { GET: teapots, PUT: teapots } } }],
  ['binary bodies', { binaryMediaTypes: ['*/*'], paths: { '/pets': { GET: http(), PUT: mock() } } }],
  ['API keys', { keys: true, paths: { '/pets': { GET: http(), PUT: mock() } } }],
  ['an OPTIONS of its own', { paths: { '/pets': { PUT: http(), OPTIONS: mock() }, '/cats': { PUT: http() } } }],
];

const POLICIES: [string, EnableCorsOptions][] = [
  ['one origin', { allowOrigins: [APP], exposeHeaders: ['X-Total'] }],
  ['several origins with credentials', { allowOrigins: [APP, 'https://*.example.com'], allowCredentials: true }],
  ['any origin', { allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'] }],
];

const put = { path: '/pets', method: 'PUT' };

const REQUESTS: BrowserRequest[] = [
  { origin: APP, path: '/pets' },
  { origin: APP, ...put, headers: { 'Content-Type': 'application/json' } },
  { origin: ADMIN, ...put, credentials: true },
  { origin: EVIL, ...put },
  { origin: APP, path: '/pets', backendStatus: 418 },
  { origin: APP, path: '/pets/42', method: 'DELETE' },
  { origin: EVIL, path: '/nowhere' },
];

/**
 * REST APIs as constructs and as OpenAPI documents of both versions, with one policy on all three.
 */
export const spellings: Spellings[] = SHAPES.flatMap(([shaped, shape]) =>
  POLICIES.map(([allowed, cors]) => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Stack');
    const fn = functionOf(stack);
    const apis: RestApiBase[] = [
      treeOf(stack, 'Tree', shape, fn),
      specOf(stack, 'Swagger', documentOf(shape, '2.0', fn)),
      specOf(stack, 'OpenApi', documentOf(shape, '3.0.1', fn)),
    ];
    for (const api of apis) addCors(api, cors);
    const { template } = app.synth().getStackByName('Stack');
    return {
      name: `${shaped}, ${allowed}`,
      template,
      apis: apis.map((api) => logicalIdOf(stack, api)),
      requests: REQUESTS,
    };
  }),
);
