import { type CfnResource, Stack, Token } from 'aws-cdk-lib';
import { HttpApi, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct, IConstruct } from 'constructs';
import { documentRoutes } from '../api-gateway/open-api/document';
import { parseRouteKey, type RouteKey } from '../api-gateway/route-key';
import { getOrCreate } from '../collections';
import { hasDocument } from '../tree/api-documents';
import { identity } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { isOwn } from '../tree/own-constructs';
import { knownProperty, property } from '../tree/properties';
import { ResourceKeys } from '../tree/resource-keys';
import { propertyBeforePatch } from '../tree/wrapped-property';
import { cfnApiOf } from './http-api-target';

/**
 * An HTTP API as the Stage's finished tree has it,
 * no matter who made its parts, and in which stacks.
 */
export interface HttpApiTree {
  /** The `AWS::ApiGatewayV2::Api`, unless the API is imported. */
  api?: CfnResource;
  /** What the user put a policy on: the API, or imports of it. */
  readonly targets: IConstruct[];
  /** Those of the user. */
  readonly routes: RouteNode[];
  /**
   * Those of the document that the API is made from, if it is made from one:
   * handled by the OpenAPI engine.
   */
  documented: RouteKey[];
  /** The OPTIONS routes that are ours. */
  readonly preflightRoutes: CfnResource[];
  /** Routes whose key is known only at deployment. */
  readonly deployTimeRoutes: RouteTarget[];
  readonly stages: CfnResource[];
}

/** A route, and what it calls. */
export interface RouteTarget {
  /** The route itself, or the API that was made together with one route (`Target`). */
  readonly cfn: CfnResource;
  /**
   * Those that its target may stand for, unless they are made elsewhere. Looked for when asked: few
   * routes are.
   */
  readonly integrations: () => CfnResource[];
  /** Whether these are all, and each is one of this app's: nothing is left to the deployment. */
  readonly isSeenWhole: () => boolean;
}

/** A route of an API. */
export interface RouteNode extends RouteTarget, RouteKey {
  /** `JWT`, `CUSTOM`, `AWS_IAM`, or a deploy-time value; `undefined` where anyone may call. */
  readonly authorization?: string;
}

/** As messages call a route: its key, unless that is known only at deployment. */
export function routeName(route: RouteTarget & Partial<RouteKey>): string {
  const { verb, path } = route;
  if (verb === undefined) return 'a route whose key is known only at deployment';
  return path === undefined ? '$default' : `${verb} ${path}`;
}

/** The API that a route belongs to. */
export function apiIdOf({ cfn }: RouteNode): string {
  return cfnApiOf(cfn) ? cfn.ref : Token.asString(property(cfn, 'ApiId'));
}

/**
 * @param targets what the user named: among these are imported APIs, which no CloudFormation
 * resource of this tree backs
 */
export function readHttpApis(resources: ApiGatewayResources, targets: IConstruct[]): HttpApiTree[] {
  const reader = new HttpApiReader(resources.get('AWS::ApiGatewayV2::Integration') ?? []);
  const each = (type: string, read: (cfn: CfnResource) => void) =>
    resources.get(`AWS::ApiGatewayV2::${type}`)?.forEach(read);
  each('Api', (cfn) => reader.api(cfn));
  for (const target of targets) reader.target(target);
  each('Route', (cfn) => reader.route(cfn));
  each('Stage', (cfn) => reader.of(cfn).stages.push(cfn));
  return [...reader.trees.values()].filter((tree) => tree.targets.length > 0);
}

class HttpApiReader {
  public readonly trees = new Map<string, HttpApiTree>();
  private readonly resourceKeys = new ResourceKeys();
  private byName?: Map<string, CfnResource>;

  public constructor(private readonly allIntegrations: CfnResource[]) {}

  public api(cfn: CfnResource): void {
    const tree = this.tree(this.resourceKeys.keyOf(cfn));
    tree.api = cfn;
    if (hasDocument(cfn)) tree.documented = documentRoutes(Stack.of(cfn).resolve(propertyBeforePatch(cfn, 'Body')));
    if (property(cfn, 'Target') === undefined) return;
    this.add(tree, cfn, knownProperty(cfn, 'RouteKey') ?? '$default');
  }

  public target(construct: IConstruct): void {
    const api = cfnApiOf(construct);
    const key = api
      ? this.resourceKeys.keyOf(api)
      : this.resourceKeys.keyOfReference((construct as IHttpApi).apiId, construct);
    this.tree(key).targets.push(construct);
  }

  public route(cfn: CfnResource): void {
    const tree = this.of(cfn);
    if (isOwn(cfn.node.scope!, 'preflight-route')) tree.preflightRoutes.push(cfn);
    else this.add(tree, cfn, knownProperty(cfn, 'RouteKey'));
  }

  public of(cfn: CfnResource): HttpApiTree {
    return this.tree(this.resourceKeys.keyOfReference(property(cfn, 'ApiId'), cfn));
  }

  private integrationsOf(route: CfnResource): CfnResource[] {
    return this.resourceKeys
      .keysIn(property(route, 'Target'), route)
      .flatMap((name) => this.integrationsByName().get(name) ?? []);
  }

  private isSeenWhole(route: CfnResource): boolean {
    // A quick-created API has the ARN of a function, or a URL, for its target.
    if (cfnApiOf(route)) return false;
    const names = this.resourceKeys.certainly(property(route, 'Target'), 'integrations/', route);
    return (names ?? []).length > 0 && names!.every((name) => this.integrationsByName().has(name));
  }

  private integrationsByName(): Map<string, CfnResource> {
    this.byName ??= new Map(this.allIntegrations.map((cfn) => [this.resourceKeys.keyOf(cfn), cfn]));
    return this.byName;
  }

  private tree(key: string): HttpApiTree {
    return getOrCreate(this.trees, key, () => ({
      targets: [],
      routes: [],
      documented: [],
      preflightRoutes: [],
      deployTimeRoutes: [],
      stages: [],
    }));
  }

  private add(tree: HttpApiTree, cfn: CfnResource, key: unknown): void {
    const routeKey = parseRouteKey(key);
    const target: RouteTarget = {
      cfn,
      integrations: () => this.integrationsOf(cfn),
      isSeenWhole: () => this.isSeenWhole(cfn),
    };
    if (routeKey) tree.routes.push({ ...target, ...routeKey, authorization: authorizationOf(cfn) });
    else tree.deployTimeRoutes.push(target);
  }
}

/** `undefined` where anyone may call. */
export function authorizationOf(route: CfnResource): string | undefined {
  const authorization = knownProperty(route, 'AuthorizationType');
  return authorization === 'NONE' ? undefined : authorization;
}

/** Where what belongs to the API as a whole is put. */
export function homeOf({ api, targets }: HttpApiTree): { scope: Construct; apiId: string } {
  return api
    ? { scope: api, apiId: api.ref }
    : { scope: targets[0] as Construct, apiId: (targets[0] as IHttpApi).apiId };
}

/** The API as L2s know it: theirs, an import of the user's, or one of our own. */
export function l2Of({ api, targets }: Pick<HttpApiTree, 'api' | 'targets'>): IHttpApi {
  const l2 = api ? identity(api) : targets[0];
  if ('isHttpApi' in l2) return l2 as IHttpApi;
  return (
    (api!.node.tryFindChild('HttpApi') as IHttpApi | undefined) ??
    HttpApi.fromHttpApiAttributes(api!, 'HttpApi', { httpApiId: api!.ref })
  );
}
