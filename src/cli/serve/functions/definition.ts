import { existsSync, mkdtempSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { allResources, type FoundResource } from '../../../verify/template/all-resources';
import type { TemplateScope } from '../../../verify/template/scope';
import { isKnown, readable } from '../../../verify/unknown';

/** A Lambda function that can run here without a container. */
export interface FunctionDefinition {
  /** Its construct path or logical id, as the API's model names it. */
  readonly name: string;
  readonly language: 'node' | 'python';
  /** Where its code is. */
  readonly folder: string;
  readonly handler: string;
  readonly environment: Record<string, string>;
  /** In seconds. */
  readonly timeout: number;
  /** Folders of its layers. */
  readonly layers: string[];
  /** What is different here, for users. */
  readonly notes: string[];
}

/** A function that cannot run here, and why. */
export interface NotRunnable {
  readonly name: string;
  readonly reason: string;
}

/** The functions that these templates make, by name. */
export function functionsIn(scopes: TemplateScope[]): Map<string, FunctionDefinition | NotRunnable> {
  const { resources } = allResources(scopes, /^AWS::Lambda::(Function|LayerVersion)$/);
  const layers = new Map(
    resources.filter(({ type }) => type.endsWith('LayerVersion')).map((layer) => [layer.id, layer]),
  );
  const functions = resources.filter(({ type }) => type.endsWith('Function'));
  return new Map(functions.map((found) => [found.name, definitionOf(found, layers)]));
}

function definitionOf(found: FoundResource, layers: Map<string, FoundResource>): FunctionDefinition | NotRunnable {
  const { name, properties } = found;
  const { Runtime, Handler, Code = {}, Timeout = 3, PackageType, Environment, Layers = [] } = properties;
  if (PackageType === 'Image') return { name, reason: 'it is a container image' };
  const [, language] = /^(nodejs|python)/.exec(String(Runtime)) ?? [];
  if (!language)
    return { name, reason: `its runtime is ${readable(String(Runtime))}: only Node.js and Python run here` };
  const folder =
    typeof Code.ZipFile === 'string' ? inlineFolder(Code.ZipFile, language, String(Handler)) : assetOf(found);
  if (folder === undefined) return { name, reason: 'its code is not a folder of this cloud assembly' };
  const found_ = [Layers]
    .flat()
    .map((layer) => ({ layer, folder: layers.has(layer) ? assetOf(layers.get(layer)!) : undefined }));
  const variables = Object.entries<any>(Environment?.Variables ?? {});
  const open = variables.filter(([, value]) => !isKnown(String(value))).map(([variable]) => variable);
  return {
    name,
    language: language === 'nodejs' ? 'node' : 'python',
    folder,
    handler: String(Handler),
    environment: Object.fromEntries(variables.map(([variable, value]) => [variable, readable(String(value))])),
    timeout: Number(Timeout) || 3,
    layers: found_.flatMap((layer) => layer.folder ?? []),
    notes: [
      ...found_
        .filter((layer) => !layer.folder)
        .map(({ layer }) => `its layer ${readable(String(layer))} is not in this cloud assembly, and is missing here`),
      ...(open.length > 0 ? [`${open.join(', ')} have their values only after deployment`] : []),
      ...(hasNativeCode(folder) ? ['it brings native code, which was built for Lambda and may not load here'] : []),
    ],
  };
}

/**
 * aws-cdk-lib names the folder in the metadata; the hash in the key of S3 is always there. Nothing
 * outside of the assembly is run.
 */
function assetOf({ scope, logicalId, properties }: FoundResource): string | undefined {
  const assembly = scope.file && dirname(scope.file);
  if (!assembly) return undefined;
  const { S3Key } = properties.Code ?? properties.Content ?? {};
  const named = scope.template.Resources[logicalId]?.Metadata?.['aws:asset:path'];
  const candidates = [named, typeof S3Key === 'string' && `asset.${basename(S3Key).replace(/\..*$/, '')}`];
  return (
    candidates.map((candidate) => typeof candidate === 'string' && folderWithin(assembly, candidate)).find(Boolean) ||
    undefined
  );
}

/** Links resolved. Assets of stages stand beside the folder of the stage. */
function folderWithin(assembly: string, path: string): string | undefined {
  const folder = join(assembly, path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const real = realpathSync(folder);
  const outermost = /^assembly-/.test(basename(assembly)) ? dirname(realpathSync(assembly)) : realpathSync(assembly);
  return relative(outermost, real).startsWith('..') ? undefined : real;
}

function inlineFolder(code: string, language: string, handler: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-cors-function-'));
  const file = handler.split('.')[0].replace(/[^\w-]/g, '') || 'index';
  writeFileSync(join(folder, `${file}.${language === 'nodejs' ? 'js' : 'py'}`), code);
  return folder;
}

function hasNativeCode(folder: string): boolean {
  try {
    return readdirSync(folder, { recursive: true }).some((name) => /\.(node|so(\.\d+)*)$/.test(String(name)));
  } catch {
    return false;
  }
}
