import { type App, CfnOutput, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { addCors, CorsEnabledRestApi, ErrorOrigin, type RestApiCorsOptions } from '../../src';
import { ASPECT_MODES, appWith, mock, resourcesOf, warningsOf } from './apps';

const ONE: RestApiCorsOptions = { allowOrigins: ['https://app.example.com'] };

function deploymentsOf(stack: Stack): Record<string, any> {
  return resourcesOf(stack, 'AWS::ApiGateway::Deployment');
}

/** The logical ids of an app's Deployments, as `build` makes it. */
function deploymentIds(build: (stack: Stack) => void, context?: Record<string, unknown>): string[] {
  const stack = new Stack(appWith(context), 'Stack');
  build(stack);
  return Object.keys(deploymentsOf(stack));
}

const MADE: Record<string, (stack: Stack) => apigateway.RestApi> = {
  'the API’s own Deployment': (stack) => new apigateway.RestApi(stack, 'Api'),
  'a Deployment of the user’s': (stack) => {
    const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
    new apigateway.Stage(stack, 'Stage', { deployment: new apigateway.Deployment(stack, 'Deployment', { api }) });
    return api;
  },
  'an L1 Deployment': (stack) => {
    const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
    const deployment = new apigateway.CfnDeployment(stack, 'Deployment', { restApiId: api.restApiId });
    new apigateway.CfnStage(stack, 'Stage', {
      restApiId: api.restApiId,
      deploymentId: deployment.ref,
      stageName: 'v1',
    });
    return api;
  },
  'a raw Deployment': (stack) => {
    const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
    new CfnResource(stack, 'Deployment', {
      type: 'AWS::ApiGateway::Deployment',
      properties: { RestApiId: api.restApiId },
    });
    return api;
  },
};

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  describe.each(Object.keys(MADE))('%s', (kind) => {
    const idWith = (cors?: RestApiCorsOptions, order: 'before' | 'after' = 'after') =>
      deploymentIds((stack) => {
        const api = MADE[kind](stack);
        if (cors && order === 'before') addCors(api, cors);
        api.root.addMethod('GET', mock());
        if (cors && order === 'after') addCors(api, cors);
      }, context);

    test('is renewed when CORS is added, and when anything in the policy changes', () => {
      const policies: (RestApiCorsOptions | undefined)[] = [
        undefined,
        ONE,
        { allowOrigins: ['https://admin.example.com'] },
        { ...ONE, allowMethods: ['GET', 'PUT'] },
        { ...ONE, allowHeaders: ['X-Tenant'] },
        { ...ONE, exposeHeaders: ['X-Total'] },
        { ...ONE, allowCredentials: true },
        { ...ONE, statusCode: 200 },
        { ...ONE, errorOrigin: ErrorOrigin.none() },
        { allowOrigins: ['https://app.example.com', 'http://localhost:*'] },
      ];
      const ids = policies.map((cors) => idWith(cors));
      expect(ids.every((each) => each.length === 1)).toBe(true);
      expect(new Set(ids.flat()).size).toBe(policies.length);
    });

    test('keeps its id where nothing changes, whatever the order of the calls', () => {
      expect(idWith(ONE, 'before')).toEqual(idWith(ONE, 'after'));
      expect(idWith(ONE)).toEqual(idWith(ONE));
    });

    test('waits for what CORS adds', () => {
      const stack = new Stack(appWith(context), 'Stack');
      const api = MADE[kind](stack);
      api.root.addMethod('GET', mock());
      addCors(api, ONE);
      const [{ DependsOn }] = Object.values(deploymentsOf(stack));
      expect(DependsOn).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^ApiOPTIONS/),
          expect.stringMatching(/DEFAULT4XX/),
          expect.stringMatching(/DEFAULT5XX/),
        ]),
      );
    });
  });

  test('synthesizing twice keeps the id', () => {
    const app = appWith(context);
    const stack = new Stack(app, 'Stack');
    const api = MADE['an L1 Deployment'](stack);
    api.root.addMethod('GET', mock());
    addCors(api, ONE);
    const ids = () => Object.keys((app as App).synth({ force: true }).getStackByName('Stack').template.Resources);
    const first = ids();
    expect(ids()).toEqual(first);
  });
});

