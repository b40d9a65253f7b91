import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import { rootOf } from '../tree/cdk-internals';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { knownProperty, property } from '../tree/properties';
import { ResourceKeys } from '../tree/resource-keys';

/**
 * A REST API as the Stage's finished tree has it,
 * no matter who made its parts, and in which stacks.
 */
export interface RestApiTree {
  /** The name of the API's id (see `ResourceKeys`). */
  readonly key: string;
  /** The `AWS::ApiGateway::RestApi`, unless the API is imported. */
  readonly api?: CfnResource;
  readonly resources: Map<string, ResourceNode>;
  readonly deployments: CfnResource[];
  readonly gatewayResponses: CfnResource[];
  readonly stages: CfnResource[];
}

/** A resource of an API: one path. */
export interface ResourceNode {
  /** The name of the resource's id. */
  readonly key: string;
  /**
   * Where the resource stands in the construct tree: an L2, its L1, or, for the resource of another
   * app, the first method on it.
   */
  readonly construct: IConstruct;
  /** `''` for the root, `undefined` for a resource that this tree does not hold. */
  readonly part?: string;
  readonly parentKey?: string;
  readonly methods: MethodNode[];
}

export interface MethodNode {
  /** Upper-case, or `ANY`. */
  readonly verb: string;
  readonly cfn: CfnResource;
}

/** Finds the REST APIs of a Stage. */
export class RestApiReader {
  /**
   * @param targets what the user named: among these are imported APIs and resources, which no
   * CloudFormation resource of this tree backs
   */
  public static read(resources: ApiGatewayResources, targets: IConstruct[]): RestApiReader {
    const reader = new RestApiReader();
    const each = (type: string, read: (cfn: CfnResource) => void) =>
      resources.get(`AWS::ApiGateway::${type}`)?.forEach(read);
    each('RestApi', (cfn) => reader.api(cfn));
    each('Resource', (cfn) => reader.resource(cfn));
    for (const construct of targets) reader.imported(construct);
    each('Method', (cfn) => reader.method(cfn));
    each('Deployment', (cfn) => reader.of(cfn).deployments.push(cfn));
    each('GatewayResponse', (cfn) => reader.of(cfn).gatewayResponses.push(cfn));
    each('Stage', (cfn) => reader.of(cfn).stages.push(cfn));
    return reader;
  }

  public readonly apis = new Map<string, RestApiTree>();
  private readonly resourceKeys = new ResourceKeys();

  /** The key of the API that a construct stands for as a whole, if it does. */
  public keyOfApi(construct: IConstruct): string | undefined {
    const cfn = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
    if (cfn && CfnResource.isCfnResource(cfn))
      return cfn.cfnResourceType === 'AWS::ApiGateway::RestApi' ? this.resourceKeys.keyOf(cfn) : undefined;
    return isResource(construct) || !('restApiId' in construct)
      ? undefined
      : this.resourceKeys.keyOfReference(construct.restApiId, construct);
  }

  private api(cfn: CfnResource): void {
    const key = this.resourceKeys.keyOf(cfn);
    const tree = this.tree(key, cfn);
    const l2 = cfn.node.scope;
    const root = l2?.node.defaultChild === cfn ? rootOf(l2) : undefined;
    this.add(tree, { key: `${key}.RootResourceId`, construct: root ?? cfn, part: '', methods: [] });
  }

  private resource(cfn: CfnResource): void {
    const l2 = cfn.node.scope!;
    this.add(this.of(cfn), {
      key: this.resourceKeys.keyOf(cfn),
      construct: l2.node.defaultChild === cfn && isResource(l2) ? l2 : cfn,
      part: partOf(cfn),
      parentKey: this.resourceKeys.keyOfReference(property(cfn, 'ParentId'), cfn),
      methods: [],
    });
  }

  private method(cfn: CfnResource): void {
    const key = this.resourceKeys.keyOfReference(property(cfn, 'ResourceId'), cfn);
    const tree = this.of(cfn);
    const l2 = cfn.node.scope!.node.scope;
    const node =
      tree.resources.get(key) ?? this.add(tree, { key, construct: l2 && isResource(l2) ? l2 : cfn, methods: [] });
    node.methods.push({ verb: verbOf(cfn), cfn });
  }

  /** An imported API brings its root, an imported resource itself. */
  private imported(construct: IConstruct): void {
    const resource = isResource(construct) ? construct : rootOf(construct);
    if (!resource || !isResource(resource)) return;
    const tree = this.tree(this.resourceKeys.keyOfReference(resource.api.restApiId, resource));
    const key = this.resourceKeys.keyOfReference(resource.resourceId, resource);
    if (!tree.resources.has(key))
      this.add(tree, { key, construct: resource, part: resource.path === '/' ? '' : undefined, methods: [] });
  }

  private of(cfn: CfnResource): RestApiTree {
    return this.tree(this.resourceKeys.keyOfReference(property(cfn, 'RestApiId'), cfn));
  }

  private tree(key: string, api?: CfnResource): RestApiTree {
    return getOrCreate(this.apis, key, () => ({
      key,
      api,
      resources: new Map(),
      deployments: [],
      gatewayResponses: [],
      stages: [],
    }));
  }

  private add(tree: RestApiTree, node: ResourceNode): ResourceNode {
    tree.resources.set(node.key, node);
    return node;
  }
}

/** As users write it; a resource whose parents are elsewhere starts with `…`. */
export function pathOf(tree: RestApiTree, node: ResourceNode): string {
  const parts: string[] = [];
  let at: ResourceNode | undefined = node;
  for (; at && at.part !== ''; at = at.parentKey === undefined ? undefined : tree.resources.get(at.parentKey))
    parts.unshift(at.part ?? '…');
  return at ? `/${parts.join('/')}` : `…/${parts.join('/')}`.replace('…/…', '…');
}

/** A method that is known only at deployment may be any. */
function verbOf(method: CfnResource): string {
  const verb = knownProperty(method, 'HttpMethod');
  return typeof verb === 'string' ? verb.toUpperCase() : 'ANY';
}

function partOf(resource: CfnResource): string {
  const part = knownProperty(resource, 'PathPart');
  return typeof part === 'string' ? part : JSON.stringify(part);
}

/** What an L2 resource has, whether it is a `Resource`, a root, a proxy or imported. */
export function isResource(
  construct: IConstruct,
): construct is IConstruct & { resourceId: string; path: string; api: { restApiId: string } } {
  return 'resourceId' in construct && 'addMethod' in construct;
}
