import { getOrCreate } from '../collections';
import type { CheckOptions } from './check-api';
import type { CorsFile } from './cors-file/cors-file';
import { backendHeadersOf, type SettingsOfApi, settingsFor } from './cors-file/settings';
import type { Entrance } from './entrances';
import type { ApiModel } from './model/api-model';
import type { Places } from './template/places';

/** An API, the ways to it, and what has to hold for it. */
export interface AskedApi {
  readonly api: ApiModel;
  readonly ways: Entrance[];
  readonly places: Places;
  readonly settings: SettingsOfApi;
  /** What pages send to it. */
  readonly page: CheckOptions;
}

/** What was read, with some values of the deployment. */
interface Read {
  readonly apis: ApiModel[];
  readonly ways: Entrance[];
  readonly places: Places;
}

/**
 * What is to be checked of some APIs, by a settings file.
 *
 * @param read reads them, with values that one entry of the file has for its APIs
 * @param given settings that were given beside the file, and win
 */
export function askedOf(
  read: (own: Record<string, string>) => Read,
  file: CorsFile,
  given: (settings: SettingsOfApi) => SettingsOfApi,
): AskedApi[] {
  const known = new Map<string, Read>();
  const readOnce = (own: Record<string, string>): Read => getOrCreate(known, JSON.stringify(own), () => read(own));
  return readOnce({}).apis.map((api) => {
    const input = readOnce(settingsFor({ apis: file.apis }, api).values ?? {});
    const model = input.apis.find((each) => isSame(each, api)) ?? api;
    const settings = given(settingsFor(file, api));
    const ways = input.ways.filter((way) => way.api === model);
    return { api: model, ways, places: input.places, settings, page: pageOf(settings) };
  });
}

function isSame(one: ApiModel, other: ApiModel): boolean {
  return one.id === other.id && one.constructPath === other.constructPath && one.templateFile === other.templateFile;
}

function pageOf({ headers, credentials, body, reads, backendHeaders }: SettingsOfApi): CheckOptions {
  return {
    headers,
    credentials,
    body,
    reads,
    backendHeaders: (method, route) => backendHeadersOf(backendHeaders, method, route),
  };
}
