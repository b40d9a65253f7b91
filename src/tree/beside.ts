import { CfnElement, type CfnResource, Stack } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';

/**
 * Makes a resource that belongs to a construct, with the logical id that it would have below it.
 *
 * Below an L1 it would spread what depends on that: `DependsOn: Api` stands for the API and all
 * that is below it in the construct tree, so accounts, permissions and models would wait for
 * preflights. What belongs to an L1 therefore stands beside it.
 *
 * @param ids the path that it would have below the owner
 */
export function makeFor<T extends CfnResource>(
  owner: IConstruct,
  ids: [...string[], string],
  make: (scope: Construct, id: string) => T,
): T {
  const [last, ...above] = [ids[ids.length - 1], ...ids.slice(0, -1)];
  if (!CfnElement.isCfnElement(owner)) return make(within(owner, above), last);
  const made = make(within(owner.node.scope!, [`@cdk-cors-${owner.node.id}`, ...above]), last);
  made.overrideLogicalId(logicalIdAt(owner, ids));
  return made;
}

/** The resource that `makeFor` made, if it did. */
export function madeFor(owner: IConstruct, ids: [...string[], string]): IConstruct | undefined {
  const isElement = CfnElement.isCfnElement(owner);
  const path = isElement ? [`@cdk-cors-${owner.node.id}`, ...ids] : ids;
  return path.reduce<IConstruct | undefined>(
    (scope, id) => scope?.node.tryFindChild(id),
    isElement ? owner.node.scope : owner,
  );
}

function within(scope: IConstruct, ids: string[]): Construct {
  return ids.reduce(
    (above, id) => (above.node.tryFindChild(id) as Construct | undefined) ?? new Construct(above, id),
    scope as Construct,
  );
}

/** As the stack gives them out, which the app may have a say in. */
function logicalIdAt(owner: IConstruct, ids: string[]): string {
  const probe = new Probe(within(owner, ids.slice(0, -1)), ids[ids.length - 1]);
  try {
    return Stack.of(owner).getLogicalId(probe);
  } finally {
    owner.node.tryRemoveChild(ids[0]);
  }
}

class Probe extends CfnElement {
  /** @internal */
  public _toCloudFormation(): object {
    return {};
  }
}
