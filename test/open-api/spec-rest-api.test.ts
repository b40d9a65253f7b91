import '../verdicts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Aspects, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { addCors, CorsRuntime, EnableCors, type EnableCorsOptions, ErrorOrigin, PreflightPlacement } from '../../src';
import { CorsEnabledSpecRestApi } from '../../src/constructs/cors-enabled-spec-rest-api';
import { ASPECT_MODES, appWith, mock as mockIntegration, resourcesOf, warningsOf } from '../rest-api/apps';
import { APP } from '../support/pages';
import { documentOf, functionOf, http, lambdaProxy, type Shape } from './shapes';

const EVIL = 'https://evil.example';
const ONE = { allowOrigins: [APP] };
const SEVERAL = { allowOrigins: [APP, 'http://localhost:*'] };
const INTEGRATION = 'x-amazon-apigateway-integration';
const PETS: Shape = { paths: { '/pets': { GET: http(), PUT: http() } } };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

function document(shape = PETS): any {
  return documentOf(shape, '3.0.1', functionOf(stack));
}

function specApi(cors: EnableCorsOptions | undefined, body = document(), props = {}): apigateway.SpecRestApi {
  return new CorsEnabledSpecRestApi(stack, 'Api', {
    apiDefinition: apigateway.ApiDefinition.fromInline(body),
    cors,
    ...props,
  });
}

function bodyOf(of = stack): any {
  const [{ Properties }] = Object.values(resourcesOf(of, 'AWS::ApiGateway::RestApi'));
  return Properties.Body;
}

function deploymentId(of = stack): string {
  return Object.keys(resourcesOf(of, 'AWS::ApiGateway::Deployment'))[0];
}

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  beforeEach(() => {
    stack = new Stack(appWith(context), 'Stack');
  });

  test('a CorsEnabledSpecRestApi can be used by pages', () => {
    const api = specApi(SEVERAL);
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
    expect(api).toBlock({ origin: EVIL, path: '/pets', method: 'PUT' }, 'preflight-origin');
  });

  test('a CfnRestApi with a body can be used by pages', () => {
    const api = new apigateway.CfnRestApi(stack, 'Api', { body: document() });
    addCors(api, SEVERAL);
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
    expect(api).toBlock({ origin: EVIL, path: '/pets' }, 'response-origin');
  });

  test('a raw CfnResource with a body can be used by pages', () => {
    const api = new CfnResource(stack, 'Api', {
      type: 'AWS::ApiGateway::RestApi',
      properties: { Name: 'Api', Body: document() },
    });
    addCors(api, ONE);
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
  });

  test('a document in an included template is covered, conditions and all', () => {
    const include = new CfnInclude(stack, 'Included', { templateFile: join(__dirname, 'included.template.json') });
    const api = include.getResource('Api');
    addCors(api, SEVERAL);
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
    expect(api).toBlock({ origin: EVIL, path: '/cats' }, 'response-origin');
    const { get } = bodyOf().paths['/cats']['Fn::If'][1];
    expect(get[INTEGRATION].uri).toEqual({ 'Fn::Sub': 'https://${Stage}.example.com' });
  });

  test('a body that comes later is covered', () => {
    const api = new apigateway.CfnRestApi(stack, 'Api');
    addCors(api, ONE);
    api.body = document();
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
  });

  test('a body that an Aspect below the API gives it is covered', () => {
    const api = specApi(ONE);
    const aspect = (node: unknown) => {
      if (node instanceof apigateway.CfnRestApi) node.body = document({ paths: { '/cats': { DELETE: http() } } });
    };
    stack.node.tryRemoveChild('Fn');
    Aspects.of(api).add({ visit: aspect });
    expect(api).toAllow({ origin: APP, path: '/cats', method: 'DELETE' });
  });

  test('a mixin on the stack covers its documents', () => {
    const api = new apigateway.SpecRestApi(stack, 'Api', {
      apiDefinition: apigateway.ApiDefinition.fromInline(document()),
    });
    stack.with(new EnableCors(ONE));
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
  });

  test('CORS costs no CloudFormation resource', () => {
    specApi({ ...SEVERAL, errorOrigin: ErrorOrigin.any() });
    const plain = new Stack(appWith(context), 'Stack');
    const body = documentOf(PETS, '3.0.1', functionOf(plain));
    new apigateway.SpecRestApi(plain, 'Api', { apiDefinition: apigateway.ApiDefinition.fromInline(body) });
    expect(countOf(stack)).toBe(countOf(plain));
  });
});

