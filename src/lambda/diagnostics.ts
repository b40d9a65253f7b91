import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { quote } from '../policy/faults';
import type { Policy } from '../policy/policy';
import { identity } from '../tree/attachments';
import { corsAwareFunctions } from '../tree/cors-aware-backends';
import { property } from '../tree/properties';
import type { RoutePolicy } from '../tree/route-policies';
import { warn } from '../warnings/warn';

/**
 * Problems of functions that send the CORS headers themselves. Each id is explained in
 * `docs/rules.md`.
 */

/** A function behind routes of another policy: a page needs the consent of both. */
export interface Mismatch {
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

/** The service adds its headers to those of the function, and takes none away. */
export function warnAboutDoubleCors(stage: IConstruct): void {
  for (const url of functionUrls(stage)) {
    if (property(url, 'Cors') === undefined) continue;
    const [fn] = corsAwareFunctions(property(url, 'TargetFunctionArn'), url);
    if (!fn) continue;
    warn(identity(url), 'DoubleCors', { fn: fn.node.path });
  }
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
