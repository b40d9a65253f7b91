import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import { addCors } from '../../src';
import { CorsValidationPlugin } from '../../src/verify/validation-plugin';
import type { CorsValidationPluginProps } from '../../src/verify/validation-plugin-props';
import { run } from '../cli/run';
import { APP } from '../support/pages';

const HEADER = 'method.response.header.Access-Control-Allow-Origin';

/** What `cdk synth` reports of an app whose validation asks for these origins. */
function report(
  build: (app: App) => void,
  pages: string[] | undefined = [APP],
  backends?: boolean,
  more: Partial<CorsValidationPluginProps> = {},
) {
  const app = new App();
  build(app);
  const assembly = app.synth();
  const nestedPaths = assembly.nestedAssemblies.flatMap(({ nestedAssembly }) => nestedAssembly.stacks);
  const templatePaths = [...assembly.stacks, ...nestedPaths].map(({ templateFullPath }) => templateFullPath);
  const context = { templatePaths, appConstruct: app }; // the newest aws-cdk-lib wants both, the oldest does not know the second
  return new CorsValidationPlugin({ origins: pages, backends, ...more }).validate(context);
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
    pluginVersion: require('../../package.json').version,
  });
});

test('a route that a page cannot use is reported with rule, reason, method and template', () => {
  const { success, violations } = report((app) => petStore(new Stack(app, 'Shop')));
  expect(success).toBe(false);
  expect(violations).toEqual([
    {
      ruleName: 'preflight-answer',
      fix: expect.stringMatching(/^Write addCors\(api, \{ allowOrigins: \["https:\/\/app\.example\.com"\] \}\)/),
      description: expect.stringMatching(
        /^PUT \/pets from https:\/\/app\.example\.com: .*\/pets has PUT, but no OPTIONS/,
      ),
      severity: 'error',
      ruleMetadata: expect.objectContaining({
        See: expect.stringMatching(/docs\/rules\.md#preflight-answer$/),
        Standard: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
        'Template line': expect.stringMatching(/^\d+$/),
      }),
      violatingResources: [
        {
          resourceLogicalId: expect.stringMatching(/^ApipetsPUT/),
          templatePath: expect.stringMatching(/Shop\.template\.json$/),
          locations: [],
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
      ruleName: 'unreadable-errors',
      severity: 'warning',
      fix: expect.stringContaining('addCors(api, { allowOrigins: ["https://app.example.com"] }) in place of'),
      description: expect.stringMatching(/^PUT \/pets from .*: the page could not read .*429 THROTTLED/),
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
  expect(violations[0]).toMatchObject({ ruleName: 'wider', fix: expect.stringMatching(/^Take "\*" out of .*\/GET,/) });
  expect(
    report((app) => petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] }), [APP], false, { onlyThese: true })
      .success,
  ).toBe(true);
});

test('an origin that the API names besides is reported where only these may get in', () => {
  const build = (app: App) => {
    const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api');
    addCors(api, { allowOrigins: [APP, 'https://evil.example'] });
    const integrationResponses = [{ statusCode: '200' }];
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    api.root.addMethod('GET', new apigateway.MockIntegration({ integrationResponses, requestTemplates }), {
      methodResponses: [{ statusCode: '200' }],
    });
  };
  expect(report(build).success).toBe(true);
  const { violations } = report(build, [APP], false, { onlyThese: true });
  expect(violations).toMatchObject([
    { ruleName: 'wider', description: expect.stringContaining('https://evil.example') },
  ]);
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
    {
      ruleName: 'preflight-answer',
      violatingResources: [
        {
          resourceLogicalId: expect.stringMatching(/^ApipetsPUT/),
          templatePath: expect.stringMatching(/\.nested\.template\.json$/),
        },
      ],
    },
  ]);
});

test('Stages are looked into, once', () => {
  const { violations } = report((app) => {
    petStore(new Stack(new Stage(app, 'Prod'), 'Shop'));
    new Stack(app, 'Other');
  });
  const templatePath = expect.stringMatching(/assembly-Prod\/ProdShop.*\.template\.json$/);
  expect(violations).toMatchObject([{ violatingResources: [{ templatePath }] }]);
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

  test('is reported once, in the stack that has the route', () => {
    const { violations } = report(spread);
    expect(violations).toMatchObject([
      {
        ruleName: 'preflight-answer',
        description: expect.stringMatching(/^PUT \/cats/),
        violatingResources: [{ templatePath: expect.stringMatching(/Other\.template\.json$/) }],
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
    expect(text).toContain('Shop/Below/Api/Default/pets/PUT');
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

describe('what has to change is named', () => {
  const located = (build: (stack: Stack) => void, more: Partial<CorsValidationPluginProps> = {}) =>
    report((app) => build(new Stack(app, 'Shop')), [APP], false, more).violations.map(
      ({ ruleName, description, violatingResources: [{ resourceLogicalId, locations }] }) => ({
        ruleName,
        what: description.split(':')[0],
        resource: resourceLogicalId.replace(/[0-9A-F]{8}/g, ''),
        locations,
      }),
    );

  test('the integration of the method that sends the headers', () => {
    const cors = { allowOrigins: ['https://other.example.com'] };
    expect(located((stack) => petStore(stack, cors))).toEqual([
      {
        ruleName: 'preflight-origin',
        what: 'PUT /pets from https',
        resource: 'ApipetsOPTIONS',
        locations: ['Properties.Integration'],
      },
    ]);
  });

  test('the CORS configuration of an HTTP API', () => {
    const build = (stack: Stack) => {
      const api = new apigatewayv2.HttpApi(stack, 'Api', {
        corsPreflight: { allowOrigins: ['https://b.example.com'] },
      });
      const integration = new HttpUrlIntegration('Backend', 'https://backend.example.com');
      api.addRoutes({ path: '/pets', methods: [apigatewayv2.HttpMethod.PUT], integration });
    };
    expect(located(build)).toMatchObject([{ resource: 'Api', locations: ['Properties.CorsConfiguration'] }]);
  });

  test('the operation of a document', () => {
    const mock = { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' } };
    const body = {
      openapi: '3.0.1',
      info: { title: 'shop', version: '1' },
      paths: {
        '/pets': {
          get: {
            responses: { 200: { description: 'pets' } },
            'x-amazon-apigateway-integration': { ...mock, responses: { default: { statusCode: '200' } } },
          },
        },
      },
    };
    const build = (stack: Stack) => void new apigateway.CfnRestApi(stack, 'Api', { body });
    expect(located(build)).toMatchObject([
      { ruleName: 'response-origin', resource: 'Api', locations: ['Properties.Body.paths["/pets"]'] },
    ]);
  });

  test.each([
    ['default', {}, 'DefaultCacheBehavior'],
    ['second', { '/a/*': 'right', '/pets': 'bare' }, 'CacheBehaviors.1'],
  ])('the %s behavior of a distribution', (_, others, property) => {
    const build = (stack: Stack) => {
      const origin = new origins.RestApiOrigin(petStore(stack, { allowOrigins: [APP] }));
      const right = {
        origin,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      };
      const kinds: Record<string, cloudfront.BehaviorOptions> = { right, bare: { origin } };
      const behaviors = Object.entries<string>(others).map(([path, kind]) => [path, kinds[kind]] as const);
      new cloudfront.Distribution(stack, 'Edge', {
        defaultBehavior: behaviors.length > 0 ? right : { origin },
        additionalBehaviors: Object.fromEntries(behaviors),
      });
    };
    expect(located(build)).toEqual([
      {
        ruleName: 'preflight-answer',
        what: 'PUT /pets via Shop/Edge from https',
        resource: 'Edge',
        locations: [`Properties.DistributionConfig.${property}`],
      },
    ]);
  });

  test('once for all origins of a route', () => {
    const { violations } = report((app) => petStore(new Stack(app, 'Shop')), [APP, 'https://other.example.com']);
    expect(violations.map(({ description }) => description)).toEqual([
      expect.stringMatching(/^PUT \/pets from https:\/\/app\.example\.com, https:\/\/other\.example\.com: /),
    ]);
  });
});

describe('a settings file', () => {
  const OTHER = 'https://other.example.com';
  const build = (app: App) => {
    petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] });
    petStore(new Stack(app, 'Open'), { allowOrigins: [OTHER] });
  };
  const underFile = (content: object, more: Partial<CorsValidationPluginProps> = {}) => {
    const path = join(mkdtempSync(join(tmpdir(), 'cdk-cors-plugin-')), 'cdk-cors.json');
    writeFileSync(path, JSON.stringify(content));
    return report(build, undefined, undefined, { origins: undefined, file: path, ...more });
  };
  const brief = ({ violations }: ReturnType<typeof underFile>) =>
    violations.map(({ ruleName, description }) => `${ruleName} ${description.split(': ')[0]}`);

  test('says for each API which pages use it', () => {
    const apis = { 'Shop/Api': { origins: [APP, OTHER] }, 'Open/Api': { origins: [APP] } };
    expect(brief(underFile({ apis }))).toEqual([
      `preflight-origin PUT /pets from ${OTHER}`,
      `preflight-origin PUT /pets from ${APP}`,
    ]);
  });

  test('leaves an API without an entry to the origins that it names itself', () => {
    expect(brief(underFile({ apis: { 'Open/Api': { origins: [APP] } } }))).toEqual([
      `preflight-origin PUT /pets from ${APP}`,
    ]);
  });

  test('says what is accepted, until a day', () => {
    const accepted = (until: string) => [{ rule: 'preflight-origin', why: 'moves in May', until }];
    const apis = (until: string) => ({ 'Open/Api': { origins: [APP], accepted: accepted(until) } });
    expect(underFile({ apis: apis('2999-12-31') }).success).toBe(true);
    const ended = underFile({ apis: apis('2000-01-01') });
    expect([ended.success, ended.metadata]).toEqual([false, { Settings: expect.stringContaining('counts again') }]);
  });

  test('says names that no API has', () => {
    const { metadata } = underFile({ apis: { 'Open/Apy': { origins: [APP] } } });
    expect(metadata).toEqual({ Settings: expect.stringContaining('Did you mean "Open/Api"?') });
  });

  test('gives way to properties', () => {
    const apis = { 'Shop/Api': { origins: [OTHER] } };
    expect(underFile({ apis }, { origins: [APP], apis: ['Shop/Api'] }).success).toBe(true);
  });

  test.each([
    ['is not there', { file: 'nowhere/cdk-cors.json' }, 'There is no nowhere/cdk-cors.json here.'],
    ['is not one', { file: 'package.json' }, /^package\.json:\n {2}name is not known/],
  ])('that %s is refused at once', (_, props, reason) => {
    expect(() => new CorsValidationPlugin(props)).toThrow(reason);
  });

  test('without origins, only these cannot be told', () => {
    expect(() => underFile({ apis: { 'Shop/Api': { onlyThese: true } } })).toThrow(
      'onlyThese: say which origins should get in, with origins of Shop/Api in the settings file.',
    );
  });
});

test('only the APIs of the templates that are asked about are checked, with what other stacks add to them', () => {
  const app = new App();
  petStore(new Stack(app, 'Shop'), { allowOrigins: [APP] });
  petStore(new Stack(app, 'Broken'));
  const { stacks } = app.synth();
  const [shop] = stacks.filter(({ stackName }) => stackName === 'Shop').map(({ templateFullPath }) => templateFullPath);
  const plugin = new CorsValidationPlugin({ origins: [APP] });
  const validate = (templatePaths: string[]) => plugin.validate({ templatePaths, appConstruct: app } as any).success;
  expect(validate([shop])).toBe(true);
  expect(validate(stacks.map(({ templateFullPath }) => templateFullPath))).toBe(false);
});

test('the line of the app is told where it is known', () => {
  const before = process.env.CDK_DEBUG;
  process.env.CDK_DEBUG = 'true';
  try {
    const { violations } = report((app) => petStore(new Stack(app, 'Shop')));
    expect(violations[0].ruleMetadata?.Source).toMatch(/^test\/verify\/validation-plugin\.test\.ts:\d+$/);
  } finally {
    if (before === undefined) delete process.env.CDK_DEBUG;
    else process.env.CDK_DEBUG = before;
  }
});

test('the plugin finds what check finds, at the address of an API and through distributions in other stacks', async () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk-cors-plugin-')) });
  const shop = new Stack(app, 'Shop');
  const api = petStore(shop, { allowOrigins: [APP] });
  api.root.addResource('dogs').addMethod('PUT');
  const edge = new Stack(app, 'Front');
  const origin = new origins.RestApiOrigin(api);
  new cloudfront.Distribution(edge, 'Bare', { defaultBehavior: { origin } });
  new cloudfront.Distribution(edge, 'Kept', {
    defaultBehavior: {
      origin,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    },
  });
  const { stacks, directory } = app.synth();
  const templatePaths = stacks.map(({ templateFullPath }) => templateFullPath);
  const OTHER = 'https://other.example.com';
  const plugin = new CorsValidationPlugin({ origins: [APP, OTHER] });
  const { violations } = plugin.validate({ templatePaths, appConstruct: app } as any);
  const found = violations.map(({ ruleName, description }) => `${ruleName} ${description.split(' from ')[0]}`);

  const { out, code } = await run(['check', directory, '--json', '--origin', APP, '--origin', OTHER]);
  const failing = JSON.parse(out).filter(({ outcome }: any) => outcome === 'BLOCKED' || outcome === 'BROKEN');
  const checked: string[] = failing.map(
    ({ rule, method, route, via }: any) => `${rule} ${method} ${route}${via ? ` via ${via}` : ''}`,
  );
  expect(code).toBe(1);
  expect([...new Set(found)].sort()).toEqual([...new Set(checked)].sort());
  expect(found.filter((each) => each.includes('via Front/Bare')).length).toBeGreaterThan(0);
});
