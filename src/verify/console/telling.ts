/** Fills the gaps in the texts of a cause with what a message tells. */
import type { Message } from './cause';
import { filledIn } from './wording';

export function told(text: string, message: Message): string {
  return filledIn(text, wordsFor(message));
}

function wordsFor({ url, redirectedFrom, origin, status, gaps }: Message): Record<string, string> {
  const { value, method, header, to, namedHeader, list = 'Headers', error } = gaps;
  return {
    api: url ? shownUrl(url) : 'the API',
    url: url && PLAIN_URL.test(url) ? url : '<url>',
    page: origin ? clipped(origin) : 'the page',
    pageOrigin: origin && PLAIN_ORIGIN.test(origin) ? origin : 'https://app.example.com',
    firstUrl: redirectedFrom ? shownUrl(redirectedFrom) : to && url ? shownUrl(url) : 'the API',
    target: to ? shownUrl(to) : redirectedFrom && url ? shownUrl(url) : 'another URL',
    withStatus: status ? ` (status ${status})` : '',
    anErrorStatus: status ? `status ${status}` : 'an error status',
    withValue: value ? `: '${clipped(value)}'` : '',
    withHeader: namedHeader ? ` (it names ${namedHeader})` : '',
    withError: error ? ` (${error})` : '',
    credentialsValue:
      value === undefined ? 'missing or not true' : value === '' ? 'missing' : `'${clipped(value)}', not true`,
    value: value === undefined ? 'another value' : clipped(value),
    theMethod: method ? clipped(method) : 'the method of the request',
    theHeader: header ? clipped(header) : 'a header of the request',
    method: method && TOKEN.test(method) ? method : '<method>',
    header: header && TOKEN.test(header) ? header : '<header>',
    list,
  };
}

/** Query strings and passwords are secrets more often than not, and tell nothing here. */
function shownUrl(url: string): string {
  const [path, ...query] = url.split(/[?#]/, 2);
  return clipped(path.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1')) + (query.length > 0 ? '?…' : '');
}

function clipped(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 200;

/** What may stand in a command or in code that somebody copies. */
const PLAIN_URL = /^https?:\/\/[\w.:-]{1,255}(?:\/[\w.~%/@:+-]{0,500})?$/;
const PLAIN_ORIGIN = /^[a-z][a-z0-9+.-]{0,30}:\/\/[a-z0-9._:-]{1,255}$/;
const TOKEN = /^[\w!#%&*+.^~-]{1,100}$/;
