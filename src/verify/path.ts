import type { ApiModel } from './model/api-model';
import { routesOf } from './model/routes';

/** The path as a browser would ask for it; throws where it is no path below the stage. */
export function checkedPath(path: any, api: ApiModel): string {
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw new Error(`path: ${JSON.stringify(path)} is no path below the stage. Write it with a slash in front, such as '/items/42'.`);
  }
  if (/[{}]/.test(path)) {
    const example = path.replace(/\{[^}]*\+\}/g, 'a/b').replace(/\{[^}]*\}/g, '42');
    throw new Error(`path: "${path}" is the name of a route, not a path that a page asks for. Write "${example}", for example.`);
  }
  if (PLAIN.test(path)) return withoutStage(path, api);
  const { pathname, search } = new URL(path, 'https://api.example.com');
  return withoutStage(pathname, api) + search;
}

/** Nothing that a browser would resolve or encode. */
const PLAIN = /^(\/[\w~!$&'()*+,;=:@-][\w~!$&'()*+,;=:@.-]*)*\/?$/;

/** A path with the stage in front is a mistake if only the rest of it is a route. */
function withoutStage(path: string, api: ApiModel): string {
  const [, first, rest] = path.match(/^\/([^/]+)(\/.*)?$/) ?? [];
  if (first === undefined || !api.stages.includes(first)) return path;
  const routes = routesOf(api);
  const isRoute = (candidate: string): boolean => routes.some(({ matches }) => matches(candidate));
  if (isRoute(path) || !isRoute(rest ?? '/')) return path;
  throw new Error(`path: "${path}" begins with the stage ${first}. Paths are those below the stage: "${rest ?? '/'}".`);
}
