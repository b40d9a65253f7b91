import { App, ConstructSelector, Mixins, Stack } from 'aws-cdk-lib';
import { Construct, type IConstruct, type IMixin } from 'constructs';

/**
 * `EnableCors` infers where `x.with(mixin)` began from the order in which the CDK asks `supports()`.
 * Where this fails, aws-cdk-lib or constructs changed that order: look at src/tree/mixin-scope.ts.
 */
function asked(apply: (root: Construct, mixin: IMixin) => void): string[] {
  const root = new Construct(new Stack(new App(), 'Stack'), 'Root');
  const child = new Construct(root, 'Child');
  new Construct(child, 'Grandchild');
  new Construct(root, 'Sibling');
  const order: string[] = [];
  const supports = (construct: IConstruct) => {
    order.push(construct.node.id);
    return false;
  };
  apply(root, { supports, applyTo: () => {} });
  return order;
}

test('with() asks about the construct first, then about each below it, once', () => {
  expect(asked((root, mixin) => root.with(mixin))).toEqual(['Root', 'Child', 'Grandchild', 'Sibling']);
});

test('Mixins.of() asks in the same order, and about the construct alone where only that is selected', () => {
  expect(asked((root, mixin) => Mixins.of(root).apply(mixin))).toEqual(['Root', 'Child', 'Grandchild', 'Sibling']);
  expect(asked((root, mixin) => Mixins.of(root, ConstructSelector.onlyItself()).apply(mixin))).toEqual(['Root']);
});
