import { basename } from 'node:path';
import { nearest } from '../../text/nearest';
import type { ApiModel } from '../model/api-model';
import type { Accepted, ApiSettings, CorsFile, HeadersOfBackends } from './cors-file';
import type { FoundCorsFile } from './find';

/** How an API is called in a settings file. */
type Named = Pick<ApiModel, 'id' | 'constructPath'>;

/** An acceptance, and the entry of the file that it stands in. */
export interface AcceptedEntry extends Accepted {
  readonly under: string;
  /** As it is in the file. */
  readonly entry: Accepted;
}

/** What holds for one API, from all entries that fit. */
export interface SettingsOfApi extends Omit<ApiSettings, 'accepted'> {
  readonly accepted: AcceptedEntry[];
}

/** Of one option the last entry that fits wins; `values` and `accepted` add up. */
export function settingsFor({ apis = {}, values }: CorsFile, api: Named): SettingsOfApi {
  const fitting = Object.entries(apis).filter(([name]) => isFor(name, api));
  const all = fitting.map(([, settings]) => settings);
  return {
    ...Object.assign({}, ...all),
    values: Object.assign({}, values, ...all.map((settings) => settings.values)),
    accepted: fitting.flatMap(([under, { accepted = [] }]) => accepted.map((entry) => ({ ...entry, under, entry }))),
  };
}

/**
 * What the backends of a route send, where the settings say it: the first entry that fits counts.
 */
export function backendHeadersOf(
  all: HeadersOfBackends[] | undefined,
  method: string,
  route: string,
): Record<string, string> | undefined {
  return all?.find(({ routes }) => isAbout(routes, method, route))?.headers;
}

/** Whether one of these routes is meant: '/items' or 'GET /items'; without a list, every one is. */
function isAbout(routes: string[] | undefined, method: string, route: string): boolean {
  return routes === undefined || routes.some((each) => each === route || each === `${method} ${route}`);
}

/**
 * Names of the file that no API has, each with what may have been meant, and patterns that fit no
 * API: what stands below them is not checked.
 */
export function namesOfNone(file: Pick<FoundCorsFile, 'path' | 'content'>, models: Named[]): string[] {
  const known = models.flatMap(({ id, constructPath }) => [id, ...(constructPath ? [constructPath] : [])]);
  const missing = Object.keys(file.content.apis ?? {}).filter((name) => !models.some((api) => isFor(name, api)));
  const patterns = missing.filter((name) => name.includes('*'));
  const names = missing.filter((name) => !name.includes('*'));
  const others = names.filter((name) => nearest(name, known) === undefined);
  return [
    ...names.flatMap((name) => {
      const meant = nearest(name, known);
      return meant ? [`no API is called "${name}". Did you mean "${meant}"?`] : [];
    }),
    ...(others.length > 0 ? [`no API is called ${listed(others)}.`] : []),
    ...(patterns.length > 0 ? [`no API fits ${listed(patterns)}.`] : []),
  ].map((fault) => `${basename(file.path)}: ${fault}`);
}

/** A file for several apps names many that are not in this one. */
function listed(names: string[]): string {
  const shown = names.slice(0, FEW).map((name) => `"${name}"`);
  return names.length > FEW ? `${shown.join(', ')} or ${names.length - FEW} others` : shown.join(' or ');
}

const FEW = 5;

function isFor(name: string, { id, constructPath }: Named): boolean {
  if (!name.includes('*')) return name === id || name === constructPath;
  const pattern = patternOf(name);
  return pattern.test(id) || (constructPath !== undefined && pattern.test(constructPath));
}

/** `*` stands for a part of a construct path, `**` for anything. */
function patternOf(name: string): RegExp {
  const parts = name.split(/(\*+)/).map((part) => {
    if (part.startsWith('*')) return part.length > 1 ? '.*' : '[^/]*';
    return part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}
