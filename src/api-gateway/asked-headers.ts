import { isSentByBrowser } from '../http/header-names';

/** What requests to some routes have to carry, so that their preflights have to allow it. */
export interface AskedHeaders {
  /** Those that authorizers, keys and validators read; in any order and spelling. */
  readonly names: string[];
  /** Whether a route takes signed requests only. */
  readonly signed: boolean;
  /** Methods with a body, which a page mostly sends as JSON. */
  readonly bodies: string[];
}

/** What several routes ask for together. */
export function togetherAsked(routes: AskedHeaders[]): AskedHeaders {
  return {
    names: routes.flatMap(({ names }) => names),
    signed: routes.some(({ signed }) => signed),
    bodies: [...new Set(routes.flatMap(({ bodies }) => bodies))],
  };
}

/** The methods of a route that a page gives a body to. */
export function bodiesOf(verb: string): string[] {
  return BODIES.filter((method) => verb === 'ANY' || verb === method);
}

const BODIES = ['PUT', 'POST', 'PATCH'];

/**
 * The headers among the sources of an authorizer or the parameters of a request, as REST APIs, HTTP
 * APIs and documents spell them: `method.request.header.X`, `$request.header.X`, alone, in a list,
 * or with commas between them.
 */
export function headersAmong(sources: unknown): string[] {
  return [sources]
    .flat()
    .flatMap((source) => (typeof source === 'string' ? source.split(',') : []))
    .flatMap((source) => /^\s*(?:method\.|route\.|\$)request\.header\.([^\s.]+)\s*$/i.exec(source)?.[1] ?? [])
    .filter((name) => !isSentByBrowser(name));
}
