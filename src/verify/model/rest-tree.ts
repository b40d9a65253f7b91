import type { RestMethod, RestResource } from './api-model';

/** Builds the tree of resources, and notices what API Gateway refuses about it. */
export class RestTree {
  public readonly root: RestResource = { path: '/', pathPart: '', children: [], methods: new Map() };

  public constructor(private readonly faults: string[]) {}

  /**
   * The resource at this path, made where it is missing, as an import of an OpenAPI document does.
   */
  public at(path: string): RestResource {
    return path
      .split('/')
      .filter((part) => part !== '')
      .reduce<RestResource>(
        (parent, part) => parent.children.find(({ pathPart }) => pathPart === part) ?? this.child(parent, part),
        this.root,
      );
  }

  public child(parent: RestResource, pathPart: string): RestResource {
    const child: RestResource = {
      path: `${parent.path === '/' ? '' : parent.path}/${pathPart}`,
      pathPart,
      children: [],
      methods: new Map(),
    };
    const twin = parent.children.find((other) => other.pathPart === pathPart);
    const variable = isVariable(pathPart) && parent.children.find((other) => isVariable(other.pathPart));
    if (twin)
      this.faults.push(`${child.path} is made twice: another resource with the same parent already has this name.`);
    else if (variable)
      this.faults.push(
        `${child.path} cannot stand beside ${variable.path}: ` +
          'a sibling of a resource may have only one variable path part.',
      );
    if (isGreedy(parent.pathPart))
      this.faults.push(`${child.path} cannot be made: a greedy resource such as ${parent.path} has no children.`);
    parent.children.push(child);
    return child;
  }

  public add(resource: RestResource, method: RestMethod): void {
    const twin = resource.methods.get(method.verb);
    if (twin)
      this.faults.push(
        `${method.verb} ${resource.path} is made twice, by ${twin.where} and by ${method.where}: ` +
          '"Method already exists for this resource".',
      );
    if (!method.integration)
      this.faults.push(
        `${method.verb} ${resource.path} (${method.where}) has no integration: "No integration defined for method".`,
      );
    resource.methods.set(method.verb, method);
  }
}

/** '{id}' and '{proxy+}'. */
export function isVariable(pathPart: string): boolean {
  return pathPart.startsWith('{');
}

export function isGreedy(pathPart: string): boolean {
  return pathPart.endsWith('+}');
}
