import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CorsEnabledHttpApi, CorsEnabledRestApi, CorsRuntime, PreflightHandler } from '../../src';

const cors = { allowOrigins: ['https://app.example.com'] };

/**
 * The ids of what is said about an app with two functions, of which `answering` have the runtime
 * attached.
 */
function saidWith(answering: string[], build: (stack: Stack, fns: Record<string, lambda.IFunction>) => void): string[] {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  const fns = Object.fromEntries(
    ['Orders', 'Pets'].map((id) => [
      id,
      new lambda.Function(stack, id, {
        code: lambda.Code.fromInline('x'),
        handler: 'index.handler',
        runtime: lambda.Runtime.NODEJS_22_X,
      }),
    ]),
  );
  build(stack, fns);
  const runtime = new CorsRuntime(stack, 'Cors', { cors });
  for (const id of answering) runtime.attachTo(fns[id] as lambda.Function);
  app.synth();
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => /warning|info/.test(type)).map(({ data }) => data));
}

describe('a REST API', () => {
  const build = (stack: Stack, { Orders, Pets }: Record<string, lambda.IFunction>) => {
    const api = new CorsEnabledRestApi(stack, 'Api', { cors });
    api.root.addResource('orders').addMethod('GET', new apigateway.LambdaIntegration(Orders));
    api.root
      .addResource('pets')
      .addMethod('GET', new apigateway.LambdaIntegration((Pets as lambda.Function).currentVersion));
  };

  test('names the functions that have to answer for themselves', () => {
    expect(saidWith(['Orders'], build)).toEqual([expect.stringMatching(/^GET \/pets: .*cdk-cors:BackendAnswers/)]);
  });

  test('names none where each has the runtime attached, whichever version is behind the route', () => {
    expect(saidWith(['Orders', 'Pets'], build)).toEqual([]);
  });
});

describe('an HTTP API', () => {
  const build = (stack: Stack, { Orders, Pets }: Record<string, lambda.IFunction>) => {
    const api = new CorsEnabledHttpApi(stack, 'Api', {
      cors: { ...cors, preflightHandler: PreflightHandler.backend() },
    });
    api.addRoutes({
      path: '/orders',
      methods: [apigatewayv2.HttpMethod.ANY],
      integration: new HttpLambdaIntegration('Orders', Orders),
    });
    api.addRoutes({
      path: '/pets',
      methods: [apigatewayv2.HttpMethod.ANY],
      integration: new HttpLambdaIntegration('Pets', Pets),
      authorizer: new HttpIamAuthorizer(),
    });
  };

  test('names the functions that get preflights', () => {
    expect(saidWith([], build)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('cdk-cors:BackendAnswersPreflight'),
        expect.stringContaining('cdk-cors:BackendAnswersOpenPreflight'),
      ]),
    );
  });

  test('names none where each has the runtime attached', () => {
    expect(saidWith(['Orders', 'Pets'], build)).toEqual([]);
  });
});
