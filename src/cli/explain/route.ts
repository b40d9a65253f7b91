/**
 * Finds the route of the app that a message is about,
 * and asks the simulator what a browser makes of it.
 */
import { checkOrigin } from '../../verify/browser/origin';
import type { Incident } from '../../verify/console/recognize';
import { Recorder } from '../../verify/exchanges';
import { withFix } from '../../verify/fixes/fix';
import { gatewayFor } from '../../verify/gateway/gateway-for';
import { judge } from '../../verify/judge';
import type { Judgement } from '../../verify/judgement';
import type { ApiModel } from '../../verify/model/api-model';
import { originsOf } from '../../verify/requests/named-origins';
import { type RouteOfApi, routesOf } from '../../verify/requests/routes';
import { sampleRequests } from '../../verify/requests/sample-requests';
import type { BrowserRequest } from '../../verify/verdict';
import { couldPrint } from './could-print';

export interface Match {
  readonly api: ApiModel;
  readonly route: RouteOfApi;
  /** Below the stage. */
  readonly path: string;
  /** Why it may be another one, where that is so. */
  readonly doubt?: string;
  readonly trials: readonly Tried[];
  /** Whether the page's origin stands in the message. */
  readonly hasOrigin: boolean;
}

export interface Tried {
  readonly request: BrowserRequest & { readonly method: string };
  readonly verdict: Judgement;
  /** Whether it could have printed the message. */
  readonly fits: boolean;
}

export function routesFor(incident: Incident, apis: readonly ApiModel[]): Match[] {
  const url = urlOf(incident.message.redirectedFrom ?? incident.message.url);
  if (!url) return [];
  const placed = apis.flatMap((api) => placesIn(api, url));
  const best = Math.min(...placed.map(({ distance }) => distance));
  const matches = placed.filter(({ distance }) => distance === best);
  return matches.map(({ api, route, path, doubts }) => {
    const doubt = [...doubts, ...(matches.length > 1 ? ['another API here has such a route, too'] : [])].join('; ');
    const origin = originOf(incident);
    // Firefox does not tell the origin of the page.
    const trials = triedOn(incident, api, route, path, origin ?? originsOf({ api })[0]);
    return { api, route, path, ...(doubt && { doubt }), trials, hasOrigin: origin !== undefined };
  });
}

interface Place {
  readonly api: ApiModel;
  readonly route: RouteOfApi;
  readonly path: string;
  /** 0: nothing had to be supposed. */
  readonly distance: number;
  readonly doubts: string[];
}

function placesIn(api: ApiModel, { hostname, pathname }: URL): Place[] {
  const isExecuteApi = /\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(hostname);
  const isFunctionUrl = /\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(hostname);
  if (isFunctionUrl !== (api.kind === 'FUNCTION_URL')) return [];
  if (isFunctionUrl) return at(api, pathname, 0, []);
  const [first = '', ...rest] = pathname.split('/').filter(Boolean);
  const below = `/${rest.join('/')}${rest.length > 0 && pathname.endsWith('/') ? '/' : ''}`;
  const named = api.stages.filter((stage) => stage !== '$default');
  const isStage = named.includes(first);
  if (isExecuteApi) {
    if (isStage) return at(api, below, 0, []);
    const atRoot = api.kind === 'HTTP' ? at(api, pathname, api.stages.includes('$default') ? 0 : 1, []) : [];
    if (atRoot.length > 0 || first === '') return atRoot;
    return at(api, below, 2, [`"${first}" is not the name of a stage here`]);
  }
  const whole = at(api, pathname, 2, [`the host ${hostname} is not in the template`]);
  if (whole.some(({ route }) => !isCatchAll(route))) return whole;
  const shorter =
    first === ''
      ? []
      : at(api, below, 3, [
          `the host ${hostname} is not in the template, and "/${first}" was taken for a stage or base path`,
        ]);
  return shorter.some(({ route }) => !isCatchAll(route)) ? shorter : [...whole, ...shorter].slice(0, 1);
}

const isCatchAll = ({ path }: RouteOfApi) => path === '$default' || /^\/\{[^}]*\+\}$/.test(path);

/** The most exact route of an API that takes the path. */
function at(api: ApiModel, path: string, distance: number, doubts: string[]): Place[] {
  const taking = routesOf(api).filter((route) => route.matches(path));
  const [route] = taking.sort((a, b) => variables(a) - variables(b));
  return route ? [{ api, route, path, distance: distance + (isCatchAll(route) ? 0.5 : 0), doubts }] : [];
}

const variables = ({ path }: RouteOfApi) =>
  path === '$default' ? 1000 : (path.match(/\{/g)?.length ?? 0) + (path.includes('+}') ? 100 : 0);

/** Every method of the route that the message may be about, as the page would have sent it. */
function triedOn(incident: Incident, api: ApiModel, route: RouteOfApi, path: string, origin: string): Tried[] {
  const { message, cause } = incident;
  const header = message.gaps.header?.toLowerCase();
  const headers =
    header && TOKEN.test(header) ? { [header]: header === 'content-type' ? 'application/json' : 'some' } : undefined;
  const credentials = /credentials/.test(cause.id) || undefined;
  const samples = sampleRequests(api, [origin], { headers, credentials }).filter((sample) => sample.route === route);
  const ofEachMethod = [...new Map(samples.map((sample) => [sample.request.method, sample])).values()];
  const asked = ofEachMethod.filter(({ request }) => message.method === undefined || request.method === message.method);
  const requests =
    asked.length > 0
      ? asked.map(({ request }) => request)
      : message.method
        ? [{ ...samples[0]?.request, origin, method: message.method }]
        : [];
  const gateway = gatewayFor(api);
  const tried = (request: Tried['request']): Tried => {
    const recorder = new Addressed(gateway);
    const verdict = judge(recorder, request);
    const { exchanges } = recorder;
    const fits = couldPrint(incident, verdict, exchanges);
    return { request, verdict: withFix({ api, request, verdict, exchanges }), fits };
  };
  return requests.map((plain) => {
    const request = { ...plain, path };
    const first = tried(request);
    const { verdict } = first;
    if (!message.preflight || verdict.preflight || verdict.rule.startsWith('preflight-')) return first;
    return tried({ ...request, headers: { ...request.headers, 'content-type': 'application/json' } });
  });
}

/** What a browser prints begins with an address; which one does not matter here. */
class Addressed extends Recorder {
  public override get url(): string {
    return 'https://api.example';
  }
}

const TOKEN = /^[\w!#%&*+.^~-]+$/;

function urlOf(text: string | undefined): URL | undefined {
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

function originOf({ message: { origin } }: Incident): string | undefined {
  try {
    checkOrigin(origin);
    return origin;
  } catch {
    return undefined;
  }
}
