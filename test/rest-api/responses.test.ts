import '../verdicts';
import { Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { addCors, CorsEnabledRestApi, type RestApiCorsOptions } from '../../src';
import { APP } from '../support/pages';
import { ASPECT_MODES, appWith, http, mock, warningsOf } from './apps';

const EVIL = 'https://evil.example';
const ONE: RestApiCorsOptions = { allowOrigins: [APP] };
const SEVERAL: RestApiCorsOptions = {
  allowOrigins: [APP, 'https://*.example.org'],
  allowCredentials: true,
  exposeHeaders: ['X-Total'],
};

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

function apiWith(cors: RestApiCorsOptions, props: apigateway.RestApiProps = {}) {
  return new CorsEnabledRestApi(stack, 'Api', { ...props, cors });
}

/** The properties of the one method with this verb. */
function methodOf(verb: string, of = stack): any {
  const methods = Object.values(Template.fromStack(of).findResources('AWS::ApiGateway::Method')).filter(
    ({ Properties }) => Properties.HttpMethod === verb,
  );
  expect(methods).toHaveLength(1);
  return methods[0].Properties;
}

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  beforeEach(() => {
    stack = new Stack(appWith(context), 'Stack');
  });

  test('a page may read what a mock and an HTTP backend answer, under one origin', () => {
    const api = apiWith(ONE);
    api.root.addMethod('GET', mock());
    api.root.addMethod('PUT', http());
    for (const method of ['GET', 'PUT']) {
      expect(api).toAllow({ origin: APP, path: '/', method });
      expect(api).toBlock(
        { origin: EVIL, path: '/', method },
        method === 'GET' ? 'response-origin' : 'preflight-origin',
      );
    }
  });

  test('a page of any listed origin may, with credentials, and no other', () => {
    const api = apiWith(SEVERAL);
    api.root.addMethod('GET', mock());
    api.root.addResource('pets').addMethod('PUT', http());
    for (const origin of [APP, 'https://a.b.example.org']) {
      expect(api).toAllow({ origin, path: '/', credentials: true });
      expect(api).toAllow({ origin, path: '/pets', method: 'PUT', credentials: true });
    }
    for (const origin of [EVIL, 'https://example.org', 'null']) {
      expect(api).toBlock({ origin, path: '/', credentials: true }, 'response-origin');
      expect(api).toBlock({ origin, path: '/pets', method: 'PUT', credentials: true }, 'preflight-origin');
    }
  });

  test('what an Aspect of the app does to a method is seen', () => {
    const api = apiWith(ONE);
    api.root.addMethod('GET', mock());
    Aspects.of(stack).add({
      visit: (node) => {
        if (node instanceof apigateway.CfnMethod && node.httpMethod === 'GET') {
          node.integration = {
            type: 'MOCK',
            requestTemplates: { 'application/json': '{"statusCode": 202}' },
            integrationResponses: [{ statusCode: '202' }],
          };
        }
      },
    });
    expect(api).toAllow({ origin: APP, path: '/' });
    expect(methodOf('GET').MethodResponses).toEqual([expect.objectContaining({ StatusCode: '202' })]);
  });
});

