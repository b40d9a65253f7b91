import type { CacheSetting } from '../../api-gateway/stage-cache';
import type { Authoring } from './authoring';

/**
 * What a template says about one API, in the terms in which API Gateway thinks: resources, methods,
 * integrations, routes. Where it came from (resources, an OpenAPI body, nested templates) no longer
 * matters here.
 *
 * A string that is only partly known until deployment carries the unknown part between two marks:
 * see ../template/unknown.ts.
 */
export type ApiModel = RestApiModel | HttpApiModel | FunctionUrlModel;

export type ApiKind = ApiModel['kind'];

/** As users would call it. */
export const KINDS: Record<ApiKind, string> = {
  REST: 'REST API',
  HTTP: 'HTTP API',
  FUNCTION_URL: 'function URL',
};

interface AnyApiModel {
  /** The logical id, or the id of an API that was made elsewhere. */
  readonly id: string;
  /** What references to it resolve to. */
  readonly reference: string;
  /** The construct path, where the template says it. */
  readonly constructPath?: string;
  /** The template that makes it, where that is a file. */
  readonly templateFile?: string;
  /** Names of the stages, which are not part of a route's path. */
  readonly stages: string[];
  readonly stageVariables: Record<string, string>;
  /** Why deploying this fails. */
  readonly faults: string[];
  /** Why parts of this API are not in the template, where that is so. */
  readonly incomplete?: string;
  /** What was read in another way than the reader of the template may expect. */
  readonly notes?: string[];
  /** What it is written with; absent where nothing tells. */
  readonly authoring?: Authoring;
  /**
   * What it is in each way in which open conditions may turn out;
   * this model is then the first of them.
   */
  readonly sides?: ApiSide[];
}

export interface ApiSide {
  /** 'where IsProd holds' */
  readonly when: string;
  readonly model: ApiModel;
}

export interface RestApiModel extends AnyApiModel {
  readonly kind: 'REST';
  readonly binaryMediaTypes: string[];
  readonly root: RestResource;
  /** By response type: 'UNAUTHORIZED', 'DEFAULT_4XX', … */
  readonly gatewayResponses: Map<string, GatewayResponse>;
  /** Who may call it; undefined: everybody. */
  readonly policy?: ResourcePolicy;
  /** Of the stages that have a cache. */
  readonly stageCaches: StageCache[];
}

export interface ResourcePolicy {
  /** As written, with marks for what is known only after deployment. */
  readonly statements: Record<string, any>[];
  /** Why it cannot be read. */
  readonly doubt?: string;
}

export interface StageCache {
  readonly stage: string;
  readonly settings: CacheSetting[];
}

export interface RestResource {
  /** '/' for the root, else '/items/{id}'. */
  readonly path: string;
  /** 'items', '{id}', '{proxy+}'; '' for the root. */
  readonly pathPart: string;
  readonly children: RestResource[];
  /** By verb, 'ANY' included. */
  readonly methods: Map<string, RestMethod>;
}

export interface RestMethod {
  readonly verb: string;
  readonly path: string;
  /** How to name this method to users: a construct path, a logical id, a place in a document. */
  readonly where: string;
  readonly authorization: Authorization;
  /** Where the API key comes from that the method asks for. */
  readonly apiKey: 'NONE' | 'HEADER' | 'AUTHORIZER' | 'UNKNOWN';
  /** Parameters without which the request validator answers 400, such as 'header.X-Tenant'. */
  readonly requiredParameters: string[];
  /** Whether the validator wants a body of some shape. */
  readonly validatesBody: boolean;
  /** Why the validator may ask for none of these. */
  readonly validatorDoubt?: string;
  /** The content types of the bodies that it takes, where the API says so. */
  readonly bodyTypes: string[];
  readonly integration?: Integration;
  /** Status codes that the method declares, with the header names declared for each. */
  readonly methodResponses: Map<string, Set<string>>;
  /** Why it cannot be known whether the method exists or what it is, where that is so. */
  readonly doubt?: string;
}

export interface Authorization {
  readonly type: 'NONE' | 'AWS_IAM' | 'TOKEN' | 'REQUEST' | 'COGNITO' | 'JWT' | 'UNKNOWN';
  /** How to name the authorizer to users. */
  readonly name?: string;
  /** What a request must carry before the authorizer is asked: 'header.Authorization', … */
  readonly identitySources: string[];
  /** Why nobody can tell whether it asks for anything. */
  readonly doubt?: string;
}

