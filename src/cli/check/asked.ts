import { type AskedApi, askedOf } from '../../verify/asked-api';
import type { CorsFile } from '../../verify/cors-file/cors-file';
import { type FoundCorsFile, findCorsFile, readFoundCorsFile } from '../../verify/cors-file/find';
import type { SettingsOfApi } from '../../verify/cors-file/settings';
import { type Input, readWays } from '../input';
import type { CheckOptions } from './options';

/**
 * What is to be checked, by the command line and by the settings file:
 * what the command line says wins.
 */
export function askedApis(path: string, options: CheckOptions, file: CorsFile = {}): AskedApi[] {
  const read = (own: Record<string, string>): Input => readWith(path, options, file.values ?? {}, own);
  return askedOf(read, file, (settings) => withOptions(settings, options));
}

/** The settings file that counts, if there is one. */
export function settingsFile({ config }: CheckOptions): FoundCorsFile | undefined {
  if (config === false) return undefined;
  return config === undefined ? findCorsFile(process.cwd()) : readFoundCorsFile(config);
}

/**
 * Values of the whole file may be those of other apps, too;
 * values of an API that nothing asks for are a mistake.
 */
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
