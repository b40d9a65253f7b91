import { App, Stack } from 'aws-cdk-lib';
import { LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Code, FunctionUrlAuthType, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  addCors,
  CorsEnabledHttpApi,
  CorsEnabledRestApi,
  type CorsPolicyOptions,
  CorsRuntime,
  type CorsRuntimeProps,
  CorsSimulator,
  OriginMatching,
} from '../../../src';
import { APP } from '../../support/pages';

/** Where a function sends the headers, advice names whose option decides: the API's, or its own. */

const OTHER = 'https://other.example';
const GET = { origin: OTHER, path: '/pets' };
const PUT = { origin: APP, path: '/pets', method: 'PUT' };

function functionIn(stack: Stack): LambdaFunction {
  return new LambdaFunction(stack, 'Pets', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = handler;'),
  });
}

/** A REST API with a policy, and a function behind it whose policy is that of its `CorsRuntime`. */
function petsWith(cors: CorsPolicyOptions, runtime?: CorsPolicyOptions): Stack {
  const stack = new Stack(new App(), 'Shop');
  const api = new CorsEnabledRestApi(stack, 'Api', { cors });
  const pets = functionIn(stack);
  const resource = api.root.addResource('pets');
  for (const method of ['GET', 'PUT']) resource.addMethod(method, new LambdaIntegration(pets));
  const props: CorsRuntimeProps = runtime ? { cors: runtime } : { api };
  new CorsRuntime(stack, 'Cors', props).attachPolicyTo(pets);
  return stack;
}

const fixOf = (stack: Stack, request: object) => CorsSimulator.fromStack(stack).request(request as any).fix;
const one = { allowOrigins: [APP] };
const several = { allowOrigins: [APP, 'http://localhost:*'] };

describe('a function that follows the policy of the API', () => {
  test.each([
    ['one origin', one],
    ['several', several],
  ])('has the option of the API to change: %s', (_, cors) => {
    expect(fixOf(petsWith(cors), GET)).toBe('Add "https://other.example" to cors.allowOrigins of Shop/Api.');
    const widened = petsWith({ allowOrigins: [...cors.allowOrigins, OTHER] });
    expect(CorsSimulator.fromStack(widened).request(GET).outcome).toBe('ALLOWED');
  });

  test('for credentials, too', () => {
    const request = { ...GET, origin: APP, credentials: true };
    expect(fixOf(petsWith(one), request)).toMatch(/^Set cors\.allowCredentials of Shop\/Api to true:/);
    expect(fixOf(petsWith({ allowOrigins: ['*'] }), request)).toContain(
      'list "https://app.example.com" in cors.allowOrigins of Shop/Api in place of "*", ' +
        'and set cors.allowCredentials of Shop/Api to true',
    );
  });

  test('for headers and methods of the preflights that it answers itself', () => {
    const stack = new Stack(new App(), 'Shop');
    const api = new CorsEnabledHttpApi(stack, 'Api', {
      cors: { ...several, originMatching: OriginMatching.FUNCTIONS },
    });
    const pets = functionIn(stack);
    const integration = new HttpLambdaIntegration('Integration', pets);
    api.addRoutes({ path: '/pets', methods: [HttpMethod.ANY], integration });
    new CorsRuntime(stack, 'Cors', { api }).attachPolicyTo(pets);
    const fix = fixOf(stack, { ...PUT, headers: { 'x-foo': 'a' } });
    expect(fix).toMatch(/^Add "x-foo" to cors\.allowHeaders of Shop\/Api/);
    expect(fix).not.toContain('CorsRuntime');
  });

  test('by the call that made that policy', () => {
    const stack = new Stack(new App(), 'Shop');
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: one });
    const resource = api.root.addResource('pets');
    const pets = functionIn(stack);
    resource.addMethod('GET', new LambdaIntegration(pets));
    addCors(resource, { allowOrigins: ['https://pets.example'] });
    new CorsRuntime(stack, 'Cors', { api }).attachPolicyTo(pets);
    expect(fixOf(stack, GET)).toBe('Add "https://other.example" to allowOrigins of addCors on Shop/Api/Default/pets.');
  });
});

describe('a function with a policy of its own', () => {
  test('is let follow that of the API where that lets the page in', () => {
    const stack = petsWith({ allowOrigins: [APP, OTHER] }, one);
    expect(fixOf(stack, GET)).toBe(
      'Let Shop/Pets follow the policy of the API: new CorsRuntime(…, { api }); ' +
        'or add "https://other.example" to cors.allowOrigins of the CorsRuntime of Shop/Pets.',
    );
  });

  test('changes together with the API where neither lets it in', () => {
    expect(fixOf(petsWith(one, one), GET)).toBe(
      'Add "https://other.example" to cors.allowOrigins of Shop/Api, ' +
        'and to cors.allowOrigins of the CorsRuntime of Shop/Pets.',
    );
  });

  test('behind a function URL, which has no API to follow', () => {
    const stack = new Stack(new App(), 'Shop');
    const pets = functionIn(stack);
    pets.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    new CorsRuntime(stack, 'Cors', { cors: one }).attachPolicyTo(pets);
    expect(fixOf(stack, { ...GET, path: '/' })).toBe(
      'Add "https://other.example" to cors.allowOrigins of the CorsRuntime of Shop/Pets.',
    );
  });
});
