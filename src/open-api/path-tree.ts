import type { PathNode } from '../api-gateway/reachable-methods';

/** A part of a path, with the verbs of the path that ends there. */
export interface VerbsAtPath extends PathNode {
  readonly verbs: string[];
}

/** The paths of a document as API Gateway makes resources of them: one for each part. */
export class PathTree {
  public readonly nodes = new Map<string, VerbsAtPath>();

  public add(path: string, verbs: string[]): void {
    this.at(partsOf(path)).verbs.push(...verbs);
  }

  public node(path: string): VerbsAtPath {
    return this.at(partsOf(path));
  }

  private at(parts: string[]): VerbsAtPath {
    const key = `/${parts.join('/')}`;
    const known = this.nodes.get(key);
    if (known) return known;
    const parent = parts.length > 0 ? this.at(parts.slice(0, -1)) : undefined;
    const node = { key, part: parts.at(-1) ?? '', parentKey: parent?.key, verbs: [] };
    this.nodes.set(key, node);
    return node;
  }
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
