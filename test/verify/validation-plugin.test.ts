import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CorsValidationPlugin } from '../../src/verify/validation-plugin';
import { APP } from './gateway';

const HEADER = 'method.response.header.Access-Control-Allow-Origin';

/** What `cdk synth` reports of an app whose validation asks for these origins. */
function report(build: (app: App) => void, origins = [APP], backends?: boolean) {
  const app = new App();
  build(app);
  const assembly = app.synth();
  const nestedPaths = assembly.nestedAssemblies.flatMap(({ nestedAssembly }) => nestedAssembly.stacks);
  const templatePaths = [...assembly.stacks, ...nestedPaths].map(({ templateFullPath }) => templateFullPath);
  return new CorsValidationPlugin({ origins, backends }).validate({ templatePaths });
}

function petStore(stack: Stack, cors?: apigateway.CorsOptions): apigateway.RestApi {
  const api = new apigateway.RestApi(stack, 'Api', { defaultCorsPreflightOptions: cors });
  api.root.addResource('pets').addMethod(
    'PUT',
    new apigateway.MockIntegration({
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      integrationResponses: [{ statusCode: '200', responseParameters: { [HEADER]: `'${APP}'` } }],
    }),
    { methodResponses: [{ statusCode: '200', responseParameters: { [HEADER]: true } }] },
  );
  return api;
}

test('an API that every page can use passes', () => {
  expect(report((app) => petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] }))).toEqual({ success: true, violations: [] });
});

test('a route that a page cannot use is reported with rule, reason, construct and template', () => {
  const { success, violations } = report((app) => petStore(new Stack(app, 'Shop')));
  expect(success).toBe(false);
  expect(violations).toEqual([
    {
      ruleName: 'preflight-answer',
      description: expect.stringMatching(/^PUT \/pets from https:\/\/app\.example\.com: .*\/pets has PUT, but no OPTIONS/),
      violatingResources: [
        {
          resourceLogicalId: expect.stringMatching(/^Api/),
          templatePath: expect.stringMatching(/Shop\.template\.json$/),
          locations: ['Shop/Api'],
        },
      ],
    },
  ]);
});

test('each origin is tried', () => {
  const { violations } = report((app) => petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] }), [APP, 'https://other.example.com']);
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatchObject({
    ruleName: 'preflight-origin',
    description: expect.stringContaining('from https://other.example.com'),
  });
});

test('nested stacks are looked into', () => {
  const { violations } = report((app) => petStore(new NestedStack(new Stack(app, 'Shop'), 'Below')));
  expect(violations).toMatchObject([{ ruleName: 'preflight-answer', violatingResources: [{ locations: ['Shop/Below/Api'] }] }]);
});

test('Stages are looked into', () => {
  expect(report((app) => petStore(new Stack(new Stage(app, 'Prod'), 'Shop'))).success).toBe(false);
});

describe('a route that depends on a backend', () => {
  const proxied = (app: App) => {
    const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api', { defaultCorsPreflightOptions: { allowOrigins: [APP] } });
    api.root.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com'));
  };

  test('passes silently', () => {
    expect(report(proxied).success).toBe(true);
  });

  test('is reported where backends are asked about', () => {
    expect(report(proxied, [APP], true).violations).toMatchObject([{ ruleName: 'backend' }]);
  });
});

test('what cannot be deployed is reported once an API', () => {
  const { violations } = report((app) => {
    const api = petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] });
    api.root.addResource('{id}').addMethod('GET');
    api.root.addProxy();
  });
  expect(violations).toMatchObject([{ ruleName: 'deployment' }]);
});

test('an app without APIs passes', () => {
  expect(report((app) => void new Stack(app, 'Empty')).success).toBe(true);
});

test.each([
  ['no origins', [], /name at least one origin/],
  ['an origin that no browser sends', ['https://app.example.com/'], /Did you mean "https:\/\/app\.example\.com"/],
])('%s: refused at once', (_, origins, reason) => {
  expect(() => new CorsValidationPlugin({ origins })).toThrow(reason);
});

test('the app runs it during synthesis', () => {
  const app = new App({ policyValidationBeta1: [new CorsValidationPlugin({ origins: [APP] })] });
  petStore(new Stack(app, 'Shop'));
  const printed = jest.spyOn(console, 'log').mockImplementation(() => {});
  const failed = jest.spyOn(console, 'error').mockImplementation(() => {});
  let thrown = '';
  try {
    app.synth();
  } catch (error) {
    thrown = (error as Error).message;
  }
  const output = [...printed.mock.calls, ...failed.mock.calls].flat().join('\n') + thrown;
  expect(output).toMatch(/preflight-answer/);
  expect(process.exitCode === 1 || thrown !== '').toBe(true);
  process.exitCode = undefined;
});
