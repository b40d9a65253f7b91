import { type CfnResource, Stack, Token } from 'aws-cdk-lib';
import { HttpApi, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct, IConstruct } from 'constructs';
import { parseRouteKey, type RouteKey } from '../policy/route-key';
import { identity } from '../tree/attachments';
import { cfnResources } from '../tree/cfn-resources';
import { Identities } from '../tree/identities';
import { memo } from '../tree/memo';
import { property } from '../tree/properties';
import { cfnApiOf } from './http-api-policy';
import { isPreflightRoute } from './preflight-routes';

/** An HTTP API as the Stage's finished tree has it, whoever made its parts, and in whichever stacks. */
export interface HttpApiTree {
  /** The `AWS::ApiGatewayV2::Api`, unless the API is imported. */
  api?: CfnResource;
  /** What the user put a policy on: the API, or imports of it. */
  readonly targets: IConstruct[];
  /** Those of the user. */
  readonly routes: RouteNode[];
  /** The OPTIONS routes that are ours. */
  readonly preflightRoutes: CfnResource[];
  /** Routes whose key is known only at deployment. */
  readonly opaqueRoutes: CfnResource[];
  readonly stages: CfnResource[];
}

/** A route of an API. */
export interface RouteNode extends RouteKey {
  /** The route itself, or the API that was made together with one route (`Target`). */
  readonly cfn: CfnResource;
  readonly apiId: string;
  /** `JWT`, `CUSTOM`, `AWS_IAM`, or a deploy-time value; `undefined` where anyone may call. */
  readonly authorization?: string;
  /** Unless it is made elsewhere. Looked for when asked: few routes are. */
  readonly integration: () => CfnResource | undefined;
}

/** @param targets what the user named: among these are imported APIs, which no CloudFormation resource of this tree backs */
export function readHttpApis(stage: IConstruct, targets: IConstruct[]): HttpApiTree[] {
  const found = cfnResources(stage, 'AWS::ApiGatewayV2::');
  const reader = new HttpApiReader(found.get('AWS::ApiGatewayV2::Integration') ?? []);
  const each = (type: string, read: (cfn: CfnResource) => void) => found.get(`AWS::ApiGatewayV2::${type}`)?.forEach(read);
  each('Api', (cfn) => reader.api(cfn));
  for (const target of targets) reader.target(target);
  each('Route', (cfn) => reader.route(cfn));
  each('Stage', (cfn) => reader.of(cfn).stages.push(cfn));
  return [...reader.trees.values()].filter((tree) => tree.targets.length > 0);
}

class HttpApiReader {
  public readonly trees = new Map<string, HttpApiTree>();
  private readonly identities = new Identities();
  private byTarget?: Map<string, CfnResource>;

  constructor(private readonly integrations: CfnResource[]) {}

  public api(cfn: CfnResource): void {
    const tree = this.tree(this.identities.own(cfn));
    tree.api = cfn;
    if (property(cfn, 'Target') === undefined) return;
    this.add(tree, cfn, property(cfn, 'RouteKey') ?? '$default', { apiId: cfn.ref, integration: () => undefined });
  }

  public target(construct: IConstruct): void {
    const api = cfnApiOf(construct);
    const key = api ? this.identities.own(api) : this.identities.of((construct as IHttpApi).apiId, construct);
    this.tree(key).targets.push(construct);
  }

  public route(cfn: CfnResource): void {
    if (isPreflightRoute(cfn)) {
      this.of(cfn).preflightRoutes.push(cfn);
      return;
    }
    const authorization = known(property(cfn, 'AuthorizationType'), cfn);
    this.add(this.of(cfn), cfn, property(cfn, 'RouteKey'), {
      apiId: Token.asString(property(cfn, 'ApiId')),
      authorization: authorization === 'NONE' ? undefined : authorization,
      integration: () => this.integrationOf(cfn),
    });
  }

  public of(cfn: CfnResource): HttpApiTree {
    return this.tree(this.identities.of(property(cfn, 'ApiId'), cfn));
  }

  private integrationOf(route: CfnResource): CfnResource | undefined {
    this.byTarget ??= new Map(this.integrations.map((cfn) => [`integrations/${this.identities.own(cfn)}`, cfn]));
    return this.byTarget.get(this.identities.of(property(route, 'Target'), route));
  }

  private tree(key: string): HttpApiTree {
    return memo(this.trees, key, () => ({ targets: [], routes: [], preflightRoutes: [], opaqueRoutes: [], stages: [] }));
  }

  private add(tree: HttpApiTree, cfn: CfnResource, key: unknown, rest: Pick<RouteNode, 'apiId' | 'authorization' | 'integration'>): void {
    const routeKey = parseRouteKey(known(key, cfn));
    if (routeKey) tree.routes.push({ ...routeKey, ...rest, cfn });
    else tree.opaqueRoutes.push(cfn);
  }
}

/** A value as far as it is known at synthesis. */
function known(value: unknown, user: CfnResource): any {
  return Token.isUnresolved(value) ? Stack.of(user).resolve(value) : value;
}

/** Where what belongs to the API as a whole is put. */
export function homeOf({ api, targets }: HttpApiTree): { scope: Construct; apiId: string } {
  return api ? { scope: api, apiId: api.ref } : { scope: targets[0] as Construct, apiId: (targets[0] as IHttpApi).apiId };
}

/** The API as L2s know it: theirs, an import of the user's, or one of our own. */
export function l2Of({ api, targets }: Pick<HttpApiTree, 'api' | 'targets'>): IHttpApi {
  const l2 = api ? identity(api) : targets[0];
  if ('isHttpApi' in l2) return l2 as IHttpApi;
  return (
    (api!.node.tryFindChild('HttpApi') as IHttpApi | undefined) ?? HttpApi.fromHttpApiAttributes(api!, 'HttpApi', { httpApiId: api!.ref })
  );
}