function countOf(of: Stack): number {
  return Object.keys(Template.fromStack(of).toJSON().Resources).length;
}

test('the user’s object stays as it is', () => {
  const body = document();
  const before = JSON.stringify(body);
  specApi(SEVERAL, body);
  bodyOf();
  expect(JSON.stringify(body)).toBe(before);
});

test('every page may use the API where nothing is said', () => {
  expect(specApi(undefined)).toAllow({ origin: EVIL, path: '/pets', method: 'PUT' });
});

describe('deploy-time values', () => {
  test('in a document keep their meaning', () => {
    const shape: Shape = { paths: { '/pets': { GET: lambdaProxy() } } };
    specApi(ONE, document(shape));
    expect(bodyOf().paths['/pets'].get[INTEGRATION].uri).toEqual({
      'Fn::Join': ['', [expect.any(String), { 'Fn::GetAtt': [expect.stringMatching(/^Fn/), 'Arn'] }, '/invocations']],
    });
  });

  test('from another stack are exported by it', () => {
    const other = new Stack(stack.node.root as App, 'Other');
    specApi(ONE, documentOf({ paths: { '/pets': { GET: lambdaProxy() } } }, '3.0.1', functionOf(other)));
    expect(JSON.stringify(bodyOf())).toContain('Fn::ImportValue');
    expect(Object.values(Template.fromStack(other).toJSON().Outputs)).toHaveLength(1);
  });

  test('in a policy are put into the document', () => {
    const origin = new CfnParameter(stack, 'Origin', { allowedPattern: 'https://[a-z.]+' }).valueAsString;
    specApi({ allowOrigins: [origin] });
    const answer = bodyOf().paths['/pets'].options[INTEGRATION].responses.default;
    expect(answer.responseParameters['method.response.header.Access-Control-Allow-Origin']).toEqual({
      'Fn::Join': ['', ["'", { Ref: 'Origin' }, "'"]],
    });
  });

  test('may come later', () => {
    const api = new apigateway.CfnRestApi(stack, 'Api', { body: document() });
    addCors(api, ONE);
    api.body = { ...api.body, info: { title: Fn.ref('AWS::StackName'), version: '1' } };
    expect(bodyOf().info.title).toEqual({ Ref: 'AWS::StackName' });
  });
});

describe('the API is deployed again', () => {
  const idWith = (cors: EnableCorsOptions, deploy: (api: apigateway.CfnRestApi) => void = () => {}) => {
    stack = new Stack(appWith(), 'Stack');
    const api = new apigateway.CfnRestApi(stack, 'Api', { body: document() });
    addCors(api, cors);
    deploy(api);
    return deploymentId();
  };

  test('by a SpecRestApi when the policy changes', () => {
    specApi(ONE);
    const before = deploymentId();
    stack = new Stack(appWith(), 'Stack');
    specApi(SEVERAL);
    expect(deploymentId()).not.toBe(before);
  });

  test.each<[string, (api: apigateway.CfnRestApi) => void]>([
    ['an L1 Deployment', (api) => new apigateway.CfnDeployment(stack, 'D', { restApiId: api.ref })],
    [
      'an L2 Deployment',
      (api) =>
        new apigateway.Deployment(stack, 'D', { api: apigateway.RestApi.fromRestApiId(stack, 'Imported', api.ref) }),
    ],
  ])('by %s of the user’s when the policy changes, and only then', (_, deploy) => {
    expect(idWith(ONE, deploy)).toBe(idWith(ONE, deploy));
    expect(idWith(ONE, deploy)).not.toBe(idWith(SEVERAL, deploy));
  });

  test('is asked for where nothing does it', () => {
    addCors(new apigateway.CfnRestApi(stack, 'Api', { body: document() }), ONE);
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:NotRedeployed')]);
  });
});

