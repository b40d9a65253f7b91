import * as cdk from 'aws-cdk-lib';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CorsValidationPlugin, type CorsValidationPluginProps } from '../../src/verify/validation-plugin';
import { APP } from '../support/pages';

const HEADER = 'method.response.header.Access-Control-Allow-Origin';

/** What `cdk synth` reports of an app whose validation asks for these origins. */
function report(
  build: (app: App) => void,
  origins = [APP],
  backends?: boolean,
  more: Partial<CorsValidationPluginProps> = {},
) {
  const app = new App();
  build(app);
  const assembly = app.synth();
  const nestedPaths = assembly.nestedAssemblies.flatMap(({ nestedAssembly }) => nestedAssembly.stacks);
  const templatePaths = [...assembly.stacks, ...nestedPaths].map(({ templateFullPath }) => templateFullPath);
  const context = { templatePaths, appConstruct: app }; // the newest aws-cdk-lib wants both, the oldest does not know the second
  return new CorsValidationPlugin({ origins, backends, ...more }).validate(context);
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
  expect(report((app) => petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] }))).toEqual({
    success: true,
    violations: [],
  });
});

test('a route that a page cannot use is reported with rule, reason, construct and template', () => {
  const { success, violations } = report((app) => petStore(new Stack(app, 'Shop')));
  expect(success).toBe(false);
  expect(violations).toEqual([
    {
      ruleName: 'preflight-answer',
      fix: expect.stringMatching(/^Write addCors\(api, \{ allowOrigins: \["https:\/\/app\.example\.com"\] \}\)/),
      description: expect.stringMatching(
        /^PUT \/pets from https:\/\/app\.example\.com: .*\/pets has PUT, but no OPTIONS/,
      ),
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

test('a route that has nothing but an error of the gateway is reported', () => {
  const { violations } = report((app) => {
    const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api');
    api.addGatewayResponse('Errors', {
      type: apigateway.ResponseType.DEFAULT_5XX,
      responseHeaders: { 'Access-Control-Allow-Origin': "'*'" },
    });
    api.root.addMethod('GET', new apigateway.MockIntegration({ requestTemplates: { 'application/json': '{}' } }));
  });
  expect(violations).toMatchObject([{ ruleName: 'gateway-error' }]);
});

test('errors that a page could not read are reported where they are asked about', () => {
  const build = (app: App) => petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] });
  expect(report(build).success).toBe(true);
  expect(report(build, [APP], false, { errors: true }).violations).toMatchObject([
    {
      ruleName: 'response-origin',
      fix: expect.stringContaining('addCors(api, { allowOrigins: ["https://app.example.com"] }) in place of'),
      description: expect.stringMatching(/^errors of PUT \/pets .* 429 THROTTLED/),
    },
  ]);
});

test('another origin that gets in is reported where only these may', () => {
  const build = (app: App) => {
    const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api');
    const open = { statusCode: '200', responseParameters: { [HEADER]: "'*'" } };
    api.root.addMethod(
      'GET',
      new apigateway.HttpIntegration('https://backend.example.com', {
        proxy: false,
        options: { integrationResponses: [open] },
      }),
      {
        methodResponses: [{ statusCode: '200', responseParameters: { [HEADER]: true } }],
      },
    );
  };
  expect(report(build).success).toBe(true);
  const { violations } = report(build, [APP], false, { onlyThese: true });
  expect(violations[0]).toMatchObject({ ruleName: 'wider', fix: expect.stringContaining('Take out') });
  expect(
    report((app) => petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] }), [APP], false, { onlyThese: true })
      .success,
  ).toBe(true);
});

test('pages send what the properties say', () => {
  const build = (app: App) => {
    const cors = { allowOrigins: [APP], allowHeaders: ['x-own'] };
    const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api', { defaultCorsPreflightOptions: cors });
    api.root.addMethod('PUT', new apigateway.HttpIntegration('https://backend.example.com'));
  };
  expect(report(build).violations).toMatchObject([{ ruleName: 'preflight-header' }]);
  const plain = { headers: { 'PUT,POST: content-type': 'text/plain' } };
  expect(report(build, [APP], false, plain).success).toBe(true);
  expect(report(build, [APP], false, { ...plain, credentials: true }).violations).toMatchObject([
    { ruleName: 'preflight-credentials' },
  ]);
});

test('each origin is tried', () => {
  const { violations } = report(
    (app) => petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] }),
    [APP, 'https://other.example.com'],
  );
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatchObject({
    ruleName: 'preflight-origin',
    description: expect.stringContaining('from https://other.example.com'),
  });
});

test('nested stacks are looked into', () => {
  const { violations } = report((app) => petStore(new NestedStack(new Stack(app, 'Shop'), 'Below')));
  expect(violations).toMatchObject([
    { ruleName: 'preflight-answer', violatingResources: [{ locations: ['Shop/Below/Api'] }] },
  ]);
});

test('Stages are looked into, once', () => {
  const { violations } = report((app) => {
    petStore(new Stack(new Stage(app, 'Prod'), 'Shop'));
    new Stack(app, 'Other');
  });
  expect(violations).toMatchObject([{ violatingResources: [{ locations: ['Prod/Shop/Api'] }] }]);
});