describe('every response', () => {
  test('of every status carries the headers, and each status is declared once', () => {
    const api = apiWith({ ...ONE, exposeHeaders: ['X-Total'] });
    api.root.addMethod(
      'GET',
      new apigateway.HttpIntegration('https://backend.example.com', {
        proxy: false,
        options: {
          integrationResponses: [
            {
              statusCode: '200',
              responseParameters: { 'method.response.header.X-Total': 'integration.response.header.X-Total' },
            },
            { statusCode: '404', selectionPattern: '404', responseTemplates: { 'text/plain': 'gone' } },
            { statusCode: '404', selectionPattern: '410' },
          ],
        },
      }),
      {
        methodResponses: [
          {
            statusCode: '200',
            responseParameters: { 'method.response.header.X-Total': true },
            responseModels: { 'application/json': apigateway.Model.EMPTY_MODEL },
          },
        ],
      },
    );
    const { Integration, MethodResponses } = methodOf('GET');
    const cors = {
      'method.response.header.Access-Control-Allow-Origin': `'${APP}'`,
      'method.response.header.Access-Control-Expose-Headers': "'X-Total'",
    };
    const declared = {
      'method.response.header.Access-Control-Allow-Origin': true,
      'method.response.header.Access-Control-Expose-Headers': true,
    };
    expect(Integration.IntegrationResponses).toEqual([
      {
        StatusCode: '200',
        ResponseParameters: { 'method.response.header.X-Total': 'integration.response.header.X-Total', ...cors },
      },
      {
        StatusCode: '404',
        SelectionPattern: '404',
        ResponseTemplates: { 'text/plain': 'gone' },
        ResponseParameters: cors,
      },
      { StatusCode: '404', SelectionPattern: '410', ResponseParameters: cors },
    ]);
    expect(MethodResponses).toEqual([
      {
        StatusCode: '200',
        ResponseModels: { 'application/json': 'Empty' },
        ResponseParameters: { 'method.response.header.X-Total': true, ...declared },
      },
      { StatusCode: '404', ResponseParameters: declared },
    ]);
    expect(api).toAllow({ origin: APP, path: '/', backendStatus: 404 });
    expect(api).toAllow({ origin: APP, path: '/', backendStatus: 410 });
  });

  test('keeps the user’s own headers, in any spelling', () => {
    const api = apiWith(SEVERAL);
    const own = {
      'method.response.header.access-control-allow-origin': "'https://own.example'",
      'method.response.header.vary': "'Accept'",
    };
    api.root.addMethod(
      'GET',
      new apigateway.MockIntegration({
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        integrationResponses: [{ statusCode: '200', responseParameters: own }],
      }),
      {
        methodResponses: [
          {
            statusCode: '200',
            responseParameters: {
              'method.response.header.access-control-allow-origin': true,
              'method.response.header.vary': false,
            },
          },
        ],
      },
    );
    const { Integration, MethodResponses } = methodOf('GET');
    expect(Integration.IntegrationResponses[0]).toEqual({
      StatusCode: '200',
      ResponseParameters: {
        ...own,
        'method.response.header.vary': "'Accept, Origin'",
        'method.response.header.Access-Control-Allow-Credentials': "'true'",
        'method.response.header.Access-Control-Expose-Headers': "'X-Total'",
      },
    });
    expect(MethodResponses[0].ResponseParameters).toMatchObject({
      'method.response.header.access-control-allow-origin': true,
      'method.response.header.vary': false,
    });
    expect(Object.keys(MethodResponses[0].ResponseParameters)).toHaveLength(4);
  });

  test('keeps a template that says on its own who may read', () => {
    const api = apiWith(SEVERAL);
    const own = "#set($context.responseOverride.header.Access-Control-Allow-Origin = 'https://own.example')ok";
    api.root.addMethod(
      'GET',
      new apigateway.MockIntegration({
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        integrationResponses: [{ statusCode: '200', responseTemplates: { 'application/json': own } }],
      }),
    );
    expect(methodOf('GET').Integration.IntegrationResponses[0].ResponseTemplates).toEqual({ 'application/json': own });
  });

  test('is left to a mock whose request template says who may read', () => {
    const api = apiWith(SEVERAL);
    const own =
      '#set($context.responseOverride.header.Access-Control-Allow-Origin = \'https://own.example\'){"statusCode": 200}';
    api.root.addMethod(
      'GET',
      new apigateway.MockIntegration({
        requestTemplates: { 'application/json': own },
        integrationResponses: [{ statusCode: '200' }],
      }),
    );
    expect(methodOf('GET').Integration.IntegrationResponses[0]).not.toHaveProperty('ResponseTemplates');
    expect(api).toAllow({ origin: 'https://own.example', path: '/', credentials: true });
  });

  test('is left to a property override that says who may read', () => {
    const api = apiWith(SEVERAL);
    const method = api.root.addMethod('GET', http()).node.defaultChild as apigateway.CfnMethod;
    const header = 'method\\.response\\.header\\.Access-Control-Allow-Origin';
    method.addPropertyOverride(
      `Integration.IntegrationResponses.0.ResponseParameters.${header}`,
      "'https://own.example'",
    );
    expect(methodOf('GET').Integration.IntegrationResponses[0]).not.toHaveProperty('ResponseTemplates');
  });

  test('has the origin compared in front of each template, and of the body where there is none', () => {
    const api = apiWith(SEVERAL);
    api.root.addMethod(
      'GET',
      new apigateway.HttpIntegration('https://backend.example.com', {
        proxy: false,
        options: {
          integrationResponses: [
            { statusCode: '200', responseTemplates: { 'application/json': '{"a": 1}', 'text/plain': 'b' } },
            { statusCode: '500', selectionPattern: '5..' },
          ],
        },
      }),
    );
    const [ok, failed] = methodOf('GET').Integration.IntegrationResponses;
    expect(Object.entries(ok.ResponseTemplates)).toEqual([
      ['application/json', expect.stringMatching(/^#set\(\$corsOrigin.*#\{end\}\{"a": 1\}$/s)],
      ['text/plain', expect.stringMatching(/^#set\(\$corsOrigin.*#\{end\}b$/s)],
    ]);
    expect(failed.ResponseTemplates).toEqual({ 'application/json': expect.stringMatching(/#\{end\}\$input\.body$/) });
    expect(ok.ResponseParameters['method.response.header.Vary']).toBe("'Origin'");
    expect(api).toAllow({ origin: APP, path: '/', credentials: true, backendStatus: 503 });
  });
});

describe('a body that may be binary', () => {
  const bytes = (contentHandling?: apigateway.ContentHandling) =>
    new apigateway.HttpIntegration('https://backend.example.com', {
      proxy: false,
      options: { integrationResponses: [{ statusCode: '200', contentHandling }] },
    });

  test.each([
    ['*/*', undefined],
    ['image/png', undefined],
    [undefined, apigateway.ContentHandling.CONVERT_TO_BINARY],
  ])('gets no template, and a warning: %s, %s', (type, handling) => {
    const api = apiWith(SEVERAL, { binaryMediaTypes: type ? [type] : undefined });
    api.root.addMethod('GET', bytes(handling));
    expect(methodOf('GET').Integration.IntegrationResponses[0]).not.toHaveProperty('ResponseTemplates');
    expect(warningsOf(stack)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Stack\/Api\/Default\/GET\/Resource: .*CONVERT_TO_TEXT.*cdk-cors:BinaryBody/),
      ]),
    );
  });

  test('gets one where it is turned into text', () => {
    const api = apiWith(SEVERAL, { binaryMediaTypes: ['*/*'] });
    api.root.addMethod('GET', bytes(apigateway.ContentHandling.CONVERT_TO_TEXT));
    expect(methodOf('GET').Integration.IntegrationResponses[0].ResponseTemplates).toBeDefined();
    expect(warningsOf(stack)).toEqual([expect.stringContaining('UnreadableErrors')]);
  });

  test('is no matter to one exact origin', () => {
    const api = apiWith(ONE, { binaryMediaTypes: ['*/*'] });
    api.root.addMethod('GET', bytes());
    expect(api).toAllow({ origin: APP, path: '/' });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('integrations of aws-cdk-lib', () => {
  const role = () => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  const fn = () =>
    new lambda.Function(stack, 'Fn', {
      code: lambda.Code.fromInline('x'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_LATEST,
    });
  const machine = () =>
    new sfn.StateMachine(stack, 'Machine', {
      stateMachineType: sfn.StateMachineType.EXPRESS,
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
    });

  const NON_PROXY: [string, () => apigateway.Integration][] = [
    [
      'LambdaIntegration without proxy',
      () =>
        new apigateway.LambdaIntegration(fn(), {
          proxy: false,
          integrationResponses: [{ statusCode: '200' }, { statusCode: '500', selectionPattern: '.+' }],
        }),
    ],
    ['StepFunctionsIntegration', () => apigateway.StepFunctionsIntegration.startExecution(machine())],
    [
      'AwsIntegration',
      () =>
        new apigateway.AwsIntegration({
          service: 'sqs',
          path: 'queue',
          options: { credentialsRole: role(), integrationResponses: [{ statusCode: '200' }] },
        }),
    ],
    [
      'a VPC link',
      () => {
        const vpc = new ec2.Vpc(stack, 'Vpc');
        const link = new apigateway.VpcLink(stack, 'Link', {
          targets: [new elbv2.NetworkLoadBalancer(stack, 'Balancer', { vpc })],
        });
        return new apigateway.Integration({
          type: apigateway.IntegrationType.HTTP,
          integrationHttpMethod: 'GET',
          uri: 'https://inside',
          options: {
            connectionType: apigateway.ConnectionType.VPC_LINK,
            vpcLink: link,
            integrationResponses: [{ statusCode: '200' }],
          },
        });
      },
    ],
    [
      'S3 with path parameters',
      () =>
        new apigateway.AwsIntegration({
          service: 's3',
          path: 'bucket/key',
          integrationHttpMethod: 'GET',
          options: { credentialsRole: role(), integrationResponses: [{ statusCode: '200', responseParameters: {} }] },
        }),
    ],
  ];
  test.each(NON_PROXY)('%s is readable', (_name, integration) => {
    const api = apiWith(SEVERAL);
    api.root.addMethod('GET', integration());
    expect(api).toAllow({ origin: APP, path: '/', credentials: true });
    expect(api).toBlock({ origin: EVIL, path: '/', credentials: true }, 'response-origin');
  });

  test('a proxy is left alone, and the backend’s part is said once for the API', () => {
    const api = apiWith(ONE);
    api.root.addMethod('GET', new apigateway.LambdaIntegration(fn()));
    api.root.addResource('pets').addMethod('PUT', new apigateway.HttpIntegration('https://backend.example.com'));
    expect(methodOf('GET')).not.toHaveProperty('MethodResponses');
    expect(api).toDependOnBackend({ origin: APP, path: '/pets', method: 'PUT' });
    const infos = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:info'));
    expect(infos.map(({ data }) => data)).toEqual([
      expect.stringMatching(/^GET \/, PUT \/pets: behind a proxy integration .*cdk-cors:BackendAnswers/),
    ]);
  });

  test('a shared Integration is not changed', () => {
    const shared = http();
    const api = apiWith(ONE);
    api.root.addResource('a').addMethod('GET', shared);
    const other = new apigateway.RestApi(stack, 'Other');
    other.root.addMethod('PATCH', shared);
    expect(api).toAllow({ origin: APP, path: '/a' });
    expect(methodOf('PATCH').Integration.IntegrationResponses).toEqual([{ StatusCode: '200' }]);
  });
});

describe('methods that are made otherwise', () => {
  test('L1, raw, included, and under a condition carry the headers', () => {
    const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'api' });
    new apigateway.CfnMethod(stack, 'Typed', {
      restApiId: api.ref,
      resourceId: api.attrRootResourceId,
      httpMethod: 'GET',
      integration: {
        type: 'MOCK',
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        integrationResponses: [{ statusCode: '200' }],
      },
    });
    new CfnResource(stack, 'Raw', {
      type: 'AWS::ApiGateway::Method',
      properties: {
        RestApiId: api.ref,
        ResourceId: api.attrRootResourceId,
        HttpMethod: 'PUT',
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{"statusCode": 200}' },
          IntegrationResponses: [{ StatusCode: '200' }],
        },
      },
    });
    addCors(api, SEVERAL);
    expect(api).toAllow({ origin: APP, path: '/', credentials: true });
    expect(api).toAllow({ origin: APP, path: '/', method: 'PUT', credentials: true });
  });

  test('a template with Fn::If carries them on both sides', () => {
    const include = new CfnInclude(stack, 'Included', { templateFile: `${__dirname}/conditional.template.json` });
    const api = include.getResource('Api');
    addCors(api, ONE);
    const { Integration, MethodResponses } = methodOf('GET');
    const [, yes, no] = Integration['Fn::If'];
    for (const side of [yes, no])
      expect(side.IntegrationResponses[0].ResponseParameters).toEqual({
        'method.response.header.Access-Control-Allow-Origin': `'${APP}'`,
      });
    expect(MethodResponses.map(({ StatusCode }: any) => StatusCode)).toEqual(['200', '202']);
  });

  test('without integration responses they are warned about: API Gateway answers 500', () => {
    const api = apiWith(ONE);
    api.root.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com', { proxy: false }));
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Api\/Default\/GET\/Resource: .*cdk-cors:NoIntegrationResponses/),
    ]);
  });

  test('a property override that hides the headers wins, and is warned about', () => {
    const api = apiWith(ONE);
    const method = api.root.addMethod('GET', http()).node.defaultChild as apigateway.CfnMethod;
    method.addPropertyOverride('Integration.IntegrationResponses', [{ StatusCode: '200' }]);
    expect(methodOf('GET').Integration.IntegrationResponses).toEqual([{ StatusCode: '200' }]);
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/addPropertyOverride\("Integration\.IntegrationResponses"\).*cdk-cors:HiddenByOverride/),
    ]);
  });

  test('a property override of something else leaves the headers', () => {
    const api = apiWith(ONE);
    const method = api.root.addMethod('GET', http()).node.defaultChild as apigateway.CfnMethod;
    method.addPropertyOverride('Integration.TimeoutInMillis', 3000);
    expect(methodOf('GET').Integration).toMatchObject({ Type: 'HTTP', TimeoutInMillis: 3000 });
    expect(api).toAllow({ origin: APP, path: '/' });
  });

  test('a removed method gets nothing', () => {
    const api = apiWith(ONE, { deploy: false });
    const pets = api.root.addResource('pets');
    pets.addMethod('GET', http());
    pets.addMethod('PUT', http());
    pets.node.tryRemoveChild('PUT');
    expect(
      methodOf('OPTIONS').Integration.IntegrationResponses[0].ResponseParameters[
        'method.response.header.Access-Control-Allow-Methods'
      ],
    ).toBe("'GET'");
  });
});

