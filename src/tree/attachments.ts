import { CfnResource, Resource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { EnableCorsOptions } from '../options/cors-options';
import { CorsPolicyError } from '../policy/faults';
import type { Policy } from '../policy/policy';
import { L1_ID } from './cdk-internals';
import { isInTree } from './tree-order';

/** A validated policy, and the options as the user filled them in. */
export interface AppliedPolicy {
  readonly cors: Policy;
  readonly options?: EnableCorsOptions;
}

/**
 * That a policy was put on a construct, and by whom.
 */
export interface Attachment {
  /** The construct that the user named, or that a mixin reached. */
  readonly construct: IConstruct;
  /** The construct that the user named: this one, or one above it. */
  readonly origin: IConstruct;
  /** What was applied: one `EnableCors` may reach many constructs. */
  readonly source: object;
  /** As users know it: `addCors(…)`, `cors of CorsEnabledRestApi`. */
  readonly calledAs: string;
  readonly policy: AppliedPolicy;
  /** Whether it is a default of a scope, which gives way to whatever was put on a target. */
  readonly isDefault?: boolean;
}

/** Whether the user named this very construct, rather than one above it. */
export function isDirect({ construct, origin, isDefault }: Attachment): boolean {
  return construct === origin && !isDefault;
}

/**
 * The policies that were put on the constructs of one Stage: who covers what, and the refusal of a
 * second direct call.
 */
export class Attachments {
  private readonly byConstruct = new Map<IConstruct, Attachment[]>();

  /**
   * @throws where a policy was put directly on this construct before.
   */
  public add(attachment: Attachment): void {
    const { construct, source } = attachment;
    const here = this.on(construct);
    const first = here.find((other) => isDirect(other) && other.source !== source);
    if (first && isDirect(attachment)) throw new CorsPolicyError([secondPolicy(attachment, first)]);
    const before = here.find((other) => other.source === source);
    const kept = before && depth(before) >= depth(attachment) ? before : attachment;
    this.byConstruct.set(identity(construct), [...here.filter((other) => other !== before), kept]);
  }

  /** The attachment that holds for a construct: the one that was applied nearest to it. */
  public nearest(construct: IConstruct): Attachment | undefined {
    return this.on(construct).reduce<Attachment | undefined>(
      (best, next) => (best && depth(best) >= depth(next) ? best : next),
      undefined,
    );
  }

  /**
   * The attachment of constructs that the finished tree shows to be one target: an API and its
   * imports in other stacks.
   *
   * @throws where two policies were put on it.
   */
  public single(constructs: IConstruct[]): Attachment {
    const [first, ...others] = constructs.map((construct) => this.nearest(construct)!);
    const second = others.find(({ source }) => source !== first.source);
    if (second) throw new CorsPolicyError([secondPolicy(second, first)]);
    return first;
  }

  /**
   * All constructs that a policy was put on, in the order of the calls; not those that were removed
   * since.
   */
  public get constructs(): IConstruct[] {
    return [...this.byConstruct.keys()].filter(isInTree);
  }

  private on(construct: IConstruct): Attachment[] {
    return this.byConstruct.get(identity(construct)) ?? [];
  }
}

/** The deeper, the nearer to what it covers. */
export function depth({ origin, isDefault }: Attachment): number {
  return isDefault ? 0 : origin.node.scopes.length;
}

/** An L2 and the L1 that it wraps are one target: the L2. */
export function identity(construct: IConstruct): IConstruct {
  const { scope, id } = construct.node;
  return CfnResource.isCfnResource(construct) && id === L1_ID && scope && Resource.isResource(scope)
    ? scope
    : construct;
}

function secondPolicy(second: Attachment, first: Attachment): string {
  return (
    `${second.construct.node.path}: ${second.calledAs} puts a second CORS policy here; ` +
    `the first came by ${first.calledAs}` +
    `${first.construct === second.construct ? '' : ` on ${first.construct.node.path}`}. Keep one of them.`
  );
}
