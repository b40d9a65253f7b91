import type { AssemblyFiles } from './assembly-files';

/**
 * Where the constructs stand whose logical ids are these. In one stack with nested ones several may
 * share an id.
 */
export type ConstructPaths = Map<string, string[]>;

/**
 * What aws-cdk-lib notes of the constructs of a stack and of those nested in it, by construct path.
 */
export type ConstructMetadata = [path: string, entries: { type?: unknown; data?: any; trace?: unknown }[]][];

export function constructMetadata(folder: string, artifact: any, files: AssemblyFiles): ConstructMetadata {
  const file = files.assetPath(folder, artifact.additionalMetadataFile);
  const inFile = file ? files.json('', file) : {};
  return Object.entries<any>({ ...artifact.metadata, ...inFile }).map(([path, entries]) => [
    path.replace(/^\//, ''),
    (Array.isArray(entries) ? entries : []).filter((entry) => typeof entry === 'object' && entry !== null),
  ]);
}

export function constructPaths(metadata: ConstructMetadata): ConstructPaths {
  const paths: ConstructPaths = new Map();
  for (const [path, entries] of metadata) {
    for (const { type, data } of entries) {
      if (type === 'aws:cdk:logicalId') paths.set(data, [...(paths.get(data) ?? []), path.replace(/\/Resource$/, '')]);
    }
  }
  return paths;
}

/**
 * 'Top/Below.NestedStack/Below.NestedStackResource' is where aws-cdk-lib puts the resource of the
 * nested stack Top/Below.
 */
export function nestedStackPath(resourcePath: string): string {
  return resourcePath.replace(/\.NestedStack\/[^/]*$/, '');
}