export interface Integration {
  readonly type: 'MOCK' | 'HTTP' | 'AWS' | 'HTTP_PROXY' | 'AWS_PROXY' | 'UNKNOWN';
  /**
   * Whether a Lambda function stands behind it: its errors are told apart by their message, not by
   * a status.
   */
  readonly isLambda: boolean;
  /** That function, behind a proxy integration, where the template makes it. */
  readonly lambda?: LambdaBackend;
  readonly passthroughBehavior: string;
  readonly contentHandling?: string;
  /** The stage variables that its URI names. */
  readonly uriVariables: string[];
  /** The names of the headers that the mapping of the integration request sets. */
  readonly requestHeaders: string[];
  /** Whether an answer that a stage caches is for one origin only. */
  readonly isKeyedByOrigin: boolean;
  /** By content type. */
  readonly requestTemplates: Map<string, string>;
  readonly responses: IntegrationResponse[];
}

export interface IntegrationResponse {
  /** The status of the method response that it leads to. */
  readonly statusCode: string;
  /** undefined: the default one. */
  readonly selectionPattern?: string;
  readonly contentHandling?: string;
  /** Header name → mapping expression such as "'*'" or "integration.response.header.x". */
  readonly headers: Map<string, string>;
  /** By content type. */
  readonly templates: Map<string, string>;
}

export interface GatewayResponse {
  readonly type: string;
  readonly statusCode?: number;
  /** Header name → mapping expression. */
  readonly headers: Map<string, string>;
  readonly where: string;
  readonly doubt?: string;
}

export interface HttpApiModel extends AnyApiModel {
  readonly kind: 'HTTP';
  readonly cors?: HttpCors;
  readonly routes: HttpRoute[];
}

/** The URL of a Lambda function, which stands in for an API with one route. */
export interface FunctionUrlModel extends AnyApiModel {
  readonly kind: 'FUNCTION_URL';
  readonly cors?: HttpCors;
  /** Takes every method on every path; its authorization is NONE, AWS_IAM or UNKNOWN. */
  readonly route: HttpRoute;
  /** Why it is not certain that everybody may call it, where no signature is asked for. */
  readonly permissionDoubt?: string;
}

/** undefined: not configured. Lists may hold marks. */
export interface HttpCors {
  readonly allowOrigins: string[];
  readonly allowMethods: string[];
  readonly allowHeaders: string[];
  readonly exposeHeaders: string[];
  readonly allowCredentials: boolean;
  /** May hold marks. */
  readonly maxAge?: string;
  /** Why the configuration cannot be read, where that is so. */
  readonly doubt?: string;
}

export interface HttpRoute {
  /** '$default' or 'GET /items/{id}'; may hold marks. */
  readonly key: string;
  /** 'ANY' for $default, and where it is unknown. */
  readonly verb: string;
  /** Path parts; undefined for $default, and for a key that is in doubt: see route-key.ts. */
  readonly parts?: string[];
  readonly where: string;
  readonly authorization: Authorization;
  /** The content types of the bodies that it takes, where the API says so. */
  readonly bodyTypes: string[];
  /** How to name the integration to users. */
  readonly integration?: string;
  /** The Lambda function behind it, where the template makes it. */
  readonly lambda?: LambdaBackend;
  /** A header that its parameter mapping touches although the service refuses that. */
  readonly reservedHeader?: string;
  readonly doubt?: string;
}

/** A Lambda function that answers for itself, as far as a template says how. */
export interface LambdaBackend {
  /** How to name it to users. */
  readonly name: string;
  /** The construct path of the API whose policy it takes over. */
  readonly follows?: string;
  /** What its environment variable CORS_POLICY comes to. */
  readonly cors?: FunctionCors;
  /** The status that its inline code gives to everything. */
  readonly status?: number;
  /** Whether it is called for a response that it streams. */
  readonly streams?: boolean;
}

/** A policy to follow, why the function cannot start, or why nobody can tell beforehand. */
export type FunctionCors =
  | { readonly policy: FunctionPolicy }
  | { readonly fault: string }
  | { readonly doubt: string };

/** See docs/proxy-backends.md, CORS_POLICY. Texts may hold marks. */
export interface FunctionPolicy {
  readonly origins: string[];
  readonly patterns: string[];
  readonly methods?: string;
  readonly headers?: string;
  readonly expose?: string;
  readonly maxAge?: number;
  readonly credentials?: boolean;
  readonly status: number;
  readonly answersOptions?: boolean;
  /** Whether the function's code is seen, and follows it. */
  readonly isWrapped?: boolean;
}