test('deploy-time values in a policy do not make the id change from one synthesis to the next', () => {
  const cors = (stack: Stack) => ({ allowOrigins: [`https://${stack.account}.example.com`, 'http://localhost:3000'] });
  const build = (noise: number) => (stack: Stack) => {
    for (let i = 0; i < noise; i++) Fn.ref(`Noise${i}`).toString();
    new CorsEnabledRestApi(stack, 'Api', { cors: cors(stack) }).root.addMethod('GET', mock());
  };
  expect(deploymentIds(build(0))).toEqual(deploymentIds(build(7)));
});

test('a Stage, an output and an included template follow the new id of an L1 Deployment', () => {
  const stack = new Stack(appWith(), 'Stack');
  const include = new CfnInclude(stack, 'Included', { templateFile: `${__dirname}/included.template.json` });
  new CfnOutput(stack, 'Out', { value: include.getResource('Deployment').ref });
  addCors(include.getResource('Api'), ONE);
  const [id] = Object.keys(deploymentsOf(stack));
  expect(id).toMatch(/^Deployment[0-9a-f]{32}$/);
  expect(resourcesOf(stack, 'AWS::ApiGateway::Stage').Stage.Properties.DeploymentId).toEqual({ Ref: id });
});

describe('an id that is written down by hand stays, with a warning:', () => {
  const topic = (stack: Stack, value: unknown) =>
    new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic', properties: { DisplayName: value } });

  test.each<[string, (stack: Stack) => void]>([
    ['as Fn.ref', (stack) => topic(stack, Fn.ref('Deployment'))],
    ['as Fn.sub', (stack) => topic(stack, Fn.sub('deployed by ${Deployment}'))],
    ['as Fn.sub of an attribute', (stack) => topic(stack, Fn.sub('deployed by ${Deployment.DeploymentId}'))],
    ['as Fn.getAtt', (stack) => topic(stack, Fn.getAtt('Deployment', 'DeploymentId'))],
    ['as a literal', (stack) => topic(stack, { 'Fn::Join': ['', ['a', { Ref: 'Deployment' }]] })],
    ['in an override', (stack) => topic(stack, 'x').addPropertyOverride('DisplayName', { Ref: 'Deployment' })],
    ['in DependsOn', (stack) => topic(stack, 'x').addOverride('DependsOn', 'Deployment')],
    ['in a list of DependsOn', (stack) => topic(stack, 'x').addOverride('DependsOn', ['Deployment'])],
    ['in an output', (stack) => new CfnOutput(stack, 'Out', { value: Fn.ref('Deployment') })],
  ])('%s', (_, write) => {
    const stack = new Stack(appWith(), 'Stack');
    const api = MADE['an L1 Deployment'](stack);
    write(stack);
    api.root.addMethod('GET', mock());
    addCors(api, ONE);
    expect(Object.keys(deploymentsOf(stack))).toEqual(['Deployment']);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Deployment: .*cdk-cors:FixedDeployment/)]);
  });

  test('but not where only something like it is written down', () => {
    const stack = new Stack(appWith(), 'Stack');
    const api = MADE['an L1 Deployment'](stack);
    topic(stack, Fn.sub('Deployment ${DeploymentOfMine} ${Other}', { DeploymentOfMine: 'x', Other: 'Deployment' }));
    api.root.addMethod('GET', mock());
    addCors(api, ONE);
    expect(Object.keys(deploymentsOf(stack))).toEqual([expect.stringMatching(/^Deployment[0-9a-f]{32}$/)]);
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('an exported id stays, with a warning', () => {
  const stack = new Stack(appWith(), 'Stack');
  const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
  const deployment = new apigateway.CfnDeployment(stack, 'Deployment', { restApiId: api.restApiId });
  stack.exportValue(deployment.ref);
  api.root.addMethod('GET', mock());
  addCors(api, ONE);
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Deployment: .*cdk-cors:FixedDeployment/)]);
});

