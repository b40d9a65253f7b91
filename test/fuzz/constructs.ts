/**
 * Mutated templates against the constructs: by CfnInclude and as L1s, a policy goes on whatever is
 * there. Only a refusal in words may come out, where the template alone can be synthesized.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnCondition, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import {
  addCors,
  CorsDefaults,
  EnableCors,
  type EnableCorsOptions,
  ErrorOrigin,
  PreflightHandler,
  PreflightPlacement,
} from '../../src';
import { httpApi, JWT } from '../support/http-api-templates';
import { gatewayResponse, get, options, put, restApi } from '../support/templates';
import { mutated, pick, randomFrom } from './mutations';
import { AROUND, DOCUMENTS } from './templates';

export interface Refusal {
  readonly what: string;
  readonly how: string;
  readonly template: unknown;
}

export function constructAccidents(count: number, seed: number): Refusal[] {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'cdk-cors-fuzz-'));
  try {
    return Array.from({ length: count }, () => accident(random, folder)).flatMap((found) => found ?? []);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function accident(random: () => number, folder: string): Refusal | undefined {
  const template = mutated(pick(TEMPLATES, random), random);
  const [how, build] = pick(Object.entries(BUILDERS), random);
  const [reach, cover] = pick(Object.entries(COVERINGS), random);
  const policy = pick(POLICIES, random);
  const error = failureOf(() => synthesized(folder, template, build, (stack) => cover(stack, policy)));
  if (error === undefined || isInWords(error)) return undefined;
  // What aws-cdk-lib does not take either is its to say.
  if (failureOf(() => synthesized(folder, template, build, () => undefined))) return undefined;
  return { what: String(error.stack).split('\n').slice(0, 5).join(' '), how: `${how}, ${reach}`, template };
}

/** A refusal of ours, or what aws-cdk-lib says of a value that our resources take over from the user's. */
function isInWords({ name, message }: Error): boolean {
  return name === 'CorsPolicyError' || /Supplied properties not correct for/.test(message);
}

