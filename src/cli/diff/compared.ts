import { groupBy } from '../../collections';
import type { AskedApi } from '../../verify/asked-api';
import { type CheckResult, checkSample } from '../../verify/check-api';
import { checkWays } from '../../verify/check-ways';
import type { CorsFile } from '../../verify/cors-file/cors-file';
import { type Difference, differenceIn, worstOf } from '../../verify/differences';
import type { ApiModel } from '../../verify/model/api-model';
import { ANY_PAGE, namedBeside, originsOf } from '../../verify/requests/named-origins';
import { routesOf } from '../../verify/requests/routes';
import { sampleRequests } from '../../verify/requests/sample-requests';
import { strangersTo } from '../../verify/requests/strangers';
import { askedApis } from '../check/asked';
import type { CheckOptions } from '../check/options';
import { shownBy } from '../check/tried';
import { pairedWays, type Side, type Sides, sidesIn } from './paired-ways';

/** What two inputs come to for the same pages. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  readonly asked: AskedApi[];
  readonly differences: Difference[];
}

/** Asks both for what pages of the same origins want, with cookies and without. */
export function compare(before: string, after: string, options: CheckOptions, file?: CorsFile): Compared {
  const [old, now] = [askedApis(before, options, file), askedApis(after, options, file)];
  const differences = pairedWays(sidesIn(before, old), sidesIn(after, now)).flatMap(differencesOf);
  return { before, after, asked: [...old, ...now], differences };
}

function differencesOf(sides: Sides): Difference[] {
  const { settings } = (sides.after ?? sides.before)!.asked;
  const named = [sides.before, sides.after].flatMap((side) => (side ? originsOf(side.way) : []));
  const origins = settings.origins ?? [...new Set(named)];
  const isForAnybody = origins.every((origin) => origin === ANY_PAGE);
  const beside = [sides.before, sides.after].flatMap((side) => (side ? namedBeside(origins, side.way) : []));
  const unwanted = isForAnybody ? [] : [...strangersTo(origins), ...beside].map(({ origin }) => origin);
  const strangers = new Set([...unwanted, ...(settings.strangers ?? [])]);
  return [...differencesFor(sides, origins, false), ...differencesFor(sides, [...strangers], true)];
}

function differencesFor(sides: Sides, origins: string[], isStranger: boolean): Difference[] {
  const found = (isStranger ? [false, true] : cookiesOf(sides)).flatMap((credentials) => {
    const [before, after] = [ask(sides.before, origins, credentials), ask(sides.after, origins, credentials)];
    const keys = new Set([...before.keys(), ...after.keys()]);
    const wasOpenTo = new Set([...before.values()].filter(isAllowed).map(({ request }) => request.origin));
    return [...keys].flatMap((key) => {
      const [was, is] = [before.get(key), after.get(key)];
      const pair = { before: was ?? askAgain(sides.before, is), after: is ?? askWithoutRoute(sides.after, was) };
      // A new route of an API that is open to a page already is not wider than the others.
      if (isStranger && !was && is && wasOpenTo.has(is.request.origin)) return [];
      return differenceIn({ ...pair, isNew: !was && !isAllowed(pair.before), isStranger }) ?? [];
    });
  });
  return withoutRepeats(found);
}

/**
 * Cookies make a difference of their own, unless the pages send them anyway;
 * strangers read what they can either way.
 */
function cookiesOf({ before, after }: Sides): boolean[] {
  return (after ?? before)!.asked.settings.credentials ? [true] : [false, true];
}

function ask(side: Side | undefined, origins: string[], credentials: boolean): Map<string, CheckResult> {
  if (!side || origins.length === 0) return new Map();
  const { asked, way } = side;
  const results = checkWays([way], () => origins, { ...asked.page, credentials }).map(shownBy(asked.settings));
  return new Map(groupBy(results, keyOf).map((alike) => [keyOf(alike[0]), worstOf(alike)]));
}

/** Where nothing takes the request any more for certain, that is the reason, and no header has to change. */
function askWithoutRoute(side: Side | undefined, was: CheckResult | undefined): CheckResult | undefined {
  const is = askAgain(side, was);
  if (!side || !was || !is || isTakenBy(side.way.api, was)) return is;
  const { fix: _, ...verdict } = is.verdict;
  const isCertain = verdict.outcome === 'BLOCKED' || verdict.outcome === 'BROKEN';
  if (!isCertain || verdict.rule === 'deployment') return is;
  const reason = `${was.request.method} ${was.route} is gone: nothing in the API takes it`;
  return { ...is, verdict: { ...verdict, reason } };
}

/** Whether a route takes what pages asked of this one: by the paths of the API, not of a way to it. */
function isTakenBy(api: ApiModel, { api: old, route: name, request: { method, origin } }: CheckResult): boolean {
  const asked = sampleRequests(old, [origin]).filter(({ route, request }) => {
    return route.name === name && request.method === method;
  });
  return routesOf(api).some(({ verbs, matches }) => {
    const takesMethod = verbs.includes(method) || verbs.includes('ANY');
    return takesMethod && asked.some(({ request }) => matches(request.path));
  });
}

/** What comes of a request of a page on the other side, which has no route of this name. */
function askAgain(side: Side | undefined, result: CheckResult | undefined): CheckResult | undefined {
  if (!side || !result) return undefined;
  const route = routesOf(result.api).find(({ name }) => name === result.route);
  if (!route) return undefined;
  const { asked, way } = side;
  return shownBy(asked.settings)(checkSample(way, { route, request: result.request }, asked.page));
}

/** Variables have the same meaning whatever they are called. */
function keyOf({ route, request }: CheckResult): string {
  return [request.method, route.replace(/\{[^{}+]*(\+?)\}/g, '{$1}'), request.origin].join('\n');
}

function isAllowed(result: CheckResult | undefined): boolean {
  return result?.verdict.outcome === 'ALLOWED';
}

/** What holds without cookies is not said again for requests with them. */
function withoutRepeats(differences: Difference[]): Difference[] {
  const known = new Set<string>();
  return differences.filter((difference) => {
    const key = `${difference.kind}\n${keyOf((difference.after ?? difference.before)!)}\n${difference.headers?.join()}`;
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}