test.each([
  ['an API that is not deployed here', (stack: Stack) => new apigateway.RestApi(stack, 'Api', { deploy: false })],
  [
    'an imported API',
    (stack: Stack) =>
      apigateway.RestApi.fromRestApiAttributes(stack, 'Api', { restApiId: 'abc', rootResourceId: 'def' }),
  ],
])('%s is warned about', (_name, make) => {
  const stack = new Stack(appWith(), 'Stack');
  const api = make(stack);
  api.root.addResource('pets').addMethod('GET', mock());
  addCors(api, ONE);
  expect(warningsOf(stack)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Stack\/Api: .*cdk-cors:NotRedeployed/)]),
  );
});

describe('the CDK guide’s API in nested stacks', () => {
  function build(waits: boolean) {
    const root = new Stack(appWith(), 'Root');
    const api = new apigateway.RestApi(root, 'Api', { deploy: false });
    api.root.addMethod('ANY', mock());
    const pets = new NestedStack(root, 'Pets');
    const imported = apigateway.RestApi.fromRestApiAttributes(pets, 'Api', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    const method = imported.root.addResource('pets').addMethod('GET', mock());
    const deploy = new NestedStack(root, 'Deploy');
    const deployment = new apigateway.Deployment(deploy, 'Deployment', {
      api: apigateway.RestApi.fromRestApiId(deploy, 'Api', api.restApiId),
    });
    if (waits) deployment.node.addDependency(method);
    new apigateway.Stage(deploy, 'Stage', { deployment });
    addCors(api, ONE);
    return { root, deploy };
  }

  test('has its Deployment renewed, after the stack that it waits for', () => {
    const { root, deploy } = build(true);
    const [id] = Object.keys(deploymentsOf(deploy));
    expect(id).toMatch(/^Deployment/);
    const nested = Object.values(resourcesOf(root, 'AWS::CloudFormation::Stack'));
    expect(nested.flatMap(({ DependsOn }) => DependsOn ?? [])).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Pets/)]),
    );
  });

  test('is warned about where the Deployment waits for no one', () => {
    const { root } = build(false);
    expect(warningsOf(root)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^Root\/Deploy\/Deployment\/Resource: this Deployment does not wait for .*cdk-cors:DeploymentElsewhere/,
        ),
      ]),
    );
  });
});

test('an id that another stack imports stays, with a warning', () => {
  const app = appWith();
  const [stack, other] = ['Stack', 'Other'].map((id) => new Stack(app, id));
  const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
  api.root.addMethod('GET', mock());
  const deployment = new apigateway.CfnDeployment(stack, 'Deployment', { restApiId: api.restApiId });
  new apigateway.CfnStage(other, 'Stage', { restApiId: api.restApiId, deploymentId: deployment.ref, stageName: 'v1' });
  addCors(api, ONE);
  expect(Object.keys(deploymentsOf(stack))).toEqual(['Deployment']);
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Deployment: .*cdk-cors:FixedDeployment/)]);
});

