import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Attachment, type Attachments, depth, isDirect } from '../tree/attachments';
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

/** Which policy holds where in one API: the one put on the resource, or else the one on the API. */
export class Coverage {
  public readonly resources: CoveredResource[] = [];
  private readonly byKey = new Map<string, CoveredResource>();

  /**
   * @param wholeApi the policies for the API as a whole: the API's own first, then those of its
   * imports in other stacks, each for what is below it
   */
  constructor(
    public readonly tree: RestApiTree,
    public readonly wholeApi: Attachment[],
    attachments: Attachments,
  ) {
    for (const node of tree.resources.values()) {
      const own = attachments.nearest(node.construct);
      const ofApi = this.ofApi(node.construct);
      // A mixin on the API, or above it, reaches its resources one by one as well.
      const by = own && (!ofApi || isDirect(own) || depth(own) > depth(ofApi)) ? own : ofApi;
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

  private ofApi(construct: IConstruct): Attachment | undefined {
    return this.wholeApi.find((attachment) => construct.node.scopes.includes(attachment.construct)) ?? this.wholeApi[0];
  }
}

/** What CORS adds to one resource of an API: a Deployment has to wait for it. */
export interface Change {
  readonly construct: CfnResource;
  /** What is added; may hold tokens. */
  readonly content: unknown;
  /** Whether CORS made the resource, too. */
  readonly made: boolean;
}
