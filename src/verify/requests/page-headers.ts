import { headersFault, isForbiddenRequestHeader } from '../browser/request-headers';

/**
 * The headers that a page's script sets, for requests of all methods or of some: `x-tenant`,
 * `PUT,POST: content-type`. An empty value leaves out a header that the sample request would have.
 */
export type PageHeaders = Record<string, string>;

/** Those that go with requests of a method, names in lower case. */
export function headersForMethod(method: string, headers: PageHeaders): PageHeaders {
  const fitting = Object.entries(headers).flatMap(([key, value]) => {
    const { methods, name } = splitKey(key);
    return methods.length === 0 || methods.includes(method) ? [[name.toLowerCase(), value] as const] : [];
  });
  return Object.fromEntries(fitting);
}

/** `PUT,POST: content-type` → PUT and POST, content-type. */
export function splitKey(key: string): { methods: string[]; name: string } {
  const [, methods, name] = KEY.exec(key) ?? [undefined, '', key];
  return { methods: methods.split(',').flatMap((method) => method.trim() || []), name: name.trim() };
}

const METHODS = 'DELETE|GET|HEAD|PATCH|POST|PUT';
const KEY = new RegExp(`^((?:${METHODS})(?:\\s*,\\s*(?:${METHODS}))*)\\s*:(.*)$`);

/** Why no script can set this header, if that is so. */
export function pageHeaderFault(key: string, value: string, forCookies: string): string | undefined {
  const { name } = splitKey(key);
  const fault = headersFault({ [name]: value });
  if (fault)
    return (
      `${fault}. Write it like x-trace, or 'content-type: text/csv', or 'PUT,POST: content-type: ` +
      "text/csv' for some methods."
    );
  if (!isForbiddenRequestHeader(name, value)) return undefined;
  const instead = name.toLowerCase() === 'cookie' ? `${forCookies} sends cookies along.` : 'Leave it out.';
  return `browsers do not let a script set ${name}. ${instead}`;
}