describe('a Deployment waits for what CORS changes', () => {
  test.each<[string, (stack: Stack) => void, string[]]>([
    [
      'methods of an included template',
      (stack) => {
        const include = new CfnInclude(stack, 'Included', { templateFile: `${__dirname}/included.template.json` });
        // The template itself names the method, but not this response.
        new apigateway.CfnGatewayResponse(stack, 'Denied', {
          restApiId: include.getResource('Api').ref,
          responseType: 'ACCESS_DENIED',
        });
        addCors(include.getResource('Api'), ONE);
      },
      ['GetPets', 'Denied'],
    ],
    [
      'an L1 method beside those of an L2 API, and its own gateway response',
      (stack) => {
        const api = new CorsEnabledRestApi(stack, 'Api', { cors: ONE });
        api.root.addMethod('GET', mock());
        api.addGatewayResponse('Denied', { type: apigateway.ResponseType.ACCESS_DENIED });
        new apigateway.CfnMethod(stack, 'RawPut', {
          restApiId: api.restApiId,
          resourceId: api.restApiRootResourceId,
          httpMethod: 'PUT',
          integration: { type: 'MOCK', integrationResponses: [{ statusCode: '200' }] },
        });
      },
      ['RawPut', 'ApiDenied7E3FB3D0'],
    ],
  ])('%s', (_, build, ids) => {
    const stack = new Stack(appWith(), 'Stack');
    build(stack);
    const [{ DependsOn }] = Object.values(deploymentsOf(stack));
    expect(DependsOn).toEqual(expect.arrayContaining(ids.map((id) => expect.stringContaining(id.slice(0, 9)))));
  });

  test('but not for a method that waits for it: a warning', () => {
    const stack = new Stack(appWith(), 'Stack');
    const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
    api.root.addResource('other').addMethod('GET', mock());
    const deployment = new apigateway.CfnDeployment(stack, 'Deployment', { restApiId: api.restApiId });
    const backend = new CfnResource(stack, 'Backend', {
      type: 'Test::Backend::Url',
      properties: { Url: `https://${deployment.ref}.example.com` },
    });
    new apigateway.CfnMethod(stack, 'Get', {
      restApiId: api.restApiId,
      resourceId: api.restApiRootResourceId,
      httpMethod: 'GET',
      integration: {
        type: 'HTTP',
        integrationHttpMethod: 'GET',
        uri: backend.getAtt('Address').toString(),
        integrationResponses: [{ statusCode: '200' }],
      },
    });
    addCors(api, ONE);
    const [{ DependsOn }] = Object.values(deploymentsOf(stack));
    expect(DependsOn).not.toContain('Get');
    expect(warningsOf(stack)).toContainEqual(
      expect.stringMatching(
        /^Stack\/Deployment: this Deployment cannot wait for Stack\/Get, .*cdk-cors:DeploymentBefore/,
      ),
    );
    expect(deployment.node.dependencies).toEqual([]);
  });
});

test('a Deployment that describes its stage keeps its id, with a warning, and waits all the same', () => {
  const stack = new Stack(appWith(), 'Stack');
  const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
  api.root.addMethod('GET', mock());
  new apigateway.CfnDeployment(stack, 'Live', {
    restApiId: api.restApiId,
    stageName: 'live',
    stageDescription: { throttlingRateLimit: 50 },
  });
  addCors(api, ONE);
  expect(Object.keys(deploymentsOf(stack))).toEqual(['Live']);
  expect(deploymentsOf(stack).Live.DependsOn).toEqual(
    expect.arrayContaining([expect.stringMatching(/^ApiGET/), expect.stringMatching(/^ApiOPTIONS/)]),
  );
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Live: .*cdk-cors:StageDescription/)]);
});

test('what depends on an included API as a whole does not begin to wait for CORS, which keeps its logical ids', () => {
  const stack = new Stack(appWith(), 'Stack');
  const include = new CfnInclude(stack, 'Included', { templateFile: `${__dirname}/included.template.json` });
  const waiting = new CfnResource(stack, 'Account', { type: 'AWS::ApiGateway::Account' });
  for (const id of ['Api', 'Pets']) waiting.node.addDependency(include.getResource(id));
  addCors(include.getResource('Api'), ONE);
  expect(resourcesOf(stack, 'AWS::ApiGateway::Account').Account.DependsOn).toEqual(['Api', 'Pets']);
  const added = ['Method', 'GatewayResponse'].flatMap((type) =>
    Object.keys(resourcesOf(stack, `AWS::ApiGateway::${type}`)),
  );
  // The ids that these would have below the API and the resource.
  expect(added.sort()).toEqual([
    'GetPets',
    'IncludedApicdkcorsDEFAULT4XXC32D3921',
    'IncludedApicdkcorsDEFAULT5XX5C407D36',
    'IncludedPetsOPTIONS3C4DBD95',
  ]);
});

describe('no cycle comes to be', () => {
  test('where a nested API waits for something of its parent, which has resources of the API', () => {
    const stack = new Stack(appWith(), 'Stack');
    const nested = new NestedStack(stack, 'Nested');
    const api = new apigateway.RestApi(nested, 'Api');
    api.root.addMethod('GET', mock());
    nested.node.addDependency(new CfnResource(stack, 'First', { type: 'AWS::S3::Bucket' }));
    const imported = apigateway.RestApi.fromRestApiAttributes(stack, 'Api', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    imported.root.addResource('x').addMethod('GET', mock());
    addCors(api, ONE);
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Nested\/Api\/Deployment\/Resource: .*cdk-cors:DeploymentElsewhere/),
    ]);
  });
});
