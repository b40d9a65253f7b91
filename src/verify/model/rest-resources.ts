import type { FoundResource } from '../template/all-resources';
import { isKnown, readable } from '../unknown';
import type { RestResource } from './api-model';
import { type ApiParts, partsOfType } from './api-parts';
import { textOf } from './properties';
import type { RestTree } from './rest-tree';

/**
 * Puts every AWS::ApiGateway::Resource under its parent, and returns what finds a resource by the
 * id that a reference resolves to.
 */
export function placeResources(
  all: ApiParts,
  tree: RestTree,
  notes: Set<string>,
): (id: unknown) => RestResource | undefined {
  const parts = new Map<unknown, FoundResource>(
    partsOfType(all, 'AWS::ApiGateway::Resource').map((part) => [part.id, part]),
  );
  const placed = new Map<unknown, RestResource | undefined>([[rootIdOf(all), tree.root]]);

  const place = (id: unknown): RestResource | undefined => {
    if (placed.has(id)) return placed.get(id);
    placed.set(id, undefined); // resources that are each other's parents
    const part = parts.get(id);
    const parent = part && place(part.properties.ParentId);
    if (part && !isKnown(textOf(part.properties.PathPart)))
      notes.add(`the path of ${part.name} is known only after deployment`);
    if (part && parent) placed.set(id, tree.child(parent, textOf(part.properties.PathPart)));
    else notes.add(`where ${readable(textOf(id))} stands in the tree of resources is not in the template`);
    return placed.get(id);
  };
  for (const id of parts.keys()) place(id);
  return place;
}

/**
 * An imported API's root has an id that only the deployer knows: the one parent that is not a
 * resource of the template.
 */
function rootIdOf(all: ApiParts): string {
  if (all.api) return textOf(all.api.scope.attribute(all.api.logicalId, 'RootResourceId'));
  const resources = partsOfType(all, 'AWS::ApiGateway::Resource');
  const own = new Set(resources.map(({ id }) => id));
  const parents = [
    ...resources.map(({ properties }) => properties.ParentId),
    ...partsOfType(all, 'AWS::ApiGateway::Method').map(({ properties }) => properties.ResourceId),
  ];
  const foreign = new Set(parents.filter((id) => !own.has(id)).map(textOf));
  const named = Array.from(foreign).find((id) => /RootResourceId/.test(id));
  return named ?? (foreign.size === 1 ? Array.from(foreign)[0] : '');
}
