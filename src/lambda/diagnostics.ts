import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { quote } from '../policy/faults';
import type { Policy } from '../policy/policy';
import { identity } from '../tree/attachments';
import { corsAwareFunctions } from '../tree/cors-aware-backends';
import { behaviorsInFrontOf } from '../tree/distributions';
import { property } from '../tree/properties';
import type { RoutePolicies, RoutePolicy } from '../tree/route-policies';
import { warn } from '../warnings/warn';

/**
 * Problems of functions that send the CORS headers themselves. Each id is explained in
 * `docs/rules.md`.
 */

/** A function behind routes of another policy: a page needs the consent of both. */
interface Mismatch {
  readonly fn: IConstruct;
  readonly policy: Policy;
  readonly routes: RoutePolicy[];
}

export function warnAboutMismatches(runtime: IConstruct, mismatches: Mismatch[]): void {
  const said = mismatches.flatMap(({ fn, policy, routes }) =>
    routes.map((route) => {
      const behind = `${fn.node.path} behind ${route.route} of ${route.apis[0].node.path}`;
      return `${behind}: ${differences(policy, route.policy).join(', and ')}`;
    }),
  );
  if (said.length === 0) return;
  const isReplaced = mismatches.every(({ routes }) => routes.every(({ gatewaySets }) => gatewaySets));
  warn(runtime, 'PolicyMismatch', { differences: [...new Set(said)], isReplaced });
}

/** How what a page may read of a function differs from the policy of the route in front of it. */
export function differences(own: Policy, ofRoute: Policy): string[] {
  return [
    ...difference('allowOrigins', own.origins.values, ofRoute.origins.values),
    ...(own.credentials === ofRoute.credentials
      ? []
      : [`allowCredentials is ${own.credentials} for the function and ${ofRoute.credentials} for the API`]),
    ...difference('exposeHeaders', lower(own.exposeHeaders), lower(ofRoute.exposeHeaders)),
  ];
}

function difference(option: string, own: string[], ofRoute: string[]): string[] {
  const isSame = own.length === ofRoute.length && own.every((value) => ofRoute.includes(value));
  return isSame ? [] : [`${option} is ${quote(own)} for the function and ${quote(ofRoute)} for the API`];
}

function lower(names: string[]): string[] {
  return names.map((name) => name.toLowerCase());
}

/** Function URLs in front of functions that send the headers themselves. */
export function warnAboutFunctionUrls(stage: IConstruct, notes: RoutePolicies): void {
  for (const url of functionUrls(stage)) {
    const [fn] = corsAwareFunctions(property(url, 'TargetFunctionArn'), url);
    if (!fn) continue;
    const details = { fn: fn.node.path };
    // The service adds its headers to those of the function, and takes none away.
    if (property(url, 'Cors') !== undefined) warn(identity(url), 'DoubleCors', details);
    else if (isForSignersOnly(url, fn, stage, notes)) warn(identity(url), 'SignedFunctionUrl', details);
  }
}

/**
 * Whether pages have no other way to the function than a URL that refuses their preflights. A
 * distribution in front may sign them, and a function behind an API may have the URL for other
 * uses.
 */
function isForSignersOnly(url: CfnResource, fn: IConstruct, stage: IConstruct, notes: RoutePolicies): boolean {
  return (
    property(url, 'AuthType') === 'AWS_IAM' &&
    notes.ofFunction(fn).length === 0 &&
    behaviorsInFrontOf([url], stage).length === 0
  );
}

function functionUrls(stage: IConstruct): CfnResource[] {
  const found: CfnResource[] = [];
  const visit = (construct: IConstruct): void => {
    if (CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::Lambda::Url') found.push(construct);
    for (const child of construct.node.children) if (!Stage.isStage(child)) visit(child);
  };
  visit(stage);
  return found;
}
