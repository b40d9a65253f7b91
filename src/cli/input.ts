import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nameOfDistribution } from '../verify/cloudfront/distribution';
import { checkValues } from '../verify/deploy-time-values';
import { type Entrance, Entrances } from '../verify/entrances';
import type { ApiModel } from '../verify/model/api-model';
import { readApis } from '../verify/model/read-apis';
import { whyNoApi } from '../verify/model/unreadable-templates';
import { routesOf } from '../verify/requests/routes';
import { readAssembly } from '../verify/template/assembly';
import { Deployment } from '../verify/template/deployment';
import { Places } from '../verify/template/places';
import type { TemplateScope } from '../verify/template/scope';
import { templateAlone } from '../verify/template/template-alone';
import { templateOrDocument } from '../verify/template/template-or-document';
import type { DeploymentOptions } from './deployment-options';
import { printable } from './terminal';

/** Where `cdk synth` leaves its output. */
export const DEFAULT_INPUT = 'cdk.out';

/**
 * The APIs of a cloud assembly, a CloudFormation template or an OpenAPI document; only the named
 * one, if there is a name.
 */
export function readInput(path: string, api?: string, options: DeploymentOptions = {}): ApiModel[] {
  return readWays(path, api, options).apis;
}

/** What a path holds. */
export interface Input {
  readonly apis: ApiModel[];
  readonly ways: Entrance[];
  readonly entrances: Entrances;
  /** Of what stands in the templates. */
  readonly places: Places;
}

/**
 * The same, and the ways to these APIs: their own addresses,
 * and the distributions in front of them.
 */
export function readWays(path: string, api?: string, options: DeploymentOptions = {}): Input {
  const notes: string[] = [];
  const deployment = new Deployment({ ...options.parameters, ...options.value });
  const scopes = scopesAt(path, deployment, options.kind, notes);
  const apis = readApis(scopes).map((model) =>
    notes.length > 0 ? { ...model, notes: [...notes, ...(model.notes ?? [])] } : model,
  );
  const used = apis.filter(
    (candidate) => candidate.incomplete || candidate.faults.length > 0 || routesOf(candidate).length > 0,
  );
  if (used.length === 0)
    throw new Error(
      `${path} holds no REST or HTTP API of API Gateway with a route, and no function URL.${whyNoApi(scopes)}`,
    );
  const entrances = new Entrances(apis, scopes);
  checkValues(deployment, scopes, options.parameters);
  const places = new Places(scopes);
  if (api === undefined) return { apis: used, ways: entrances.waysTo(used), places, entrances };
  const all = entrances.waysTo(used);
  const through = all.find((way) => way.via && nameOfWay(way) === api);
  if (through) return { apis: [through.api], ways: [through], places, entrances };
  const named = used.filter(({ id, constructPath }) => id === api || constructPath === api);
  if (named.length === 0) throw new Error(`${path} holds no API "${api}". It holds ${all.map(nameOfWay).join(', ')}.`);
  if (named.length > 1) {
    const choice = named.map(({ constructPath, templateFile, id }) => constructPath ?? templateFile ?? id).join(', ');
    throw new Error(
      `${path} holds several APIs "${api}": ${choice}. Choose one by its construct path, or name its template.`,
    );
  }
  return { apis: named, ways: entrances.waysTo(named), places, entrances };
}

/** The templates of a cloud assembly, or the one of a file. */
export function readScopes(path: string, options: DeploymentOptions = {}): TemplateScope[] {
  return scopesAt(path, new Deployment({ ...options.parameters, ...options.value }), options.kind, []);
}

/** 'Shop/Api via Shop/Edge' where a distribution stands in front. */
export function nameOfWay({ api, via }: Pick<Entrance, 'api' | 'via'>): string {
  return via ? `${nameOf(api)} via ${nameOfDistribution(via)}` : nameOf(api);
}

function scopesAt(
  path: string,
  deployment: Deployment,
  kind: DeploymentOptions['kind'],
  notes: string[],
): TemplateScope[] {
  if (!existsSync(path)) {
    const hint = path === DEFAULT_INPUT ? ' Run `cdk synth` first, or name a template.' : '';
    throw new Error(`There is no ${path} here.${hint}`);
  }
  const info = statSync(path);
  if (info.isDirectory()) return readAssembly(path, deployment).map(({ scope }) => scope);
  if (!info.isFile()) throw new Error(`${path} is neither a file nor a folder: write its content to a file first.`);
  return scopesOfFile(path, deployment, kind, notes);
}

/** The construct path tells more than the logical id, where the template has it. */
export function nameOf({ id, constructPath }: ApiModel): string {
  return printable(constructPath ?? id);
}

function scopesOfFile(
  path: string,
  deployment: Deployment,
  kind: DeploymentOptions['kind'],
  notes: string[],
): TemplateScope[] {
  const inAssembly = existsSync(join(dirname(path), 'manifest.json'))
    ? readAssembly(dirname(path), deployment).filter(({ templateFile }) => resolve(templateFile) === resolve(path))
    : [];
  if (inAssembly.length > 0) return inAssembly.map(({ scope }) => scope);
  const text = readFileSync(path, 'utf8');
  return [templateAlone(templateOrDocument(text, { name: path, id: basename(path), kind, notes }), deployment, path)];
}
