import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import { ResourceKeys } from './resource-keys';

/**
 * What CloudFormation makes before a resource: what it refers to and depends on, and so on, through
 * all stacks of the app. Serves one look at the tree.
 */
export class Waiting {
  private readonly resourceKeys = new ResourceKeys();
  private readonly known = new Map<CfnResource, CfnResource[]>();

  /** Whether one resource is made after the other already, however that comes. */
  public waitsFor(resource: CfnResource, other: CfnResource): boolean {
    const seen = new Set<CfnResource>([resource]);
    for (const each of seen) {
      if (each === other) return true;
      for (const before of getOrCreate(this.known, each, () => this.madeBefore(each))) seen.add(before);
    }
    return false;
  }

  /** Whether what a value is made of is, or waits for, a resource. */
  public needs(value: unknown, user: IConstruct, other: CfnResource): boolean {
    return resourcesIn(this.resourceKeys.mentionedIn(value, user)).some((each) => this.waitsFor(each, other));
  }

  private madeBefore(resource: CfnResource): CfnResource[] {
    const targets = [...this.mentionedBy(resource), ...resource.obtainDependencies(), ...dependenciesAround(resource)];
    // A nested stack is made as a whole.
    const nested = targets.flatMap((target) => Stack.of(target).nestedStackResource ?? []);
    return [...resourcesIn(targets), ...resourcesIn(nested)];
  }

  private mentionedBy(resource: CfnResource): IConstruct[] {
    try {
      return this.resourceKeys.mentionedIn(this.resourceKeys.propertiesOf(resource), resource);
    } catch {
      return []; // A construct that cannot be rendered says so itself when its turn comes.
    }
  }
}

/** What was asked for on the construct level, by this construct or by one above it. */
export function dependenciesAround({ node }: IConstruct): IConstruct[] {
  return node.scopes.flatMap((scope) => scope.node.dependencies);
}

function resourcesIn(constructs: IConstruct[]): CfnResource[] {
  return constructs.flatMap((construct) => construct.node.findAll()).filter(CfnResource.isCfnResource);
}
