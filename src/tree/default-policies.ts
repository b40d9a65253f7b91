import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CorsPolicyError } from '../policy/faults';
import type { AppliedPolicy, Attachment } from './attachments';

/**
 * What the APIs below a scope get unless they have a policy of their own;
 * none at all where `policy` is missing.
 */
interface DefaultPolicy {
  readonly scope: IConstruct;
  readonly policy?: AppliedPolicy;
}

const byScope = new WeakMap<IConstruct, DefaultPolicy>();
const stagesWithSome = new WeakSet<IConstruct>();

/**
 * @throws where the scope has one already.
 */
export function setDefaultPolicy(scope: IConstruct, policy?: AppliedPolicy): void {
  if (byScope.has(scope)) {
    throw new CorsPolicyError(
      ['CorsDefaults: this scope has a default already, and its APIs can follow one. Keep one of the two calls.'],
      scope.node.path,
    );
  }
  byScope.set(scope, { scope, policy });
  stagesWithSome.add(stageAround(scope));
}

/** The default that holds for a construct: the one set nearest to it. */
export function defaultPolicyOf(construct: IConstruct): DefaultPolicy | undefined {
  const scope = construct.node.scopes.reverse().find((each) => byScope.has(each));
  return scope && byScope.get(scope);
}

/** What keeps an API from a policy, with what to do about it where that is a default. */
export function withWaysOut(fault: string, { construct, origin, isDefault }: Attachment): string {
  return isDefault
    ? `${fault} The policy comes from CorsDefaults of ${origin.node.path || 'the App'}: ` +
        `give ${construct.node.path} one of its own, or write CorsDefaults.of(api).none() for it.`
    : fault;
}

/** Whether a default may hold for anything in a Stage. */
export function hasDefaultPolicies(stage: IConstruct): boolean {
  return stagesWithSome.has(stage) || defaultPolicyOf(stage) !== undefined;
}

/** A Stage is around itself. */
function stageAround(scope: IConstruct): IConstruct {
  return Stage.isStage(scope) ? scope : (Stage.of(scope) ?? scope);
}
