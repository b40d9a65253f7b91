import { getOrCreate } from '../../collections';
import type { AskedApi } from '../../verify/asked-api';
import type { CheckResult } from '../../verify/check-api';
import type { SettingsOfApi } from '../../verify/cors-file/settings';
import type { ApiModel } from '../../verify/model/api-model';
import { splitKey } from '../../verify/requests/page-headers';
import { type TriedApi, tryApi } from '../../verify/tried';
import { nameOf } from '../input';
import { Secrets, soundsSecret } from '../secrets';
import { printable } from '../terminal';

/** What pages asked of all APIs, and what came of it, as it may be shown. */
export interface Tried extends TriedApi {
  readonly asked: AskedApi[];
}

/**
 * @param isBrief whether nobody will look at what was sent and came back where all is well:
 * it is most of the memory
 * @param progress is told what is going on
 */
export function tryAll(asked: AskedApi[], isBrief = false, progress?: (text: string) => void): Tried {
  const tried = asked.map((each, index) => {
    progress?.(`Checking ${nameOf(each.api)}, ${index + 1} of ${asked.length} …`);
    return tryOne(each, isBrief);
  });
  return {
    asked,
    results: tried.flatMap(({ results }) => results),
    strangers: tried.flatMap(({ strangers }) => strangers),
  };
}

function tryOne(asked: AskedApi, isBrief: boolean): TriedApi {
  const { api, settings, page } = asked;
  if (settings.onlyThese) checkListed(api, settings.origins);
  const shown = shownBy(settings);
  const { results, strangers } = tryApi({ ...asked, page: { ...page, isBrief } });
  return { results: results.map(shown), strangers: strangers.map(shown) };
}

/**
 * Without secrets, and fit for a terminal. What holds at several addresses is looked through once,
 * and what needs no change stays the same object: there may be a hundred thousand.
 */
export function shownBy(settings: SettingsOfApi): (result: CheckResult) => CheckResult {
  const secrets = new Secrets(secretHeaders(settings));
  const shownVerdicts = new Map<object, Omit<CheckResult, 'api' | 'via' | 'request'> | undefined>();
  const changed = ({ api, via, request, ...rest }: CheckResult) => {
    const shown = printable(secrets.in(rest));
    return shown === rest ? undefined : shown;
  };
  const shownRequests = new Map<CheckResult['request'], CheckResult['request']>();
  return (result) => {
    const { api, via, verdict } = result;
    if (!shownVerdicts.has(verdict)) shownVerdicts.set(verdict, changed(result));
    const shown = shownVerdicts.get(verdict);
    const request = getOrCreate(shownRequests, result.request, () => printable(secrets.in(result.request)));
    if (!shown && request === result.request) return result;
    return { ...(shown ?? result), api, ...(via && { via }), request };
  };
}

function checkListed(api: ApiModel, origins: string[] | undefined): void {
  if (!origins) {
    throw new Error(
      '--only: say which origins should get in, with --origin for each, ' +
        `or with origins of ${nameOf(api)} in cdk-cors.json.`,
    );
  }
}

/**
 * What pages send, whatever the methods that it goes with, and what backends send by a name that
 * sounds secret: an API may hand it on under another name.
 */
function secretHeaders({ headers = {}, backendHeaders = [] }: SettingsOfApi): [string, string][] {
  const ofPages = Object.entries(headers).map(([key, value]): [string, string] => [splitKey(key).name, value]);
  const ofBackends = backendHeaders.flatMap((each) => Object.entries(each.headers));
  return [...ofPages, ...ofBackends.filter(([name]) => soundsSecret(name))];
}
