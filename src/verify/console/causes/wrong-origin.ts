/** Access-Control-Allow-Origin is there, and its value is not the origin of the page. */
import type { Cause, Message } from '../cause';
import { EXACT_ORIGIN, ONE_LAYER, SEE } from './origin-fixes';

export const wrongOrigin: readonly Cause[] = [
  {
    id: 'several-origins',
    title: 'Access-Control-Allow-Origin has several values',
    prints: [
      {
        engine: 'chromium',
        text: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.",
        key: 'MultipleAllowOriginValues',
      },
      {
        engine: 'firefox',
        text: 'Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed',
        key: 'CORSMultipleAllowOriginNotAllowed',
      },
      { engine: 'webkit', text: 'Access-Control-Allow-Origin cannot contain more than one origin.', alone: true },
    ],
    refines: ['other-origin', 'not-an-origin'],
    when: ({ gaps }) => gaps.value?.includes(',') === true,
    happened: 'Access-Control-Allow-Origin of {api} has several values{withValue}; browsers take exactly one origin.',
    leads: [
      {
        when: ({ gaps }) => !isList(gaps.value),
        text:
          'Two layers both set the header: the function and its function URL, the backend and the gateway, ' +
          'or CloudFront as well.',
      },
      {
        when: ({ gaps }) => gaps.value === undefined || isList(gaps.value),
        text: 'A list of all allowed origins is written into one header. It takes a single origin: the one that asks.',
      },
      {
        when: ({ gaps }) => !isList(gaps.value),
        text: 'Two middlewares of one server set it, one with * and one with the origin.',
      },
    ],
    see: SEE,
    fixes: {
      ...ONE_LAYER,
      any: 'Send one value, set by one layer. Of a list, send the one origin that asks, with `Vary: Origin`.',
    },
  },
  {
    id: 'not-an-origin',
    title: 'Access-Control-Allow-Origin is not an origin',
    prints: [
      {
        engine: 'chromium',
        text: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.",
        key: 'InvalidAllowOriginValue',
      },
    ],
    refines: ['other-origin'],
    when: ({ gaps: { value } }) =>
      value !== undefined && (value === '' || /^'.*'$/.test(value) || !/[:*]|^null$/.test(value)),
    happened: "Access-Control-Allow-Origin of {api} is '{value}', which is not an origin.",
    leads: [
      {
        when: ({ gaps }) => gaps.value === '',
        text: 'The value is empty: an environment or stage variable that is not set.',
      },
      {
        when: ({ gaps }) => /^'.*'$/.test(gaps.value ?? "''"),
        text:
          'The quotes are one layer too many. ' +
          'REST API mappings are written with quotes; a function returns the value without them.',
      },
      {
        when: ({ gaps }) => gaps.value !== '',
        text: 'The scheme is missing: an origin is scheme://host, such as {pageOrigin}.',
      },
    ],
    see: SEE,
    fixes: EXACT_ORIGIN,
  },
  {
    id: 'other-origin',
    title: 'Access-Control-Allow-Origin names another origin',
    prints: [
      {
        engine: 'chromium',
        text:
          "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied " +
          'origin.',
        key: 'AllowOriginMismatch',
      },
      {
        engine: 'firefox',
        text: 'CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’',
        key: 'CORSAllowOriginNotMatchingOrigin',
      },
    ],
    happened:
      "Access-Control-Allow-Origin of {api} is '{value}', and the page is {page}: " +
      'browsers compare them character by character.',
    leads: [
      {
        when: ({ gaps }) => gaps.value?.endsWith('/') === true,
        text: 'The value has a slash at its end. An origin has none.',
      },
      {
        when: ({ gaps }) => gaps.value?.includes('*') === true,
        text: 'A * inside an origin is not a wildcard to browsers, which take it literally: send the one exact origin.',
      },
      {
        when: ({ gaps }) => gaps.value === 'null',
        text: 'The value is "null", which only a sandboxed frame or a local file sends.',
      },
      { when: differsIn(/^[a-z][a-z0-9+.-]*:/i), text: 'Only the scheme differs: http is not https.' },
      { when: differsIn(/:\d+$/), text: 'Only the port differs, and it counts.' },
      { when: differsIn(/\/\/www\./, '//'), text: 'Only www. differs, and it counts.' },
      {
        when: ({ gaps, origin }) => gaps.value !== origin && gaps.value?.toLowerCase() === origin?.toLowerCase(),
        text: 'Only upper and lower case differ: browsers send the host in lower case.',
      },
      {
        text:
          'The API allows one fixed origin, and this page has a different one (staging, localhost, ' +
          'the bare domain).',
      },
      {
        text:
          'A cache keeps the answer for one page and gives it to another: `Vary: Origin` is missing, ' +
          'or CloudFront has no Origin in its cache key.',
      },
    ],
    see: SEE,
    fixes: EXACT_ORIGIN,
  },
];

/** A list of different origins, not one value twice and not a star beside an origin. */
function isList(value: string | undefined): boolean {
  const items = value?.split(',').map((item) => item.trim()) ?? [];
  return items.length > 1 && new Set(items).size === items.length && !items.includes('*');
}

/** Whether the value and the origin are the same once this is taken out of both. */
function differsIn(part: RegExp, replacement = ''): (message: Message) => boolean {
  return ({ gaps: { value }, origin }) =>
    value !== undefined &&
    origin !== undefined &&
    value !== origin &&
    value.replace(part, replacement) === origin.replace(part, replacement);
}
