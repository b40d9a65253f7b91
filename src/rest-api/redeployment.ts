import { createHash } from 'node:crypto';
import { type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { getOrCreate } from '../collections';
import { addDependency, L1_ID } from '../tree/cdk-internals';
import { property } from '../tree/properties';
import { dependenciesAround, Waiting } from '../tree/waiting';
import { isWrittenDown } from '../tree/written-references';
import {
  warnAboutDeploymentBefore,
  warnAboutDeploymentElsewhere,
  warnAboutFixedDeployment,
  warnAboutNoDeployment,
  warnAboutStageDescription,
} from './diagnostics';
import type { Change, EffectivePolicies } from './effective-policies';
import type { RestApiTree } from './rest-api-tree';

/**
 * Gives each Deployment of an API a new logical id whenever CORS changes, and makes it wait for
 * what CORS adds and changes: a stage serves the snapshot that a Deployment took, and
 * CloudFormation takes a new one only under a new id.
 */
export function renewDeployments({ tree, resources }: EffectivePolicies, changes: Change[]): void {
  if (changes.length === 0) return;
  if (tree.deployments.length === 0) warnAboutNoDeployment(resources[0]?.by.construct ?? tree.api!);
  for (const deployment of tree.deployments) {
    const known = hashed.get(deployment);
    if (known) known.changes = changes;
    else if (property(deployment, 'StageDescription') !== undefined) warnAboutStageDescription(deployment);
    else hashInto(deployment, changes, tree);
    waitFor(deployment, changes);
  }
}

/** What each Deployment's id depends on; another look at the tree renews it. */
const hashed = new WeakMap<CfnResource, { changes: Change[] }>();

function hashInto(deployment: CfnResource, changes: Change[], tree: RestApiTree): void {
  const content = { changes };
  hashed.set(deployment, content);
  const hash = () => fingerprint(content.changes, Stack.of(deployment));
  const l2 = deployment.node.scope as { addToLogicalId?(data: unknown): void };
  if (deployment.node.id === L1_ID && typeof l2.addToLogicalId === 'function') {
    l2.addToLogicalId({ cors: Lazy.uncachedAny({ produce: hash }) });
  } else {
    rename(deployment, hash, tree);
  }
}

/**
 * A Deployment's L1 has no such method: its id gets the hash at its end, and every reference
 * follows.
 */
function rename(deployment: CfnResource, hash: () => string, tree: RestApiTree): void {
  const stack = Stack.of(deployment);
  const before = stack.resolve(deployment.logicalId);
  try {
    deployment.overrideLogicalId(Lazy.uncachedString({ produce: () => before + hash() }));
  } catch {
    // Another stack imports it by its id.
    warnAboutFixedDeployment(deployment);
    return;
  }
  if (isDeployedElsewhere(deployment, tree) || isWrittenDown(before, stack)) {
    deployment.overrideLogicalId(before);
    warnAboutFixedDeployment(deployment);
  }
}

/**
 * A stage in another stack imports the id by an export that is named after it, and CloudFormation
 * keeps an export that is imported.
 */
function isDeployedElsewhere(deployment: CfnResource, { stages, deployments }: RestApiTree): boolean {
  const near = (cfn: CfnResource) => outermost(Stack.of(cfn));
  return stages.some(
    (stage) => near(stage) !== near(deployment) && !deployments.some((other) => near(other) === near(stage)),
  );
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function fingerprint(changes: Change[], stack: Stack): string {
  const resolved = new Map<unknown, string>();
  // Many resources share one answer.
  const text = (content: unknown) => getOrCreate(resolved, content, () => JSON.stringify(stack.resolve(content)));
  const lines = changes.map(({ construct, content }) => `${construct.node.path} ${text(content)}`);
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 32);
}

/**
 * Across stacks only where the Deployment waits for that stack already: anything else could be a
 * cycle.
 */
function waitFor(deployment: CfnResource, changes: Change[]): void {
  const awaited = stacksAwaitedBy(deployment);
  const isNear = ({ construct }: Change) => awaited.has(Stack.of(construct));
  // The API itself is mentioned by each Deployment.
  const parts = changes.filter(({ construct }) => construct.cfnResourceType !== 'AWS::ApiGateway::RestApi');
  const already = new Set(dependenciesAround(deployment));
  const waiting = new Waiting();
  const before: CfnResource[] = [];
  for (const { construct, made } of parts.filter(isNear)) {
    if (construct.node.scopes.some((scope) => already.has(scope))) continue;
    // The user's resources may depend on the Deployment; those of CORS depend on the API alone.
    if (!made && waiting.waitsFor(construct, deployment)) before.push(construct);
    else addDependency(deployment, construct);
  }
  if (before.length > 0) warnAboutDeploymentBefore(deployment, before);
  const missed = parts.filter((change) => !isNear(change)).map(({ construct }) => Stack.of(construct));
  if (missed.length > 0) warnAboutDeploymentElsewhere(deployment, [...new Set(missed)]);
}

/** Skips ancestors of the Deployment's stack: they may depend on it. */
function stacksAwaitedBy(deployment: CfnResource): Set<Stack> {
  const own = Stack.of(deployment);
  const targets = deployment.node.scopes.flatMap((scope) => scope.node.dependencies.map((target) => Stack.of(target)));
  const around = targets.flatMap((stack) => stack.node.scopes.filter((scope): scope is Stack => Stack.isStack(scope)));
  return new Set([own, ...[...own.dependencies, ...around].filter((stack) => !own.node.scopes.includes(stack))]);
}
