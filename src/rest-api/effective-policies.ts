import type { CfnResource } from 'aws-cdk-lib';
import { type Attachment, type Attachments, depth, isDirect } from '../tree/attachments';
import { policyOfPart } from '../tree/default-of-part';
import type { ResourceNode, RestApiTree } from './rest-api-tree';

/** A resource with the policy that holds for it. */
export interface CoveredResource {
  readonly node: ResourceNode;
  /** Where the policy was put, and what it says. */
  readonly by: Attachment;
  /**
   * Whether the user named this very resource: it answers preflights even if no method is on it
   * (yet).
   */
  readonly named: boolean;
}

/**
 * Which policy holds where in one API: the one put on the resource, or else one on a resource above
 * that includes its children, or else the one on the API.
 */
export class EffectivePolicies {
  public readonly resources: CoveredResource[] = [];
  private readonly byKey = new Map<string, CoveredResource>();

  /**
   * @param wholeApi the policies for the API as a whole: the API's own first, then those of its
   * imports in other stacks, each for what is below it
   */
  public constructor(
    public readonly tree: RestApiTree,
    public readonly wholeApi: Attachment[],
    attachments: Attachments,
  ) {
    for (const node of tree.resources.values()) {
      const own = attachments.nearest(node.construct);
      const ofApi = this.ofApi(node);
      const nearest = own && isDirect(own) ? own : deeper(own, this.fromAbove(node, attachments));
      // A mixin on the API, or above it, reaches its resources one by one as well.
      const by = nearest && (!ofApi || isDirect(nearest) || depth(nearest) > depth(ofApi)) ? nearest : ofApi;
      if (!by) continue;
      // The construct of an L1's root resource is the API itself.
      const named = own !== undefined && !wholeApi.includes(own) && isDirect(own);
      const covered = { node, by, named };
      this.resources.push(covered);
      this.byKey.set(node.key, covered);
    }
  }

  /** Whether one policy holds for both. */
  public same(a: ResourceNode, b: ResourceNode): boolean {
    return this.byKey.get(a.key)?.by.source === this.byKey.get(b.key)?.by.source;
  }

  public parentOf({ parentKey }: ResourceNode): ResourceNode | undefined {
    return parentKey === undefined ? undefined : this.tree.resources.get(parentKey);
  }

  /** The policy that holds for a resource. */
  public of({ key }: ResourceNode): Attachment | undefined {
    return this.byKey.get(key)?.by;
  }

  /** Of the nearest resource above whose policy is for those below it, too. */
  private fromAbove(node: ResourceNode, attachments: Attachments): Attachment | undefined {
    for (let above = this.parentOf(node); above; above = this.parentOf(above)) {
      const attachment = attachments.nearest(above.construct);
      if (attachment?.policy.options?.includeChildren && !this.wholeApi.includes(attachment)) return attachment;
    }
    return undefined;
  }

  /** Of the API; none where a method on the resource was added through an import that opted out. */
  private ofApi({ construct, methods }: ResourceNode): Attachment | undefined {
    const { scopes } = construct.node;
    const users = methods.filter(({ verb }) => verb !== 'OPTIONS').map(({ cfn }) => cfn);
    const parts = users.length > 0 ? users : [construct];
    const isLeft = parts.some((part) => !policyOfPart(this.wholeApi, part, this.tree.api !== undefined));
    if (isLeft) return undefined;
    const around = this.wholeApi.find((attachment) => scopes.includes(attachment.construct));
    return around ?? policyOfPart(this.wholeApi, parts[0], this.tree.api !== undefined);
  }
}

/** The one that was put nearer; the first of two that are as near. */
function deeper(a: Attachment | undefined, b: Attachment | undefined): Attachment | undefined {
  return a && b ? (depth(b) > depth(a) ? b : a) : (a ?? b);
}

/** What CORS adds to one resource of an API: a Deployment has to wait for it. */
export interface Change {
  readonly construct: CfnResource;
  /** What is added; may hold tokens. */
  readonly content: unknown;
  /** Whether CORS made the resource, too. */
  readonly made: boolean;
}
