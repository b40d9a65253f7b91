import { type CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { getOrCreate, groupBy } from '../collections';
import type { Policy } from '../policy/policy';
import { L1_ID } from '../tree/cdk-internals';
import { type BehaviorNode, behaviorsInFrontOf } from '../tree/distributions';
import type { WarningId } from './catalogue';
import type { Dropped } from './texts/distributions';
import { warn } from './warn';

/**
 * Notes that an API or a function URL of this Stage follows a policy; what stands in front of it
 * is looked at last.
 *
 * @param verbs of the routes under the policy, as far as they are known: `GET`, `ANY`, …
 */
export function followsPolicy(api: CfnResource, policy: Policy, verbs: (string | undefined)[]): void {
  const ofStage = getOrCreate(followers, Stage.of(api)!, () => new Map<CfnResource, Follower>());
  ofStage.set(api, { policy, writes: [...new Set([...(ofStage.get(api)?.writes ?? []), ...writesOf(policy, verbs)])] });
}

interface Follower {
  readonly policy: Policy;
  /** The methods of its pages that change something, and that CloudFront may leave out. */
  readonly writes: string[];
}

const followers = new WeakMap<IConstruct, Map<CfnResource, Follower>>();

/** `ANY` alone says nothing of what pages call. */
function writesOf({ methods = ['*'] }: Policy, verbs: (string | undefined)[]): string[] {
  const called = methods.includes('*')
    ? verbs
    : methods.filter((each) => verbs.includes(each) || verbs.includes('ANY'));
  return WRITES.filter((method) => called.includes(method));
}

const WRITES = ['PUT', 'POST', 'PATCH', 'DELETE'];

/**
 * A distribution in front of an API may undo what a policy does: each cause has an id of its own,
 * told once for each distribution. The warnings are explained in `docs/rules.md`.
 */
export function warnAboutDistributions(stage: IConstruct): void {
  const ofStage = followers.get(stage) ?? new Map<CfnResource, Follower>();
  const all = behaviorsInFrontOf([...ofStage.keys()], stage);
  const pairs = all.map((behavior) => ({ behavior, ...ofStage.get(behavior.api)! }));
  for (const ways of groupBy(pairs, ({ behavior }) => behavior.distribution.node.path)) {
    const place = placeOf(ways[0].behavior.distribution);
    const certain = ways.filter(({ behavior }) => !behavior.hasCode);
    const dropped = droppedIn(ways);
    if (dropped) warn(place, 'DistributionDropsPreflight', dropped);
    for (const [id, holds] of CAUSES) {
      const found = certain.filter(holds);
      if (found.length > 0) warn(place, id, { behaviors: namesOf(found) });
    }
  }
}

/** A behavior in front of an API that follows a policy. */
interface Way extends Follower {
  readonly behavior: BehaviorNode;
}

const CAUSES: [Exclude<DistributionWarning, 'DistributionDropsPreflight'>, (way: Way) => boolean][] = [
  ['DistributionHidesOrigin', hidesOrigin],
  ['DistributionForwardsHost', ({ behavior }) => sends(behavior, 'host') === true],
  ['DistributionOverrides', overrides],
];

type DistributionWarning = Extract<WarningId, `Distribution${string}`>;

/** Behaviors that take no preflight, and those that take it and not the call after it. */
function droppedIn(ways: Way[]): Dropped | undefined {
  const isCertain = ({ behavior: { hasCode, allowedMethods } }: Way) => !hasCode && allowedMethods !== undefined;
  const silent = ways.filter((way) => isCertain(way) && !takes(way, 'OPTIONS'));
  const cut = ways.flatMap((way) => {
    const siblings = ways.filter(({ behavior }) => behavior.api === way.behavior.api);
    const isAllSeen = siblings.every(isCertain) && takes(way, 'OPTIONS');
    const missed = isAllSeen ? way.writes.filter((method) => !siblings.some((each) => takes(each, method))) : [];
    return missed.length > 0 ? [{ ...way, missed }] : [];
  });
  if (silent.length + cut.length === 0) return undefined;
  return {
    ...(silent.length > 0 && { behaviors: namesOf(silent) }),
    ...(cut.length > 0 && { cut: namesOf(cut), methods: [...new Set(cut.flatMap(({ missed }) => missed))].join(', ') }),
  };
}

function takes({ behavior }: Way, method: string): boolean {
  return behavior.allowedMethods?.includes(method) ?? true;
}

/** A REST API that says the same to every page looks at no request. */
function hidesOrigin({ behavior, policy: { origins } }: Way): boolean {
  const isRest = behavior.api.cfnResourceType === 'AWS::ApiGateway::RestApi';
  if (isRest && origins.staticOrigin !== undefined) return false;
  const needed = isRest ? ['origin'] : ['origin', 'access-control-request-method'];
  return !behavior.isLegacy && needed.some((name) => sends(behavior, name) === false);
}

/** `undefined` where nobody knows before the deployment. */
function sends({ keyHeaders, moreHeaders }: BehaviorNode, name: string): boolean | undefined {
  if (keyHeaders?.has(name) || moreHeaders?.has(name)) return true;
  return keyHeaders && moreHeaders ? false : undefined;
}

/** What the policy lets in and the headers of the distribution do not. */
function overrides({ behavior: { override }, policy: { origins, credentials } }: Way): boolean {
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

function namesOf(ways: Way[]): string {
  const patterns = [...new Set(ways.map(({ behavior }) => behavior.pattern))];
  const apis = [...new Set(ways.map(({ behavior }) => behavior.api.node.path.replace(/\/Resource$/, '')))];
  return `${patterns.join(', ')} in front of ${apis.join(', ')}`;
}
