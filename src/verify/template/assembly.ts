import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseText } from '../../text/json-or-yaml';
import { AssemblyFiles } from './assembly-files';
import { objectOf, readTemplate, type Template } from './cloudformation-template';
import { type ConstructPaths, constructMetadata, constructPaths, nestedStackPath } from './construct-paths';
import { Deployment } from './deployment';
import { includedFile } from './included-file';
import { type Marks, marksIn } from './policy-marks';
import { TemplateScope } from './scope';
import { type Sources, sourcesOf } from './sources';
import { ALONE, type Surroundings } from './surroundings';

/** One stack of a cloud assembly. */
export interface AssemblyStack {
  readonly templateFile: string;
  readonly scope: TemplateScope;
}

/**
 * All stacks of a cloud assembly (`cdk.out`), those of nested assemblies (Stages) included; they
 * can see each other's exports.
 */
export function readAssembly(directory: string, deployment = new Deployment()): AssemblyStack[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new Error(`${directory} is not a directory.`);
  if (!existsSync(join(directory, 'manifest.json'))) {
    throw new Error(
      `${directory} is not a cloud assembly: it has no manifest.json. ` +
        'It is what `cdk synth` leaves behind, usually cdk.out.',
    );
  }
  const files = new AssemblyFiles(directory);
  const neighbours = new Neighbours(deployment, files);
  for (const { folder, artifact } of stackArtifacts(directory, files)) neighbours.add(folder, artifact);
  return neighbours.stacks;
}

function stackArtifacts(folder: string, files: AssemblyFiles): { folder: string; artifact: any }[] {
  const artifacts: any[] = Object.values(files.json(folder, 'manifest.json').artifacts ?? {});
  return artifacts.flatMap((artifact) => {
    if (artifact?.type === 'cdk:cloud-assembly') {
      const inner = files.folderOf(folder, String(artifact.properties?.directoryName));
      return inner === folder ? [] : stackArtifacts(inner, files);
    }
    return artifact?.type === 'aws:cloudformation:stack' ? [{ folder, artifact }] : [];
  });
}

/** The stacks of an assembly, as each other's surroundings. */
class Neighbours implements Surroundings {
  public readonly stacks: AssemblyStack[] = [];
  private readonly places = new Map<TemplateScope, Place>();
  private readonly byPrefix = new Map<string, TemplateScope>();
  private readonly templates = new Map<string, Template>();
  private readonly assets = new Map<string, string>();
  private exports?: Map<string, () => any>;

  public constructor(
    private readonly deployment: Deployment,
    private readonly files: AssemblyFiles,
  ) {}

  public add(folder: string, artifact: any): void {
    const templateFile = String(artifact.properties?.templateFile);
    const path = this.files.pathOf(folder, templateFile);
    const metadata = constructMetadata(folder, artifact, this.files);
    const scope = this.scope(path, `${templateFile.replace(/\.template\.json$/, '')}/`, {
      folder,
      file: path,
      paths: constructPaths(metadata),
      marks: marksIn(metadata),
      sources: sourcesOf(metadata),
    });
    this.stacks.push({ templateFile: path, scope });
    this.indexAssets(folder);
  }

  public templateFile(scope: TemplateScope): string | undefined {
    return this.places.get(scope)?.file;
  }

  /** An id that nested stacks share is told apart by the path of the stack. */
  public constructPath(scope: TemplateScope, logicalId: string): string | undefined {
    const { paths, stack } = this.places.get(scope) ?? {};
    const candidates = paths?.get(logicalId) ?? [];
    const inside = stack === undefined ? candidates : candidates.filter((path) => path.startsWith(`${stack}/`));
    return [...inside].sort((a, b) => a.split('/').length - b.split('/').length)[0];
  }

  public marks(scope: TemplateScope): Marks {
    return this.places.get(scope)?.marks ?? ALONE.marks(scope);
  }

  public sources(scope: TemplateScope): Sources {
    return this.places.get(scope)?.sources ?? new Map();
  }

  public typeOf(id: string): string | undefined {
    const at = id.lastIndexOf('/') + 1;
    return this.byPrefix.get(id.slice(0, at))?.template.Resources[id.slice(at)]?.Type;
  }

  public nested(parent: TemplateScope, logicalId: string): TemplateScope | undefined {
    return this.deployment.once(parent, `nested ${logicalId}`, () => this.readNested(parent, logicalId));
  }

  public included(scope: TemplateScope, location: string): any {
    return includedFile(this.places.get(scope)?.file, location);
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
    const place = this.places.get(parent);
    const resource = parent.template.Resources[logicalId];
    const path = place && this.nestedPath(place.folder, resource, parent);
    if (!place || path === undefined) return undefined;
    const given = objectOf(parent.resolve(resource.Properties?.Parameters));
    const stack = parent.constructPath(logicalId);
    return this.scope(
      path,
      parent.prefixOf(logicalId),
      { ...place, file: path, stack: stack && nestedStackPath(stack) },
      given,
    );
  }

  /**
   * aws-cdk-lib names the file in the metadata if the CLI asks for it; the hash in the URL is
   * always there.
   */
  private nestedPath(folder: string, resource: any, parent: TemplateScope): string | undefined {
    const named = resource.Metadata?.['aws:asset:path'];
    const own = this.files.assetPath(folder, named);
    if (own) return own;
    const url = parent.resolve(resource.Properties?.TemplateURL);
    return typeof url === 'string' ? this.assetPath(url) : undefined;
  }

  private assetPath(url: string): string | undefined {
    const hash = basename(url).replace(/\..*$/, '');
    return this.assets.get(hash);
  }

  private indexAssets(folder: string): void {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.assets.json'))) {
      const files: Record<string, any> = this.files.json(folder, file).files ?? {};
      for (const [hash, asset] of Object.entries(files)) {
        const path = asset?.source?.packaging === 'file' && this.files.assetPath(folder, asset.source.path);
        if (path) this.assets.set(hash, path);
      }
    }
  }

  /** A nested stack is looked at again under other assumptions. */
  private template(path: string): Template {
    const known = this.templates.get(path);
    if (known) return known;
    const template = readTemplate({ Resources: {}, ...this.files.json('', path) }, path); // a stack may be empty
    this.templates.set(path, template);
    return template;
  }

  private scope(path: string, prefix: string, place: Place, given: Record<string, any> = {}): TemplateScope {
    const scope = new TemplateScope(this.template(path), prefix, this, given, this.deployment);
    this.places.set(scope, place);
    this.byPrefix.set(prefix, scope);
    return scope;
  }
}

interface Place {
  readonly folder: string;
  readonly file: string;
  readonly paths: ConstructPaths;
  readonly marks: Marks;
  readonly sources: Sources;
  /** The construct path of a nested stack. */
  readonly stack?: string;
}

function exportsOf(scope: TemplateScope): [string, () => any][] {
  return Object.values<any>(scope.template.Outputs ?? {}).flatMap((output) => {
    const name = scope.resolve(output?.Export?.Name);
    return typeof name === 'string' ? [[name, () => scope.resolve(output.Value)] as [string, () => any]] : [];
  });
}