describe('constructs beside a document', () => {
  test('are covered as well', () => {
    const api = specApi(SEVERAL);
    api.root.addResource('cats').addMethod('DELETE', mockIntegration(), { methodResponses: [{ statusCode: '200' }] });
    expect(api).toAllow({ origin: APP, path: '/cats', method: 'DELETE' });
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
  });

  test('keep the preflight of / where they have methods on it', () => {
    const api = specApi({ ...ONE, allowMethods: ['GET', 'PUT'] }, document({ paths: { '/': { GET: http() } } }));
    api.root.addMethod('PUT', mockIntegration());
    expect(bodyOf().paths['/']).not.toHaveProperty('options');
    expect(api).toAllow({ origin: APP, path: '/', method: 'PUT' });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('are warned about where the methods of / cannot be told', () => {
    specApi(ONE, document({ paths: { '/': { GET: http() } } })).root.addMethod('PUT', mockIntegration());
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:DividedRoot')]);
  });

  test('keep their gateway responses, which stand in the document, too', () => {
    const api = specApi(ONE);
    api.addGatewayResponse('Errors', { type: apigateway.ResponseType.DEFAULT_4XX });
    const headers = { 'gatewayresponse.header.Access-Control-Allow-Origin': `'${APP}'` };
    expect(bodyOf()['x-amazon-apigateway-gateway-responses']).toEqual({
      DEFAULT_4XX: { responseParameters: headers },
      DEFAULT_5XX: { responseParameters: headers },
    });
    const [response, ...others] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::GatewayResponse'));
    expect(others).toEqual([]);
    expect(response.Properties.ResponseParameters).toEqual(headers);
  });
});

describe('a large document', () => {
  const large = (
    operation: object = { [INTEGRATION]: { type: 'http', responses: { default: { statusCode: '200' } } } },
  ) => {
    const description = 'x'.repeat(1_400);
    const paths = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        `/pets${i}`,
        { get: { description, responses: { 200: { description } }, ...operation } },
      ]),
    );
    return { openapi: '3.0.1', info: { title: 'Large', version: '1' }, paths };
  };

  test('becomes an asset, with CORS in it, and no resource', () => {
    const api = specApi(ONE, large());
    const [{ Properties }] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::RestApi'));
    expect(Properties).not.toHaveProperty('Body');
    expect(Object.keys(Properties.BodyS3Location)).toEqual(['Bucket', 'Key']);
    const [hash] = Properties.BodyS3Location.Key.split('.');
    const text = readFileSync(join((stack.node.root as App).synth().directory, `asset.${hash}.json`), 'utf8');
    expect(JSON.parse(text).paths['/pets299'].options.security).toEqual([]);
    expect(api).toBlock({ origin: EVIL, path: '/pets299', method: 'PUT' }, 'preflight-origin');
  });

  test('is deployed again when the policy changes', () => {
    specApi(ONE, large());
    const before = deploymentId();
    stack = new Stack(appWith(), 'Stack');
    specApi(SEVERAL, large());
    expect(deploymentId()).not.toBe(before);
  });

  test('with deploy-time values in it is refused, as no file can hold them', () => {
    specApi(
      ONE,
      large({ [INTEGRATION]: { type: 'aws_proxy', httpMethod: 'POST', uri: functionOf(stack).functionArn } }),
    );
    expect(() => bodyOf()).toThrow(
      /^Stack\/Api\/Resource: with CORS the OpenAPI document has \d+ bytes.*: #\/paths\/~1pets0\/get\/x-amazon-apigateway-integration\/uri \(Fn::GetAtt\).* and 297 more/,
    );
  });
});

describe('what cannot be followed is told', () => {
  test.each<[string, () => unknown]>([
    ['an asset', () => apigateway.ApiDefinition.fromAsset(join(__dirname, 'shapes.ts'))],
    [
      'a bucket',
      () => apigateway.ApiDefinition.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'pets'), 'pets.yaml'),
    ],
  ])('a definition in %s', (_, definition) => {
    expect(
      () => new CorsEnabledSpecRestApi(stack, 'Api', { apiDefinition: definition() as apigateway.ApiDefinition }),
    ).toThrow(
      'apiDefinition: the OpenAPI document of Stack/Api is in S3 or an asset, where CORS cannot be put in. Use CorsApiDefinition.fromFile(…)',
    );
  });

  test('a definition in S3 that comes later, at synthesis', () => {
    const api = new apigateway.CfnRestApi(stack, 'Api');
    addCors(api, ONE);
    api.bodyS3Location = { bucket: 'pets', key: 'pets.yaml' };
    expect(() => Template.fromStack(stack)).toThrow('the OpenAPI document of Stack/Api is in S3 or an asset');
  });

  test('every fault at once, with those of the policy', () => {
    const api = new apigateway.CfnRestApi(stack, 'Api', { bodyS3Location: { bucket: 'pets', key: 'pets.yaml' } });
    const origins = new CfnParameter(stack, 'Origins', { type: 'CommaDelimitedList' }).valueAsList;
    expect(() => addCors(api, { allowOrigins: origins })).toThrow(
      /^Stack\/Api: cors.allowOrigins: .*\napiDefinition: /,
    );
  });

  test('a placement of preflights', () => {
    expect(() => specApi({ ...ONE, preflight: PreflightPlacement.SHARED })).toThrow(
      'cors.preflight: Stack/Api is made from a document',
    );
  });

  test('a second policy', () => {
    expect(() => addCors(specApi(ONE), ONE)).toThrow('Stack/Api: addCors puts a second CORS policy here');
  });

  test('a document that leads nowhere, at synthesis', () => {
    specApi(ONE, { openapi: '3.0.1', paths: { '/pets': { $ref: '#/nowhere' } } });
    expect(() => bodyOf()).toThrow('Stack/Api/Resource: body#/paths/~1pets/$ref: "#/nowhere" leads nowhere.');
  });
});

