import { App, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnRestApi, LambdaIntegration, MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnUrl, FunctionUrlAuthType, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { addCors, CorsEnabledRestApi, CorsRuntime, type CorsRuntimeProps, CorsSimulator, EnableCors } from '../../src';
import { ASPECT_MODES, appWith } from '../rest-api/apps';
import { APP } from '../support/pages';
import { aFunction } from './functions';

const ADMIN = 'https://admin.example.com';

/** CORS_POLICY of a function, as it is deployed. */
function deployedPolicy(stack: Stack, idPrefix = 'Orders'): any {
  const functions = Object.entries(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  const [, { Properties }] = functions.find(([id]) => id.startsWith(idPrefix))!;
  return JSON.parse(Properties.Environment.Variables.CORS_POLICY);
}

function restApi(stack: Stack, fn: LambdaFunction): RestApi {
  const api = new RestApi(stack, 'Api', { cloudWatchRole: false });
  api.root.addResource('orders').addMethod('GET', new LambdaIntegration(fn));
  return api;
}

describe.each(ASPECT_MODES)('the policy of an API, Aspects $aspects', ({ context }) => {
  const app = () => new Stack(appWith(context), 'Shop');

  test('reaches the function where it is put on the API later', () => {
    const stack = app();
    const fn = aFunction(stack);
    const api = restApi(stack, fn);
    new CorsRuntime(stack, 'Cors', { api }).attachPolicyTo(fn);
    addCors(api, { allowOrigins: [APP], exposeHeaders: ['ETag'] });
    expect(deployedPolicy(stack)).toMatchObject({ origins: [APP], expose: 'ETag' });
  });

  test('reaches the function where it was there before', () => {
    const stack = app();
    const fn = aFunction(stack);
    const api = restApi(stack, fn);
    api.with(new EnableCors({ allowOrigins: [APP], statusCode: 200 }));
    new CorsRuntime(stack, 'Cors', { api }).attachPolicyTo(fn);
    expect(deployedPolicy(stack)).toMatchObject({ origins: [APP], status: 200 });
  });

  test('is that of the resource from which requests come', () => {
    const stack = app();
    const [orders, admin] = [aFunction(stack), aFunction(stack, undefined, 'Admin')];
    const api = restApi(stack, orders);
    const resource = api.root.addResource('admin');
    resource.addMethod('ANY', new LambdaIntegration(admin.currentVersion));
    addCors(api, { allowOrigins: [APP] });
    addCors(resource, { allowOrigins: [ADMIN] });
    const runtime = new CorsRuntime(stack, 'Cors', { api });
    for (const fn of [orders, admin]) runtime.attachPolicyTo(fn);
    expect(deployedPolicy(stack, 'Orders').origins).toEqual([APP]);
    expect(deployedPolicy(stack, 'Admin').origins).toEqual([ADMIN]);
  });
});

test('an HTTP API brings its policy, $default and all', () => {
  const stack = new Stack(new App());
  const fn = aFunction(stack);
  const api = new HttpApi(stack, 'Api', { defaultIntegration: new HttpLambdaIntegration('Fn', fn) });
  new CorsRuntime(stack, 'Cors', { api }).attachPolicyTo(fn);
  addCors(api, { allowOrigins: [APP, ADMIN] });
  expect(deployedPolicy(stack).origins).toEqual([APP, ADMIN]);
});

test('a function that no visible route leads to follows the API as a whole', () => {
  const stack = new Stack(new App());
  const fn = aFunction(stack);
  const api = new CorsEnabledRestApi(stack, 'Api', { cloudWatchRole: false, cors: { allowOrigins: [APP] } });
  api.root.addMethod('GET', new MockIntegration());
  new CorsRuntime(stack, 'Cors', { api }).attachPolicyTo(fn);
  expect(deployedPolicy(stack).origins).toEqual([APP]);
});

describe('a document', () => {
  const withDocument = (cors: CorsRuntimeProps['cors']): Stack => {
    const stack = new Stack(new App(), 'Shop');
    const fn = aFunction(stack);
    const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`;
    const get = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri }, responses: {} };
    const body = { openapi: '3.0.1', info: { title: 'Shop', version: '1' }, paths: { '/orders': { get } } };
    const api = new CfnRestApi(stack, 'Api', { body });
    addCors(api, { allowOrigins: [APP, ADMIN] });
    new CorsRuntime(stack, 'Cors', cors ? { cors } : { api }).attachPolicyTo(fn);
    return stack;
  };

  test('brings the policy of its API to the functions behind its operations', () => {
    expect(deployedPolicy(withDocument(undefined)).origins).toEqual([APP, ADMIN]);
  });

  test('has those told that follow another one', () => {
    const told = Match.stringLikeRegexp('behind GET /orders of Shop/Api.*PolicyMismatch');
    Annotations.fromStack(withDocument({ allowOrigins: [APP] })).hasWarning('/Shop/Cors', told);
  });
});

describe('is refused', () => {
  test('where routes of two policies end in one function: they are named', () => {
    const stack = new Stack(new App(), 'Shop');
    const fn = aFunction(stack);
    const api = restApi(stack, fn);
    const admin = api.root.addResource('admin');
    admin.addMethod('POST', new LambdaIntegration(fn));
    addCors(api, { allowOrigins: [APP] });
    addCors(admin, { allowOrigins: [ADMIN] });
    new CorsRuntime(stack, 'Cors', { api }).attachPolicyTo(fn);
    expect(() => Template.fromStack(stack)).toThrow(/Shop\/Orders: .*GET \/orders \/ POST \/admin/);
  });

  test('where the API has no policy', () => {
    const stack = new Stack(new App(), 'Shop');
    const fn = aFunction(stack);
    new CorsRuntime(stack, 'Cors', { api: restApi(stack, fn) }).attachPolicyTo(fn);
    expect(() => Template.fromStack(stack)).toThrow(/Shop\/Api has no CORS policy.*EnableCors\.on/);
  });

  test.each<[string, (stack: Stack) => any, RegExp]>([
    ['for a function URL', (stack) => ({ api: aFunction(stack).addFunctionUrl() }), /api: .*is not a REST or HTTP API/],
    ['for a resource', (stack) => ({ api: restApi(stack, aFunction(stack)).root }), /is not a REST or HTTP API/],
    ['for what is not a construct', () => ({ api: 'api' }), /api: this takes/],
    [
      'beside cors',
      (stack) => ({ api: restApi(stack, aFunction(stack)), cors: { allowOrigins: [APP] } }),
      /\{ api \} or \{ cors \}/,
    ],
    [
      'of another Stage',
      (stack) => ({ api: restApi(new Stack(new Stage(stack, 'Prod'), 'Own'), aFunction(stack)) }),
      /another Stage/,
    ],
  ])('%s, at once', (_, props, message) => {
    const stack = new Stack(new App());
    expect(() => new CorsRuntime(stack, 'Cors', props(stack))).toThrow(message);
  });
});

describe('a function with a policy of its own', () => {
  const withCorsOf = (origins: string[]): Stack => {
    const stack = new Stack(new App(), 'Shop');
    const fn = aFunction(stack);
    addCors(restApi(stack, fn), { allowOrigins: [APP, ADMIN] });
    new CorsRuntime(stack, 'Cors', { cors: { allowOrigins: origins } }).attachPolicyTo(fn);
    return stack;
  };

  test('that lets in fewer pages than its route is told', () => {
    Annotations.fromStack(withCorsOf([APP])).hasWarning(
      '/Shop/Cors',
      Match.stringLikeRegexp('Shop/Orders behind GET /orders of Shop/Api: allowOrigins .*cdk-cors:PolicyMismatch'),
    );
  });

  test('that lets in the same pages is not', () => {
    Annotations.fromStack(withCorsOf([ADMIN, APP])).hasNoWarning('*', Match.anyValue());
  });
});

test('the simulator says of a function with another policy how to write it once', () => {
  const stack = new Stack(new App(), 'Shop');
  const fn = aFunction(stack);
  addCors(restApi(stack, fn), { allowOrigins: [APP] });
  new CorsRuntime(stack, 'Cors', { cors: { allowOrigins: [ADMIN] } }).attachPolicyTo(fn);
  const { rule, fix } = CorsSimulator.fromStack(stack).request({ origin: APP, path: '/orders' });
  expect([rule, fix]).toEqual(['response-origin', expect.stringContaining('new CorsRuntime(…, { api })')]);
});

describe('a function that sends the headers itself, behind a function URL', () => {
  const withUrl = (build: (stack: Stack, fn: LambdaFunction) => void): Annotations => {
    const stack = new Stack(new App(), 'Shop');
    const fn = aFunction(stack);
    build(stack, fn);
    new CorsRuntime(stack, 'Cors', { cors: { allowOrigins: [APP] } }).attachPolicyTo(fn);
    return Annotations.fromStack(stack);
  };
  const doubled = Match.stringLikeRegexp('two Access-Control-Allow-Origin.*cdk-cors:DoubleCors');

  test('with a policy gets a warning', () => {
    withUrl((_, fn) => addCors(fn.addFunctionUrl(), { allowOrigins: [APP] })).hasWarning(
      '/Shop/Orders/FunctionUrl',
      doubled,
    );
  });

  test('with cors of its own does too, also by an alias', () => {
    withUrl((stack, fn) => {
      const targetFunctionArn = fn.addAlias('live').functionArn;
      new CfnUrl(stack, 'Url', { authType: 'NONE', targetFunctionArn, cors: { allowOrigins: [APP] } });
    }).hasWarning('/Shop/Url', doubled);
  });

  test('without CORS is as it should be', () => {
    withUrl((_, fn) => fn.addFunctionUrl({ authType: FunctionUrlAuthType.NONE })).hasNoWarning('*', Match.anyValue());
  });

  test('that asks for signatures gets a warning: preflights have none', () => {
    withUrl((_, fn) => fn.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM })).hasWarning(
      '/Shop/Orders/FunctionUrl',
      Match.stringLikeRegexp('before the CorsRuntime of Shop/Orders sees them.*cdk-cors:SignedFunctionUrl'),
    );
  });

  test('may ask for signatures where a distribution signs', () => {
    withUrl((stack, fn) => {
      const url = fn.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
      const origin = FunctionUrlOrigin.withOriginAccessControl(url);
      new Distribution(stack, 'Web', { defaultBehavior: { origin } });
    }).hasNoWarning('*', Match.stringLikeRegexp('SignedFunctionUrl'));
  });

  test('may ask for signatures where pages come by an API', () => {
    withUrl((stack, fn) => {
      fn.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
      addCors(restApi(stack, fn), { allowOrigins: [APP] });
    }).hasNoWarning('*', Match.stringLikeRegexp('SignedFunctionUrl'));
  });
});