describe('an API that another stack adds routes to', () => {
  const spread = (app: App, cors?: apigateway.CorsOptions) => {
    const { restApiId, restApiRootResourceId: rootResourceId } = petStore(new Stack(app, 'Shop'), {
      allowOrigins: [APP],
    });
    const other = new Stack(app, 'Other');
    const imported = apigateway.RestApi.fromRestApiAttributes(other, 'Api', { restApiId, rootResourceId });
    const cats = imported.root.addResource('cats', { defaultCorsPreflightOptions: cors });
    cats.addMethod('PUT', new apigateway.HttpIntegration('https://backend.example.com'));
  };

  test('is reported once, where it is made', () => {
    const { violations } = report(spread);
    expect(violations).toMatchObject([
      {
        ruleName: 'preflight-answer',
        description: expect.stringMatching(/^PUT \/cats/),
        violatingResources: [{ templatePath: expect.stringMatching(/Shop\.template\.json$/), locations: ['Shop/Api'] }],
      },
    ]);
  });

  test('passes where all of its routes can be used', () => {
    expect(report((app) => spread(app, { allowOrigins: [APP] })).success).toBe(true);
  });
});

describe('a route that depends on a backend', () => {
  const proxied = (app: App) => {
    const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api', {
      defaultCorsPreflightOptions: { allowOrigins: [APP] },
    });
    api.root.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com'));
  };

  test('passes silently', () => {
    expect(report(proxied).success).toBe(true);
  });

  test('is reported where backends are asked about', () => {
    expect(report(proxied, [APP], true).violations).toMatchObject([{ ruleName: 'backend' }]);
  });
});

test('a backend sends what the properties say', () => {
  const build = (app: App) => {
    const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api');
    api.root.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com'));
  };
  const sends = (origin: string, routes?: string[]) =>
    report(build, [APP], true, { backendHeaders: [{ headers: { 'Access-Control-Allow-Origin': origin }, routes }] });
  expect(sends(APP).success).toBe(true);
  expect(sends(APP, ['GET /']).success).toBe(true);
  expect(sends(APP, ['PUT /']).violations).toMatchObject([{ ruleName: 'backend' }]);
  expect(sends('https://elsewhere.example').violations).toMatchObject([{ ruleName: 'response-origin' }]);
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
  ['no origins', [], /^origins: nothing is listed\. Write \["https:\/\/app\.example\.com"\]/],
  ['no list at all', undefined, /^origins: nothing is listed\. Write/],
  [
    'a text in place of the list',
    'https://a.com',
    /^origins: "https:\/\/a\.com" is not a list\. Write \["https:\/\/a\.com"\]/,
  ],
  ['an origin that no browser sends', ['https://app.example.com/'], /Did you mean "https:\/\/app\.example\.com"/],
])('%s: refused at once', (_, origins, reason) => {
  expect(() => new CorsValidationPlugin({ origins: origins as string[] })).toThrow(reason);
});

/**
 * The lowest supported aws-cdk-lib has the first way only; the newest has both. It throws where the
 * other sets the exit code.
 */
const WAYS: [string, (plugin: CorsValidationPlugin) => App][] = [
  ['policyValidationBeta1', (plugin) => new App({ policyValidationBeta1: [plugin] })],
  [
    'plugin.addTo(app)',
    (plugin) => {
      const app = new App();
      plugin.addTo(app);
      return app;
    },
  ],
  [
    'Validations',
    (plugin) => {
      const app = new App();
      (cdk as any).Validations.of(app).addPlugins(plugin);
      return app;
    },
  ],
];

describe.each(WAYS.filter(([way]) => way !== 'Validations' || way in cdk))('an app with %s', (_, appWith) => {
  let output: string[];
  beforeEach(() => {
    output = [];
    for (const way of ['log', 'error', 'warn'] as const)
      jest.spyOn(console, way).mockImplementation((...texts: unknown[]) => void output.push(texts.join(' ')));
    process.exitCode = undefined;
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });

  function failsToSynthesize(app: App): boolean {
    try {
      app.synth();
    } catch (error) {
      output.push((error as Error).message);
      return true;
    }
    return process.exitCode === 1;
  }

  test('cannot be synthesized where a page could not use a route, and says which construct it is', () => {
    const app = appWith(new CorsValidationPlugin({ origins: [APP] }));
    petStore(new NestedStack(new Stack(app, 'Shop'), 'Below'));
    expect(failsToSynthesize(app)).toBe(true);
    const text = output.join('\n');
    expect(text).toContain('preflight-answer');
    expect(text).toContain('Shop/Below/Api');
  });

  test('can be where every page can', () => {
    const app = appWith(new CorsValidationPlugin({ origins: [APP] }));
    petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] });
    expect(failsToSynthesize(app)).toBe(false);
  });
});

describe('only the named APIs are checked', () => {
  const build = (app: App) => {
    petStore(new Stack(app, 'Shop'));
    petStore(new Stack(app, 'Open'), { allowOrigins: [APP] });
  };

  test('by construct path', () => {
    expect(report(build, [APP], false, { apis: ['Open/Api'] }).success).toBe(true);
    expect(report(build, [APP], false, { apis: ['Shop/Api'] }).success).toBe(false);
  });

  test('and a name that no API has is told', () => {
    expect(() => report(build, [APP], false, { apis: ['Shop/Other'] })).toThrow(
      'apis: there is no API "Shop/Other" in this app. There are: Shop/Api, Open/Api.',
    );
  });
});
