import { getOrCreate } from '../../collections';
import type { CheckOptions as Asking } from '../../verify/check-api';
import type { CorsFile } from '../../verify/cors-file/cors-file';
import { type FoundCorsFile, findCorsFile, readFoundCorsFile } from '../../verify/cors-file/find';
import { backendHeadersOf, type SettingsOfApi, settingsFor } from '../../verify/cors-file/settings';
import type { Entrance } from '../../verify/entrances';
import type { ApiModel } from '../../verify/model/api-model';
import type { Places } from '../../verify/template/places';
import { type Input, readWays } from '../input';
import type { CheckOptions } from './options';

/** An API, the ways to it, and what has to hold for it. */
export interface AskedApi {
  readonly api: ApiModel;
  readonly ways: Entrance[];
  readonly places: Places;
  readonly settings: SettingsOfApi;
  /** What pages send to it. */
  readonly page: Asking;
}

/** What is to be checked, by the command line and by the settings file: what the command line says wins. */
export function askedApis(path: string, options: CheckOptions, file: CorsFile = {}): AskedApi[] {
  const inputs = new Map<string, Input>();
  const read = (own: Record<string, string> = {}): Input =>
    getOrCreate(inputs, JSON.stringify(own), () => readWith(path, options, file.values ?? {}, own));
  return read().apis.map((api) => {
    const own = settingsFor({ apis: file.apis }, api).values ?? {};
    const input = Object.keys(own).length > 0 ? read(own) : read();
    const model = input.apis.find((each) => isSame(each, api)) ?? api;
    const settings = withOptions(settingsFor(file, api), options);
    const ways = input.ways.filter((way) => way.api === model);
    return { api: model, ways, places: input.places, settings, page: pageOf(settings) };
  });
}

/** The settings file that counts, if there is one. */
export function settingsFile({ config }: CheckOptions): FoundCorsFile | undefined {
  if (config === false) return undefined;
  return config === undefined ? findCorsFile(process.cwd()) : readFoundCorsFile(config);
}

/** Values of the whole file may be those of other apps, too; values of an API that nothing asks for are a mistake. */
function readWith(
  path: string,
  options: CheckOptions,
  shared: Record<string, string>,
  own: Record<string, string>,
): Input {
  return readWays(path, options.api, {
    ...options,
    parameters: { ...shared, ...options.parameters },
    value: { ...own, ...options.value },
  });
}

function isSame(one: ApiModel, other: ApiModel): boolean {
  return one.id === other.id && one.constructPath === other.constructPath && one.templateFile === other.templateFile;
}

/** What the command line says wins. */
export function withOptions(settings: SettingsOfApi, options: CheckOptions): SettingsOfApi {
  const { origin, header, credentials, body, reads, backendHeader, only, errors, strict } = options;
  const given = {
    origins: origin,
    headers: header,
    credentials,
    body,
    reads,
    backendHeaders: backendHeader && [{ headers: backendHeader }],
    onlyThese: only,
    errors,
    strict,
  };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(named) };
}

function pageOf({ headers, credentials, body, reads, backendHeaders }: SettingsOfApi): Asking {
  return {
    headers,
    credentials,
    body,
    reads,
    backendHeaders: (method, route) => backendHeadersOf(backendHeaders, method, route),
  };
}
