import { createHash } from 'node:crypto';
import { type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { RestApiTree } from './api-tree';

/** What CORS adds to one API, as far as a stage has to be deployed anew when it changes. */
export interface Change {
  readonly construct: IConstruct;
  /** The content; may hold tokens. */
  readonly content: unknown;
}

/** The content of a Deployment is its logical id: kept per Deployment, so that another look at the tree renews it. */
const contents = new WeakMap<CfnResource, { changes: Change[] }>();

/**
 * Gives each Deployment of an API a new logical id whenever CORS changes, and makes it wait for what CORS adds: a stage serves the snapshot that a
 * Deployment took, and CloudFormation takes a new one only under a new id.
 */
export function renewDeployments(tree: RestApiTree, changes: Change[]): void {
  for (const deployment of tree.deployments) {
    const known = contents.get(deployment);
    if (known) known.changes = changes;
    else hashInto(deployment, changes);
    for (const { construct } of changes) {
      if (Stack.of(construct) === Stack.of(deployment)) deployment.node.addDependency(construct);
    }
  }
}

function hashInto(deployment: CfnResource, changes: Change[]): void {
  const content = { changes };
  contents.set(deployment, content);
  const hash = () => fingerprint(content.changes, Stack.of(deployment));
  const l2 = deployment.node.scope as { addToLogicalId?(data: unknown): void };
  if (deployment.node.id === 'Resource' && typeof l2.addToLogicalId === 'function') {
    l2.addToLogicalId({ cors: Lazy.uncachedAny({ produce: hash }) });
    return;
  }
  const before = Stack.of(deployment).resolve(deployment.logicalId);
  deployment.overrideLogicalId(Lazy.uncachedString({ produce: () => before + hash() }));
}

function fingerprint(changes: Change[], stack: Stack): string {
  const resolved = new Map<unknown, string>();
  const lines = changes.map(({ construct, content }) => {
    // Many resources share one answer.
    if (!resolved.has(content)) resolved.set(content, JSON.stringify(stack.resolve(content)));
    return `${construct.node.path} ${resolved.get(content)}`;
  });
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 32);
}
