import { App, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  CorsEnabledHttpApi,
  CorsEnabledRestApi,
  type CorsPolicyOptions,
  CorsRuntime,
  OriginMatching,
} from '../../../src';
import { ADMIN, APP, EVIL, LOCAL } from '../../support/pages';
import { type Language, type Payload, wrapped } from '../functions';
import type { Backend } from '../server';
import type { Case } from '../trial';

/**
 * [policy, pages that it lets in, pages that it keeps out, whether an HTTP API takes it as well]
 */
const POLICIES: [CorsPolicyOptions, string[], string[], boolean][] = [
  [{ allowOrigins: [APP], allowHeaders: ['X-Tenant'] }, [APP], [ADMIN, 'null'], true],
  [{ allowOrigins: [APP, LOCAL], allowHeaders: ['X-Tenant'], allowCredentials: true }, [APP, LOCAL], [ADMIN], true],
  [{ allowOrigins: ['*'], allowHeaders: ['*'], exposeHeaders: ['*'] }, [APP, EVIL], [], true],
  [
    {
      allowOrigins: ['https://*.example.com', 'http://localhost:*'],
      allowHeaders: ['X-Tenant'],
      exposeHeaders: ['X-Total'],
    },
    [ADMIN, LOCAL],
    [EVIL, 'https://example.com.evil.test', 'http://app.example.com'],
    false,
  ],
];

interface Way {
  readonly name: string;
  readonly payload: Payload;
  /** Whether API Gateway sets the headers. */
  readonly corsOfHttpApi?: boolean;
  readonly build: (stack: Stack, cors: CorsPolicyOptions, fn: LambdaFunction) => void;
}

/** How a request gets to a function. */
const WAYS: Way[] = [
  {
    name: 'a REST API with one function for everything',
    payload: '1.0',
    build: (stack, _, handler) => new LambdaRestApi(stack, 'Api', { handler }),
  },
  {
    name: 'a REST API that answers preflights',
    payload: '1.0',
    build: (stack, cors, fn) => {
      const pets = new CorsEnabledRestApi(stack, 'Api', { cors }).root.addResource('pets');
      for (const method of ['GET', 'PUT']) pets.addMethod(method, new LambdaIntegration(fn));
    },
  },
  {
    name: 'an HTTP API without CORS',
    payload: '2.0',
    build: (stack, _, fn) => route(new HttpApi(stack, 'Api'), fn, PayloadFormatVersion.VERSION_2_0),
  },
  {
    name: 'an HTTP API whose functions compare origins',
    payload: '2.0',
    build: (stack, options, fn) => {
      const cors = { ...options, originMatching: OriginMatching.FUNCTIONS };
      const api = new CorsEnabledHttpApi(stack, 'Api', { cors });
      route(api, fn, PayloadFormatVersion.VERSION_2_0, [HttpMethod.GET, HttpMethod.PUT]);
    },
  },
  {
    name: 'an HTTP API that sets the headers',
    payload: '1.0',
    corsOfHttpApi: true,
    build: (stack, cors, fn) =>
      route(new CorsEnabledHttpApi(stack, 'Api', { cors }), fn, PayloadFormatVersion.VERSION_1_0),
  },
];

function route(
  api: HttpApi,
  fn: LambdaFunction,
  payloadFormatVersion: PayloadFormatVersion,
  methods = [HttpMethod.ANY],
) {
  api.addRoutes({
    path: '/pets',
    methods,
    integration: new HttpLambdaIntegration('Pets', fn, { payloadFormatVersion }),
  });
}

const LANGUAGES: [Language, Runtime][] = [
  ['Node.js', Runtime.NODEJS_LATEST],
  ['Python', Runtime.PYTHON_3_12],
];

/**
 * What functions answer by a policy of their own: the verdict comes from the template, the answers
 * from the helpers themselves.
 */
export const functions: Case[] = LANGUAGES.flatMap(([language, runtime]) =>
  POLICIES.flatMap(([cors, ins, outs, fitsHttpApis]) =>
    WAYS.filter(({ corsOfHttpApi }) => fitsHttpApis || !corsOfHttpApi).flatMap((way): Case[] => {
      const template: any = synthesized(way, cors, runtime);
      const backends = backendsOf(language, policiesIn(template), way.payload);
      const common = { why: `${way.name}, and ${language}`, template, backends };
      const credentials = cors.allowCredentials ?? false;
      const pages = [
        ...ins.map((origin) => ({ origin, isIn: true })),
        ...outs.map((origin) => ({ origin, isIn: false })),
      ];
      return pages.flatMap(({ origin, isIn }): Case[] => [
        { ...common, request: { origin, path: '/pets', credentials }, rule: isIn ? 'ok' : 'response-origin' },
        {
          ...common,
          request: { origin, path: '/pets', method: 'PUT', headers: { 'X-Tenant': 'a' }, credentials },
          rule: isIn ? 'ok' : 'preflight-origin',
        },
        {
          ...common,
          request: { origin, path: '/pets', method: 'PUT', headers: { 'X-Other': 'a' }, credentials: true },
        },
      ]);
    }),
  ),
);

function synthesized({ build }: Way, cors: CorsPolicyOptions, runtime: Runtime): object {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  const fn = new LambdaFunction(stack, 'Pets', { runtime, handler: 'index.handler', code: Code.fromInline('…') });
  new CorsRuntime(stack, 'Cors', { cors }).attachPolicyTo(fn);
  build(stack, cors, fn);
  return app.synth().getStackByName('Stack').template;
}

/** Preflights go to the function that compares origins, where there is one. */
function backendsOf(language: Language, [policy, ofPreflights]: string[], payload: Payload): [Backend, Backend] {
  const backends = wrapped(language, policy, payload);
  if (ofPreflights === undefined) return backends;
  const [preflights] = wrapped('Node.js', ofPreflights, payload);
  const through =
    (backend: Backend): Backend =>
    (request) =>
      request.method === 'OPTIONS' ? preflights(request) : backend(request);
  return [through(backends[0]), through(backends[1])];
}

/** That of the function first: ours is made when the tree is whole. */
function policiesIn({ Resources }: { Resources: Record<string, any> }): string[] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => Properties.Environment.Variables.CORS_POLICY);
}