test('nothing else of a method changes', () => {
  const templates = [false, true].map((cors) => {
    const each = new Stack(appWith(), 'Stack');
    const api = new apigateway.RestApi(each, 'Api', { deploy: false, defaultMethodOptions: { apiKeyRequired: true } });
    const integrations: Record<string, apigateway.Integration> = {
      mock: mock(),
      http: http(),
      proxy: new apigateway.HttpIntegration('https://backend.example.com'),
      sqs: new apigateway.AwsIntegration({
        service: 'sqs',
        path: 'queue',
        options: {
          integrationResponses: [{ statusCode: '200', responseTemplates: { 'application/json': '{}' } }],
          passthroughBehavior: apigateway.PassthroughBehavior.NEVER,
        },
      }),
    };
    for (const [name, integration] of Object.entries(integrations)) {
      api.root.addResource(name).addMethod('POST', integration, {
        operationName: name,
        requestParameters: { 'method.request.header.X-Tenant': true },
        methodResponses: [{ statusCode: '200' }],
      });
    }
    if (cors) addCors(api, SEVERAL);
    return Template.fromStack(each).toJSON().Resources;
  });
  const [without, withCors] = templates.map(stripped);
  expect(withCors).toEqual(without);
});

/**
 * Without OPTIONS methods, gateway responses, CORS headers and their declarations, and the template
 * that compares origins.
 */
function stripped(resources: Record<string, any>): Record<string, any> {
  const kept = Object.entries(resources).filter(
    ([, { Type, Properties }]) => Type !== 'AWS::ApiGateway::GatewayResponse' && Properties.HttpMethod !== 'OPTIONS',
  );
  const text = JSON.stringify(Object.fromEntries(kept))
    .replace(/"method\.response\.header\.(Access-Control-[A-Za-z-]+|Vary)":("[^"]*"|true),?/g, '')
    .replace(/#set\(\$corsOrigin.*?#\{end\}(\$input\.body)?/g, '')
    .replace(/,"ResponseParameters":\{\}|"ResponseParameters":\{\},?/g, '')
    .replace(/,"ResponseTemplates":\{"application\/json":""\}|"ResponseTemplates":\{"application\/json":""\},?/g, '');
  return JSON.parse(text);
}
