import type { IConstruct } from 'constructs';
import type { Attachment, Attachments } from '../tree/attachments';
import type { ResourceNode, RestApiTree } from './api-tree';
import type { RestApiPolicy } from './rest-api-policy';

/** A resource with the policy that holds for it. */
export interface CoveredResource {
  readonly node: ResourceNode;
  readonly policy: RestApiPolicy;
  /** Whether the user named this very resource: it answers preflights even if no method is on it (yet). */
  readonly named: boolean;
}

/** Which policy holds where in one API: the one put on the resource, or else the one on the API. */
export class Coverage {
  private readonly byKey = new Map<string, CoveredResource>();

  /**
   * @param wholeApi the policies for the API as a whole: the API's own first, then those of its imports in other stacks, each for what is below it
   */
  constructor(
    public readonly tree: RestApiTree,
    public readonly wholeApi: Attachment<RestApiPolicy>[],
    attachments: Attachments<RestApiPolicy>,
  ) {
    for (const node of tree.resources.values()) {
      const own = attachments.nearest(node.construct);
      const attachment = own ?? this.ofApi(node.construct);
      if (!attachment) continue;
      this.byKey.set(node.key, { node, policy: attachment.policy, named: own !== undefined && attachments.isDirect(own) });
    }
  }

  public get resources(): CoveredResource[] {
    return [...this.byKey.values()];
  }

  public policyOf(node: ResourceNode): RestApiPolicy | undefined {
    return this.byKey.get(node.key)?.policy;
  }

  private ofApi(construct: IConstruct): Attachment<RestApiPolicy> | undefined {
    return this.wholeApi.find((attachment) => construct.node.scopes.includes(attachment.construct)) ?? this.wholeApi[0];
  }
}