describe('what a person should know is said once', () => {
  test.each<[string, object, EnableCorsOptions, string]>([
    ['OpenAPI 3.1', { openapi: '3.1.0', paths: {} }, ONE, 'OpenApi31'],
    ['an OPTIONS of the document', { openapi: '3.0.1', paths: { '/pets': { options: {} } } }, ONE, 'OwnOptions'],
    [
      'an integration without responses',
      { openapi: '3.0.1', paths: { '/pets': { get: { [INTEGRATION]: { type: 'http' } } } } },
      ONE,
      'NoIntegrationResponses',
    ],
    [
      'an authorizer that * leaves out',
      {
        swagger: '2.0',
        securityDefinitions: { token: { 'x-amazon-apigateway-authorizer': {} } },
        paths: { '/pets': { get: { security: [{ token: [] }] } } },
      },
      { ...ONE, allowHeaders: ['*'] },
      'WildcardMissesAuthorization',
    ],
    [
      'a body that may be binary',
      {
        openapi: '3.0.1',
        'x-amazon-apigateway-binary-media-types': ['*/*'],
        paths: { '/pets': { get: { [INTEGRATION]: { type: 'http', responses: { default: { statusCode: '200' } } } } } },
      },
      SEVERAL,
      'BinaryBody',
    ],
  ])('%s', (_, body, cors, id) => {
    specApi(cors, body);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(new RegExp(`^Stack/Api: .*cdk-cors:${id}\\]$`))]);
  });

  test('an override of the document', () => {
    const api = specApi(ONE);
    (api.node.defaultChild as CfnResource).addPropertyOverride('Body.paths./cats.get', {});
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:DocumentOverride')]);
  });

  test('a document to which the deployment adds', () => {
    const included = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/part.yaml' } };
    specApi(ONE, { ...document(), 'Fn::Transform': included });
    expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/AWS::Include.*cdk-cors:IncompleteDocument/s));
  });

  test('a document that is nothing but an override', () => {
    const api = new apigateway.CfnRestApi(stack, 'Api');
    api.addPropertyOverride('Body', document());
    addCors(api, ONE);
    expect(warningsOf(stack)).toContainEqual(expect.stringContaining('cdk-cors:DocumentOverride'));
  });

  test('the backends that have to answer, as an information', () => {
    const api = specApi(ONE, document({ paths: { '/pets': { GET: lambdaProxy(), PUT: http() } } }));
    expect(warningsOf(stack)).toEqual([]);
    expect(api.node.metadata).toContainEqual(
      expect.objectContaining({ type: 'aws:cdk:info', data: expect.stringMatching(/^GET \/pets: behind a proxy/) }),
    );
  });

  test('a backend that is known to answer is not among them', () => {
    const fn = functionOf(stack);
    new CorsRuntime(stack, 'Cors', { cors: ONE }).attachTo(fn);
    const api = specApi(ONE, documentOf({ paths: { '/pets': { GET: lambdaProxy() } } }, '3.0.1', fn));
    expect(warningsOf(stack)).toEqual([]);
    expect(api.node.metadata.filter(({ type }) => type === 'aws:cdk:info')).toEqual([]);
  });

  test('a stage that caches what only one origin may read', () => {
    specApi(SEVERAL, document(), { deployOptions: { cacheClusterEnabled: true, cacheClusterSize: '0.5' } });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/: GET \/pets: the stage caches .*cdk-cors:CachedOrigin\]$/),
    ]);
  });
});
