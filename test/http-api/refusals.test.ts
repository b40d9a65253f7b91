import { CfnParameter, Duration } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CorsEnabledHttpApi } from '../../src/constructs/cors-enabled-http-api';
import { addCors, EnableCors } from '../../src/enable-cors';
import { PreflightHandler } from '../../src/options/preflight-handler';
import { CorsPolicyError } from '../../src/policy/faults';
import { APP } from '../support/pages';
import { backend, corsOf, l1Api, stackWith } from './apps';

const FORMS = 'An HTTP API knows exact http and https origins, "https://*", "http://*" and "*".';

function faultsOf(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (error instanceof CorsPolicyError) return error.faults;
    return (error as Error).message.split('\n');
  }
  return [];
}

describe('an origin that API Gateway would refuse at deployment', () => {
  test.each([
    ['a subdomain wildcard', 'https://*.example.com'],
    ['a wildcard inside a label', 'https://deploy-*--site.example.app'],
    ['a port wildcard', 'http://localhost:*'],
    ['another scheme', 'capacitor://localhost'],
    ['an extension', 'chrome-extension://abcdefghijklmnop'],
  ])('is refused where the user called: %s', (_, origin) => {
    const api = new apigatewayv2.HttpApi(stackWith(), 'Api');
    const [fault, ...others] = faultsOf(() => addCors(api, { allowOrigins: [APP, origin] }));
    expect(fault).toContain(`cors.allowOrigins[1]: API Gateway refuses "${origin}" at deployment. ${FORMS}`);
    expect(others).toEqual([]);
  });

  test('another scheme is found in front of a deploy-time host', () => {
    const stack = stackWith();
    const host = new CfnParameter(stack, 'Host').valueAsString;
    expect(
      faultsOf(() => new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [`capacitor://${host}`] } })),
    ).toHaveLength(1);
  });
});

test.each([
  ['any origin', '*'],
  ['any https origin', 'https://*'],
  ['any http origin', 'http://*'],
  ['an exact origin', 'http://localhost:3000'],
  ['an IPv6 host', 'http://[::1]:3000'],
])('%s is a form that HTTP APIs know', (_, origin) => {
  const stack = stackWith();
  new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [origin] } });
  expect(corsOf(stack).AllowOrigins).toEqual([origin]);
});

test('a deploy-time origin is taken as it is, whole or behind its scheme', () => {
  const stack = stackWith();
  const parameter = new CfnParameter(stack, 'Site').valueAsString;
  new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [parameter, `https://${parameter}`] } });
  expect(corsOf(stack).AllowOrigins).toEqual([{ Ref: 'Site' }, { 'Fn::Join': ['', ['https://', { Ref: 'Site' }]] }]);
});

test('everything that keeps the policy from an HTTP API is told at once', () => {
  const stack = stackWith();
  const api = new apigatewayv2.HttpApi(stack, 'Api', { corsPreflight: { allowOrigins: [APP] } });
  const cors = { allowOrigins: ['https://*.example.com'], statusCode: 200, errorOrigin: {}, preflight: 'SHARED' };
  expect(faultsOf(() => addCors(api, cors as object as { allowOrigins: string[] }))).toEqual([
    expect.stringContaining('cors.allowOrigins[0]: '),
    expect.stringMatching(/^cors\.statusCode: .* Leave statusCode out\.$/),
    expect.stringMatching(/^cors\.errorOrigin: .* Leave errorOrigin out\.$/),
    expect.stringMatching(/^cors\.preflight: .* Leave preflight out\.$/),
    expect.stringMatching(/^corsPreflight: Stack\/Api has a CORS configuration already, .* Remove corsPreflight; /),
  ]);
});

test.each([
  [
    'corsPreflight',
    (cors: object) =>
      new CorsEnabledHttpApi(stackWith(), 'Api', { cors: { allowOrigins: [APP] }, corsPreflight: cors }),
  ],
  [
    'corsConfiguration',
    (cors: object) => {
      const { api } = l1Api(stackWith());
      api.corsConfiguration = cors;
      addCors(api, { allowOrigins: [APP] });
    },
  ],
])('%s beside a policy is refused', (option, build) => {
  expect(() => build({ allowOrigins: [APP], maxAge: Duration.minutes(1) })).toThrow(
    `${option}: Stack/Api has a CORS configuration already`,
  );
});

describe('a value of another type, as JavaScript lets through, is refused where the user called', () => {
  const CHOICE =
    'Write PreflightHandler.backend(), PreflightHandler.builtIn() or PreflightHandler.integration(…), or leave preflightHandler out.';

  test.each<[string, unknown]>([
    ['"x"', 'x'],
    ['builtIn', PreflightHandler.builtIn],
    ['an object', backend()],
  ])('%s as preflightHandler', (shown, preflightHandler) => {
    const cors = { allowOrigins: [APP], preflightHandler: preflightHandler as PreflightHandler };
    expect(faultsOf(() => new CorsEnabledHttpApi(stackWith(), 'Api', { cors }))).toEqual([
      `cors.preflightHandler: ${shown} is not a PreflightHandler. ${CHOICE}`,
    ]);
  });

  test.each([undefined, 'https://backend.example.com'])('%j as its integration', (integration) => {
    expect(() => PreflightHandler.integration(integration as unknown as HttpUrlIntegration)).toThrow(
      /^PreflightHandler\.integration: .* is not an integration of a route\. Write one such as new HttpUrlIntegration\("Preflights", "https:\/\/preflights\.example\.com"\)\.$/,
    );
  });
});

describe('a WebSocket API', () => {
  const stack = stackWith();
  test.each([
    ['WebSocketApi', new apigatewayv2.WebSocketApi(stack, 'L2')],
    ['CfnApi', new apigatewayv2.CfnApi(stack, 'L1', { name: 'Chat', protocolType: 'WEBSOCKET' })],
  ])('has no CORS: %s', (_, api) => {
    expect(new EnableCors().supports(api)).toBe(false);
    expect(() => addCors(api)).toThrow(
      'so a WebSocket API has no CORS. Check the Origin header in its $connect route.',
    );
  });
});

test('a route is not a target, and is called by the name that users know', () => {
  const [route] = new apigatewayv2.HttpApi(stackWith(), 'Api').addRoutes({ path: '/pets', integration: backend() });
  expect(() => addCors(route)).toThrow(/CORS goes on .* not on a HttpRoute\.$/);
});
