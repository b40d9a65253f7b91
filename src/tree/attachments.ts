import { Resource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * That a policy was put on a construct, and by whom.
 */
export interface Attachment<Policy> {
  /** The construct that the user named, or that a mixin reached. */
  readonly construct: IConstruct;
  /** What was applied: one `EnableCors` may reach many constructs. */
  readonly source: object;
  /** How a person would say it: `addCors(…)`, `cors of CorsEnabledRestApi`. */
  readonly calledAs: string;
  readonly policy: Policy;
}

/**
 * The policies that were put on the constructs of one Stage: who covers what, and the refusal of a second direct call.
 */
export class Attachments<Policy> {
  private readonly byConstruct = new Map<IConstruct, Attachment<Policy>[]>();
  private readonly reached = new Map<object, Set<IConstruct>>();

  /**
   * @throws where a policy was put directly on this construct before.
   */
  public add(attachment: Attachment<Policy>): void {
    const { construct, source } = attachment;
    const here = this.on(construct);
    if (here.some((other) => other.source === source)) return;
    if (this.isDirect(attachment)) {
      const first = here.find((other) => this.isDirect(other));
      if (first) throw new Error(secondPolicy(attachment, first));
    }
    this.byConstruct.set(identity(construct), [...here, attachment]);
    this.reached.set(source, (this.reached.get(source) ?? new Set()).add(construct));
  }

  /** The attachment that holds for a construct: the one that was applied nearest to it. */
  public nearest(construct: IConstruct): Attachment<Policy> | undefined {
    return this.on(construct).reduce<Attachment<Policy> | undefined>(
      (best, next) => (best && this.depth(best) >= this.depth(next) ? best : next),
      undefined,
    );
  }

  /**
   * The attachment of constructs that the finished tree shows to be one target: an API and its imports in other stacks.
   *
   * @throws where two policies were put on it.
   */
  public single(constructs: IConstruct[]): Attachment<Policy> {
    const [first, ...others] = constructs.map((construct) => this.nearest(construct)!);
    const second = others.find(({ source }) => source !== first.source);
    if (second) throw new Error(secondPolicy(second, first));
    return first;
  }

  /** All constructs that a policy was put on, in the order of the calls. */
  public get constructs(): IConstruct[] {
    return [...this.byConstruct.keys()];
  }

  /** Whether the user named this very construct, rather than one above it. */
  public isDirect({ construct, source }: Attachment<Policy>): boolean {
    return this.origin(construct, source) === construct;
  }

  private on(construct: IConstruct): Attachment<Policy>[] {
    return this.byConstruct.get(identity(construct)) ?? [];
  }

  private depth({ construct, source }: Attachment<Policy>): number {
    return this.origin(construct, source).node.scopes.length;
  }

  /** The topmost construct above (or at) this one that the same source was applied to. */
  private origin(construct: IConstruct, source: object): IConstruct {
    const reached = this.reached.get(source);
    return construct.node.scopes.find((scope) => reached?.has(scope)) ?? construct;
  }
}

/** An L2 and the L1 that it wraps are one target: the L2. */
export function identity(construct: IConstruct): IConstruct {
  const scope = construct.node.scope;
  return construct.node.id === 'Resource' && scope && Resource.isResource(scope) ? scope : construct;
}

function secondPolicy(second: Attachment<unknown>, first: Attachment<unknown>): string {
  return (
    `${second.construct.node.path}: ${second.calledAs} puts a second CORS policy here; the first came by ${first.calledAs}` +
    `${first.construct === second.construct ? '' : ` on ${first.construct.node.path}`}. Keep one of them.`
  );
}
