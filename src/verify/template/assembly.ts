import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isObject, parseText, readTemplate, type Template } from './document';
import { type Surroundings, TemplateScope } from './scope';

/** One stack of a cloud assembly. */
export interface AssemblyStack {
  readonly templateFile: string;
  readonly scope: TemplateScope;
}

/** All stacks of a cloud assembly (`cdk.out`), those of nested assemblies (Stages) included; they can see each other's exports. */
export function readAssembly(directory: string): AssemblyStack[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new Error(`${directory} is no directory.`);
  if (!existsSync(join(directory, 'manifest.json'))) {
    throw new Error(`${directory} is no cloud assembly: it has no manifest.json. It is what \`cdk synth\` leaves behind, usually cdk.out.`);
  }
  const neighbours = new Neighbours();
  for (const { folder, templateFile } of stackFiles(directory)) neighbours.add(folder, templateFile);
  return neighbours.stacks;
}

function stackFiles(folder: string): { folder: string; templateFile: string }[] {
  const artifacts: any[] = Object.values(readJson(join(folder, 'manifest.json')).artifacts ?? {});
  return artifacts.flatMap(({ type, properties }) => {
    if (type === 'cdk:cloud-assembly') return stackFiles(join(folder, properties.directoryName));
    if (type === 'aws:cloudformation:stack') return [{ folder, templateFile: properties.templateFile }];
    return [];
  });
}

/** The stacks of an assembly, as each other's surroundings. */
class Neighbours implements Surroundings {
  public readonly stacks: AssemblyStack[] = [];
  private readonly folders = new Map<TemplateScope, string>();
  private readonly nestedScopes = new Map<TemplateScope, Map<string, TemplateScope | undefined>>();
  private readonly assets = new Map<string, string>();
  private exports?: Map<string, () => any>;

  public add(folder: string, templateFile: string): void {
    const path = join(folder, templateFile);
    const scope = this.scope(folder, readTemplate(readFileSync(path, 'utf8'), path), `${templateFile.replace(/\.template\.json$/, '')}/`);
    this.stacks.push({ templateFile: path, scope });
    this.indexAssets(folder);
  }

  public nested(parent: TemplateScope, logicalId: string): TemplateScope | undefined {
    const known = this.nestedScopes.get(parent) ?? new Map<string, TemplateScope | undefined>();
    this.nestedScopes.set(parent, known);
    if (!known.has(logicalId)) {
      known.set(logicalId, undefined); // a stack whose parameters ask for its own outputs
      known.set(logicalId, this.readNested(parent, logicalId));
    }
    return known.get(logicalId);
  }

  public exported(name: string): any {
    this.exports ??= new Map(this.stacks.flatMap(({ scope }) => exportsOf(scope)));
    return this.exports.get(name)?.();
  }

  public asset(key: string): any {
    const path = this.assetPath(key);
    return path && parseText(readFileSync(path, 'utf8'), path);
  }

  private readNested(parent: TemplateScope, logicalId: string): TemplateScope | undefined {
    const resource = parent.template.Resources[logicalId];
    const folder = this.folders.get(parent);
    if (folder === undefined) return undefined;
    const path = this.nestedPath(folder, resource, parent);
    if (path === undefined) return undefined;
    const given = parent.resolve(resource.Properties?.Parameters) ?? {};
    return this.scope(folder, readTemplate(readFileSync(path, 'utf8'), path), parent.prefixOf(logicalId), given);
  }

  /** aws-cdk-lib names the file in the metadata if the CLI asks for it; the hash in the URL is always there. */
  private nestedPath(folder: string, resource: any, parent: TemplateScope): string | undefined {
    const named = resource.Metadata?.['aws:asset:path'];
    if (typeof named === 'string' && existsSync(join(folder, named))) return join(folder, named);
    const url = parent.resolve(resource.Properties?.TemplateURL);
    return typeof url === 'string' ? this.assetPath(url) : undefined;
  }

  private assetPath(url: string): string | undefined {
    const hash = basename(url).replace(/\..*$/, '');
    return this.assets.get(hash);
  }

  private indexAssets(folder: string): void {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.assets.json'))) {
      const files: Record<string, any> = readJson(join(folder, file)).files ?? {};
      for (const [hash, { source }] of Object.entries(files)) {
        if (source?.packaging === 'file') this.assets.set(hash, join(folder, source.path));
      }
    }
  }

  private scope(folder: string, template: Template, prefix: string, given: Record<string, any> = {}): TemplateScope {
    const scope = new TemplateScope(template, prefix, this, given);
    this.folders.set(scope, folder);
    return scope;
  }
}

function exportsOf(scope: TemplateScope): [string, () => any][] {
  return Object.values<any>(scope.template.Outputs ?? {}).flatMap((output) => {
    const name = scope.resolve(output?.Export?.Name);
    return typeof name === 'string' ? [[name, () => scope.resolve(output.Value)] as [string, () => any]] : [];
  });
}

function readJson(path: string): any {
  const data = parseText(readFileSync(path, 'utf8'), path);
  if (!isObject(data)) throw new Error(`${path} is no JSON object.`);
  return data;
}
