import { CfnResource } from 'aws-cdk-lib/aws-apigateway';
import { isGreedy, isVariable } from '../api-gateway/path-part';
import { getOrCreate } from '../collections';
import { makeFor } from '../tree/beside';
import { isOwn, markOwn } from '../tree/own-constructs';
import { underSameCondition } from '../tree/under-same-condition';
import { idsOf, standsOn } from './preflight';
import type { ResourceNode, RestApiTree } from './rest-api-tree';

export function isSharedResource(node: ResourceNode): boolean {
  return isOwn(node.construct, 'shared-resource');
}

/**
 * Makes the greedy resources whose OPTIONS can answer for every resource below their parents: one
 * at the root, or, where the root has a variable child beside which API Gateway allows no other, at
 * the highest places that are free and save something.
 *
 * @param answersFor the resources that need no OPTIONS of their own if there is a shared one
 * @param isUsable whether an existing greedy resource gets an OPTIONS that can answer for others
 */
export function placeSharedResources(
  tree: RestApiTree,
  answersFor: (node: ResourceNode) => boolean,
  isUsable: (greedy: ResourceNode) => boolean,
): void {
  const children = new Map<string | undefined, ResourceNode[]>();
  for (const node of tree.resources.values()) {
    const isTop = node.parentKey === undefined || !tree.resources.has(node.parentKey);
    getOrCreate(children, isTop ? undefined : node.parentKey, () => []).push(node);
  }
  const below = (node: ResourceNode): ResourceNode[] =>
    (children.get(node.key) ?? []).flatMap((child) => [child, ...below(child)]);

  const place = (parent: ResourceNode): void => {
    const variable = children.get(parent.key)?.find(isVariable);
    if (variable && isGreedy(variable) && isUsable(variable)) return;
    if (!variable && isWorthIt(parent)) {
      const greedy = makeGreedy(parent);
      tree.resources.set(greedy.key, greedy);
    } else {
      for (const child of children.get(parent.key) ?? []) place(child);
    }
  };
  // Below the root it costs two resources, and has to save more. Of an imported API's root not all
  // children are known.
  const isWorthIt = (parent: ResourceNode) =>
    parent.part === '' ? tree.api !== undefined : below(parent).filter(answersFor).length > 2;
  for (const top of children.get(undefined) ?? []) place(top);
}

/**
 * By the name, and so the logical id, that `addProxy` would give it, but without what an L2
 * inherits from its parents.
 */
function makeGreedy(parent: ResourceNode): ResourceNode {
  const part = '{proxy+}';
  const { restApiId, resourceId } = idsOf(parent.construct);
  const props = { restApiId, parentId: resourceId, pathPart: part };
  const cfn = makeFor(parent.construct, [part, 'Resource'], (scope, id) => new CfnResource(scope, id, props));
  const construct = cfn.node.scope!;
  underSameCondition(cfn, standsOn(parent.construct));
  for (const each of [construct, cfn]) markOwn(each, 'shared-resource');
  return { key: `shared ${parent.key}`, construct, part, parentKey: parent.key, methods: [] };
}