function failureOf(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

type Build = (stack: Stack, template: any, folder: string) => void;

function synthesized(folder: string, template: object, build: Build, cover: (stack: Stack) => void): void {
  const app = new App({ outdir: join(folder, 'cdk.out'), analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  build(stack, template, folder);
  cover(stack);
  app.synth();
}

const BUILDERS: Record<string, Build> = {
  include: (stack, template, folder) => {
    const templateFile = join(folder, 'template.json');
    writeFileSync(templateFile, JSON.stringify(template));
    new CfnInclude(stack, 'Included', { templateFile });
  },
  L1s: (stack, { Resources, Parameters = {}, Conditions = {} }) => {
    for (const id of Object.keys(Parameters ?? {})) new CfnParameter(stack, id);
    for (const id of Object.keys(Conditions ?? {}))
      new CfnCondition(stack, id, { expression: Fn.conditionEquals('a', 'b') });
    for (const [id, resource] of Object.entries<any>(Resources)) {
      new CfnResource(stack, id, { type: resource.Type, properties: resource.Properties });
    }
  },
};

const COVERINGS: Record<string, (stack: Stack, policy: EnableCorsOptions) => void> = {
  mixin: (stack, policy) => void stack.with(new EnableCors(policy)),
  defaults: (stack, policy) => CorsDefaults.of(stack).set(policy),
  addCors: (stack, policy) => {
    for (const api of stack.node.findAll()) {
      const type = CfnResource.isCfnResource(api) && api.cfnResourceType;
      if (type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGatewayV2::Api') addCors(api, policy);
    }
  },
};

const APP = 'https://app.example.com';
const TWO = [APP, 'https://other.example.com'];

const POLICIES: EnableCorsOptions[] = [
  { allowOrigins: ['*'] },
  { allowOrigins: [APP], exposeHeaders: ['X-Total'] },
  { allowOrigins: TWO, allowCredentials: true },
  { allowOrigins: TWO, allowMethods: ['PUT'], allowHeaders: ['X-Tenant'] },
  { allowOrigins: TWO, preflight: PreflightPlacement.SHARED, errorOrigin: ErrorOrigin.reflect() },
  { allowOrigins: TWO, preflightHandler: PreflightHandler.builtIn() },
  { allowOrigins: [APP], preflightHandler: PreflightHandler.backend() },
];

const INTEGRATION = {
  Type: 'HTTP',
  Uri: 'https://backend.example.com',
  RequestTemplates: { 'application/json': '{"statusCode": 200}' },
  IntegrationResponses: [
    {
      StatusCode: '200',
      ResponseParameters: { 'method.response.header.Vary': "'Accept'" },
      ResponseTemplates: { 'application/json': '$input.body' },
    },
    { 'Fn::If': ['C1', { StatusCode: '404', SelectionPattern: '4\\d\\d' }, { Ref: 'AWS::NoValue' }] },
  ],
};
const RESPONSES = [{ StatusCode: '200', ResponseParameters: { 'method.response.header.Vary': true } }];
const PLAIN = { properties: { Integration: INTEGRATION, MethodResponses: RESPONSES } };
const CONDITIONAL = {
  properties: {
    Integration: { 'Fn::If': ['C1', INTEGRATION, { Type: 'AWS_PROXY', Uri: { 'Fn::Sub': '${Backend.Arn}' } }] },
    MethodResponses: RESPONSES,
    ApiKeyRequired: true,
    RequestParameters: { 'method.request.header.X-Tenant': true },
    RequestValidatorId: { Ref: 'Validator' },
    AuthorizationType: 'CUSTOM',
    AuthorizerId: { Ref: 'Guard' },
  },
};

const PARTS = {
  Four: gatewayResponse('DEFAULT_4XX', { 'Access-Control-Allow-Origin': "'*'" }),
  Guard: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: { RestApiId: { Ref: 'Api' }, Type: 'REQUEST', IdentitySource: 'method.request.header.Auth' },
  },
  Validator: {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true },
  },
  Url: {
    Type: 'AWS::Lambda::Url',
    Properties: { AuthType: 'AWS_IAM', TargetFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:pets' },
  },
  Cdn: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [{ Id: 'api', DomainName: { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' } }],
        DefaultCacheBehavior: {
          TargetOriginId: 'api',
          AllowedMethods: ['GET', 'HEAD'],
          ForwardedValues: { QueryString: true, Headers: ['Origin'] },
          ViewerProtocolPolicy: 'https-only',
        },
        CacheBehaviors: [{ TargetOriginId: 'api', PathPattern: '/pets*', CachePolicyId: { Ref: 'Cache' } }],
      },
    },
  },
  Release: {
    Type: 'AWS::ApiGateway::Deployment',
    Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', StageDescription: { CachingEnabled: true } },
    DependsOn: ['GETXpets'],
  },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: { Ref: 'Api' },
      DeploymentId: { Ref: 'Release' },
      StageName: 'beta',
      CacheClusterEnabled: true,
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', CachingEnabled: true }],
    },
  },
};
const POLICY = {
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/GET/*' }],
};

const TEMPLATES: object[] = [
  {
    ...restApi([get('/pets', PLAIN), put('/pets/{id}', CONDITIONAL), options('/pets/{id}'), get('/{proxy+}')], PARTS, {
      Policy: POLICY,
      BinaryMediaTypes: ['image/png'],
    }),
    ...AROUND,
  },
  {
    ...httpApi(
      undefined,
      { 'GET /pets': JWT, $default: JWT, 'ANY /pets/{id}': {}, 'OPTIONS /own': JWT },
      {},
      {},
      { IntegrationUri: 'arn:aws:lambda:eu-west-1:111122223333:function:pets', ResponseParameters: { 200: {} } },
    ),
    ...AROUND,
  },
  ...DOCUMENTS.map((Body) => ({ ...restApi([], { Release: PARTS.Release }, { Body }), ...AROUND })),
  ...DOCUMENTS.slice(2).map((Body) => ({
    Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body } } },
    ...AROUND,
  })),
];
