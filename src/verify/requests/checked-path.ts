import { normalizeMethod } from '../browser/methods';
import type { ApiModel } from '../model/api-model';
import type { BrowserRequest } from '../verdict';
import { routesOf } from './routes';

/** The path as a browser would ask for it; throws where it is not a path below the stage. */
export function checkedPath(path: any, api: ApiModel): string {
  const asked = requestedPath(path);
  const mark = asked.indexOf('?');
  return mark < 0 ? withoutStage(asked, api) : withoutStage(asked.slice(0, mark), api) + asked.slice(mark);
}

/** The path as a browser would ask for it; throws where it is not one. */
export function requestedPath(path: any): string {
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw new Error(
      `path: ${JSON.stringify(path)} is not a path below the stage. ` +
        "Write it with a slash in front, such as '/items/42'.",
    );
  }
  if (/[{}]/.test(path)) {
    const example = path.replace(/\{[^}]*\+\}/g, 'a/b').replace(/\{[^}]*\}/g, '42');
    throw new Error(
      `path: "${path}" is the name of a route, not a path that a page asks for. Write "${example}", for example.`,
    );
  }
  if (PLAIN.test(path)) return path;
  const { pathname, search } = new URL(`https://api.example.com${path}`);
  return pathname + search;
}

/** Nothing that a browser would resolve or encode. */
const PLAIN = /^(\/[\w~!$&'()*+,;=:@-][\w~!$&'()*+,;=:@.-]*)*\/?$/;

/** A path with the stage in front is a mistake if only the rest of it is a route. */
function withoutStage(path: string, api: ApiModel): string {
  const [, first, rest] = /^\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (first === undefined || !api.stages.includes(first)) return path;
  const routes = routesOf(api);
  const isRoute = (candidate: string): boolean => routes.some(({ matches }) => matches(candidate));
  if (isRoute(path) || !isRoute(rest ?? '/')) return path;
  throw new Error(`path: "${path}" begins with the stage ${first}. Paths are those below the stage: "${rest ?? '/'}".`);
}

/**
 * Throws where no route takes the request: whatever the gateway says to it then, a test that asks
 * for it has a typing mistake.
 */
export function checkRoute({ path, method, gatewayError }: BrowserRequest, api: ApiModel): void {
  const known = routesOf(api);
  const onPath = known.filter((route) => route.matches(checkedPath(path, api)));
  if (onPath.length === 0) {
    const names = known.map(({ name }) => name).join(', ');
    throw new Error(`path: no route of the API ${api.id} matches "${path}". It has ${names || 'no routes'}.`);
  }
  const verbs = [...new Set(onPath.flatMap((route) => route.verbs))];
  const asked = normalizeMethod(method ?? 'GET');
  if (gatewayError !== undefined || api.incomplete || takes(verbs, asked, api)) return;
  const hint = takes(verbs, asked.toUpperCase(), api)
    ? ` Browsers send "${asked}" as it is: write ${asked.toUpperCase()}.`
    : '';
  throw new Error(
    `method: no route of the API ${api.id} takes ${asked} on "${path}". The path has ${verbs.join(', ')}.${hint}`,
  );
}

/** ANY of a REST API stands for its seven methods, elsewhere for whatever is asked. */
function takes(verbs: string[], method: string, { kind }: ApiModel): boolean {
  return verbs.includes(method) || (verbs.includes('ANY') && (kind !== 'REST' || REST_METHODS.includes(method)));
}

const REST_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
