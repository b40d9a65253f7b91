import type { AssemblyFiles } from './assembly-files';

/**
 * Where the constructs stand whose logical ids are these. In one stack with nested ones several may
 * share an id.
 */
export type ConstructPaths = Map<string, string[]>;

/** The construct paths of a stack and of those nested in it, from the metadata of its assembly. */
export function constructPaths(folder: string, artifact: any, files: AssemblyFiles): ConstructPaths {
  const file = files.assetPath(folder, artifact.additionalMetadataFile);
  const inFile = file ? files.json('', file) : {};
  const paths: ConstructPaths = new Map();
  for (const [path, entries] of Object.entries<any>({ ...artifact.metadata, ...inFile })) {
    for (const { type, data } of Array.isArray(entries) ? entries : []) {
      if (type === 'aws:cdk:logicalId')
        paths.set(data, [...(paths.get(data) ?? []), path.replace(/^\//, '').replace(/\/Resource$/, '')]);
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
