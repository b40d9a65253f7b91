import { type CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import type { Policy } from '../policy/policy';
import { L1_ID } from '../tree/cdk-internals';
import { type BehaviorNode, behaviorsInFrontOf } from '../tree/distributions';
import type { WarningId } from './catalogue';
import { warn } from './warn';

/**
 * Notes that an API of this Stage follows a policy; what stands in front of it is looked at last.
 */
export function followsPolicy(api: CfnResource, cors: Policy): void {
  getOrCreate(followers, Stage.of(api)!, () => new Map<CfnResource, Policy>()).set(api, cors);
}

const followers = new WeakMap<IConstruct, Map<CfnResource, Policy>>();

/**
 * A distribution in front of an API may undo what a policy does: each cause has an id of its own,
 * told once for each distribution. The warnings are explained in `docs/rules.md`.
 */
export function warnAboutDistributions(stage: IConstruct): void {
  const policies = followers.get(stage) ?? new Map<CfnResource, Policy>();
  const causes = new Map<CfnResource, Map<DistributionWarning, BehaviorNode[]>>();
  for (const behavior of behaviorsInFrontOf([...policies.keys()], stage)) {
    const ofDistribution = getOrCreate(
      causes,
      behavior.distribution,
      () => new Map<DistributionWarning, BehaviorNode[]>(),
    );
    for (const id of causesIn(behavior, policies.get(behavior.api)!))
      getOrCreate(ofDistribution, id, () => []).push(behavior);
  }
  for (const [distribution, byId] of causes) {
    for (const [id, behaviors] of byId) warn(placeOf(distribution), id, { behaviors: namesOf(behaviors) });
  }
}

type DistributionWarning = Extract<WarningId, `Distribution${string}`>;

function causesIn(behavior: BehaviorNode, cors: Policy): DistributionWarning[] {
  if (behavior.hasCode) return [];
  const causes: [DistributionWarning, boolean][] = [
    ['DistributionDropsPreflight', dropsPreflight(behavior)],
    ['DistributionHidesOrigin', hidesOrigin(behavior, cors)],
    ['DistributionForwardsHost', sends(behavior, 'host') === true],
    ['DistributionOverrides', overrides(behavior, cors)],
  ];
  return causes.filter(([, holds]) => holds).map(([id]) => id);
}

function dropsPreflight({ allowedMethods }: BehaviorNode): boolean {
  return allowedMethods !== undefined && !allowedMethods.includes('OPTIONS');
}

/** A REST API that says the same to every page looks at no request. */
function hidesOrigin(behavior: BehaviorNode, { origins }: Policy): boolean {
  const isHttp = behavior.api.cfnResourceType === 'AWS::ApiGatewayV2::Api';
  if (!isHttp && origins.staticOrigin !== undefined) return false;
  const needed = isHttp ? ['origin', 'access-control-request-method'] : ['origin'];
  return !behavior.isLegacy && needed.some((name) => sends(behavior, name) === false);
}

/** `undefined` where nobody knows before the deployment. */
function sends({ keyHeaders, moreHeaders }: BehaviorNode, name: string): boolean | undefined {
  if (keyHeaders?.has(name) || moreHeaders?.has(name)) return true;
  return keyHeaders && moreHeaders ? false : undefined;
}

/** What the policy lets in and the headers of the distribution do not. */
function overrides({ override }: BehaviorNode, { origins, credentials }: Policy): boolean {
  if (!override) return false;
  if (credentials && (!override.credentials || override.origins.includes('*'))) return true;
  const isPlain = override.origins.every((origin) => /^https?:\/\/[^*]+$/.test(origin));
  return isPlain && (origins.any || origins.exact.some((origin) => !override.origins.includes(origin)));
}

/** A warning stands at the construct that the user wrote, where it can be acknowledged. */
function placeOf(distribution: CfnResource): IConstruct {
  const { scope, id } = distribution.node;
  return scope && (id === L1_ID || id === 'CFDistribution') ? scope : distribution;
}

function namesOf(behaviors: BehaviorNode[]): string {
  const patterns = [...new Set(behaviors.map(({ pattern }) => pattern))];
  const apis = [...new Set(behaviors.map(({ api }) => api.node.path.replace(/\/Resource$/, '')))];
  return `${patterns.join(', ')} in front of ${apis.join(', ')}`;
}
