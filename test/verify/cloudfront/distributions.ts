import { CorsSimulator } from '../../../src/verify/simulator';
import type { BrowserRequest, CorsVerdict } from '../../../src/verify/verdict';
import { httpApi } from '../../support/http-api-templates';
import { APP } from '../../support/pages';
import { get, options, put, restApi } from '../../support/templates';

/** Distributions by hand, as small as a story allows. */

export const ADMIN = 'https://admin.example.com';
export const STRANGER = 'https://elsewhere.example';

/** The ids of policies that every account has. */
export const CACHE = {
  disabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  optimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  originControl: '83da9c7e-98b4-4e11-a168-04f0df8e2c65',
  mediaPackage: '08627262-05a9-4f76-9ded-b50ca2e3a84f',
  amplify: '2e54312d-136d-493c-8eb9-b001f22f67d2',
};
export const FORWARD = {
  allViewer: '216adef6-5c7f-47e4-b989-5492eafa07d3',
  allViewerAndCloudFront: '33f36d7e-f396-46d9-90e0-52428a34d9dc',
  allButHost: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  customOrigin: '59781a5b-3903-41f3-afcb-af62929ccde1',
  s3Origin: '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
  mediaTailor: '775133bc-15f2-49f9-abea-afb2e0bf67d2',
  agentAndReferer: 'acba4595-bd28-49b8-b9fe-13317c0390fa',
};
export const RESPOND = {
  simple: '60669652-455b-4ae9-85a4-c4c02393f86c',
  withPreflight: '5cc3b908-e619-4b99-88e5-2cf7f45965bd',
  security: '67f7725c-6f97-4210-82d7-5512b31e9d03',
};
export const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** What an API needs of the behavior in front of it. */
export const RIGHT = {
  TargetOriginId: 'api',
  ViewerProtocolPolicy: 'redirect-to-https',
  AllowedMethods: ALL_METHODS,
  CachePolicyId: CACHE.disabled,
  OriginRequestPolicyId: FORWARD.allButHost,
};

/** The older way to write a behavior. */
export const LEGACY = {
  TargetOriginId: 'api',
  AllowedMethods: ALL_METHODS,
  ForwardedValues: { QueryString: true },
};

/** An HTTP API that lets two pages in. */
export const HTTP_API = httpApi(
  { AllowOrigins: [APP, ADMIN], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['content-type', 'authorization'] },
  { 'GET /pets': {}, 'PUT /pets': {} },
);

/** An HTTP API whose route wants a token. */
export const CLOSED_HTTP_API = httpApi(
  { AllowOrigins: [APP, ADMIN], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['authorization'] },
  {
    'GET /pets': { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Jwt' } },
    'PUT /pets': { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Jwt' } },
  },
);

const STAGE = {
  Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
};

/** A REST API that says to every page the same. */
export const REST_API = restApi([get('/pets'), put('/pets'), options('/pets')], STAGE);

/** A REST API of which nothing but GET knows of CORS. */
export const REST_WITHOUT_OPTIONS = restApi([get('/pets', { headers: {} }), put('/pets', { headers: {} })], STAGE);

/** A REST API whose OPTIONS answers 200 and nothing else. */
export const REST_WITH_EMPTY_OPTIONS = restApi(
  [get('/pets', { headers: {} }), put('/pets', { headers: {} }), options('/pets', { headers: {}, status: '200' })],
  STAGE,
);

export const HTTP_ORIGIN = {
  Id: 'api',
  DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }] }] },
};
export const REST_ORIGIN = {
  Id: 'api',
  DomainName: { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' },
  OriginPath: '/prod',
};
export const URL_ORIGIN = {
  Id: 'api',
  DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }] }] },
};
export const SITE = { Id: 'site', DomainName: { 'Fn::GetAtt': ['Site', 'RegionalDomainName'] }, S3OriginConfig: {} };

interface Edge {
  /** What differs from a behavior that is right. */
  readonly behavior?: object;
  /** Behaviors before the default one. */
  readonly behaviors?: object[];
  readonly origin?: object;
  /** Other properties of the distribution. */
  readonly config?: object;
  readonly others?: Record<string, object>;
}

/** An API or a function URL behind a distribution. */
export function behind(api: any, { behavior = RIGHT, behaviors, origin, config, others }: Edge = {}): any {
  const DistributionConfig = {
    Enabled: true,
    Origins: [{ ...originOf(api), ...origin }, SITE],
    DefaultCacheBehavior: behavior,
    ...(behaviors && { CacheBehaviors: behaviors }),
    ...config,
  };
  const Edge = { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig } };
  return { ...api, Resources: { ...api.Resources, Edge, Site: { Type: 'AWS::S3::Bucket' }, ...others } };
}

function originOf({ Resources: { Api } }: any): object {
  if (!Api) return URL_ORIGIN;
  return Api.Type === 'AWS::ApiGatewayV2::Api' ? HTTP_ORIGIN : REST_ORIGIN;
}

/** Site and API on one distribution. */
export const SITE_BEHAVIOR = {
  TargetOriginId: 'site',
  AllowedMethods: ['GET', 'HEAD'],
  CachePolicyId: CACHE.optimized,
};

/** Asks as the app's page, for /pets, unless told otherwise. */
export function through(template: any, request: Partial<BrowserRequest> = {}): CorsVerdict {
  return CorsSimulator.fromTemplate(template).request({ origin: APP, path: '/pets', via: 'Edge', ...request });
}

export const PUT = { method: 'PUT' };
export const PUT_JSON = { method: 'PUT', headers: { 'content-type': 'application/json' } };
export const WITH_TOKEN = { headers: { authorization: 'Bearer t' } };
