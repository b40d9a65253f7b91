import { readable } from '../unknown';
import type { CauseId } from './cause';
import { methodOf, routeOf } from './place';
import type { Need, Terms } from './terms';

/** One sentence or two for each cause: what to change, and why that and nothing else. */
export const SENTENCES: Record<CauseId, (need: Need, terms: Terms) => string> = {
  'origin-missing': (_, terms) => `${upper(terms.origin())}.`,
  'origin-quoted': ({ cause: { value, detail } }, terms) =>
    `Take the quotes out of ${value}: they are sent with the value. ` +
    `In a mapping one pair of single quotes stands around it, "'${detail}'"; ${terms.origin()}.`,
  'origin-list': ({ cause: { value } }, terms) =>
    `Send one origin, not the list "${value}": browsers compare the whole value with the page's origin. ` +
    `So ${terms.origin()}.`,
  'origin-twice': ({ cause: { value } }) =>
    `Send Access-Control-Allow-Origin once: it arrives twice ("${value}"), ` +
    'from API Gateway and from what is behind or in front of it. Take it out of one of them.',
  'origin-pattern': ({ cause: { value } }, terms) =>
    `Name the origin instead of ${value}: to browsers a * inside an origin is not a wildcard. So ${terms.origin()}.`,
  'origin-star-with-credentials': (_, terms) =>
    'Name the origin instead of *, which counts for nothing when the page sends cookies or other credentials: ' +
    `${terms.origin()}. Or leave credentials out of the request.`,
  'origin-near': ({ cause: { value, detail } }, terms) =>
    `Spell the origin exactly as the browser sends it: in ${value} ${detail}. So ${terms.origin()}.`,
  'origin-other': (_, terms) => `${upper(terms.origin())}.`,
  'credentials-missing': (_, terms) =>
    `${upper(terms.credentials())}: the page sends cookies or other credentials. Or leave them out of the request.`,
  'credentials-misspelled': ({ cause: { value } }, terms) =>
    `Write true, in small letters and without quotes of its own, instead of ${value}: ${terms.credentials()}.`,
  'method-unlisted': ({ cause: { names } }, terms) => `${upper(terms.methods(names))}.`,
  'method-case-of-page': ({ cause: { names } }) =>
    `Write the method in capitals in the page: method: '${names[0].toUpperCase()}'. ` +
    `fetch sends ${names[0]} as it is written, and methods are compared with their case.`,
  'method-case-of-list': ({ cause: { names, detail } }, terms) =>
    `List the method in capitals, ${names[0]} instead of ${detail}, ` +
    `since methods are compared with their case: ${terms.methods(names)}.`,
  'method-star-with-credentials': ({ cause: { names } }, terms) =>
    `List the methods by name, since with credentials a * counts for nothing: ${terms.methods(names)}.`,
  'header-unlisted': ({ cause: { names } }, terms) => `${upper(terms.headers(names))}.`,
  'header-of-response': ({ cause: { names, detail } }, terms) =>
    `Take ${names.join(', ')} out of the headers that the page sends: ` +
    `${names.length > 1 ? 'they are headers' : 'it is a header'} of responses, which the API sends.` +
    (detail ? ` And ${terms.headers(detail.split(', '))}.` : ''),
  'header-star-with-credentials': ({ cause: { names } }, terms) =>
    `List the headers by name, since with credentials a * counts for nothing: ${terms.headers(names)}.`,
  'list-quoted': ({ cause }, terms) =>
    `Take the quotes out of ${cause.value}: they are sent with the value, and spoil the whole list. ` +
    `So ${listTerms(cause.names, cause.detail, terms)}.`,
  'list-misspelled': ({ cause: { value, detail } }) =>
    `Write names with commas between them: in "${value}", "${detail}" is not a name, and spoils the whole list.`,
  'no-route': ({ request: { method = 'GET', path } }) =>
    'Correct the path or the method in the page, or add the route: ' +
    `nothing in the API takes ${method} ${path.split('?')[0]}.`,
  'no-options': (_, terms) => `${upper(terms.preflight())}: nothing answers OPTIONS there.`,
  authorizer: (need, terms) =>
    closedOptions(need, terms, `asks for ${need.cause.detail}`, 'set AuthorizationType: NONE on it'),
  'api-key': (need, terms) => closedOptions(need, terms, 'asks for an API key', 'set ApiKeyRequired: false on it'),
  validator: (need, terms) =>
    closedOptions(need, terms, 'has a request validator', 'take the validator and its required parameters off it'),
  'resource-policy': ({ cause: { of, answer }, request }) =>
    of === 'preflight'
      ? 'Let the resource policy of the API allow execute-api:Invoke for OPTIONS to everybody: ' +
        'preflights carry no signature, and nothing acts on them. ' +
        `It refuses ${answer.answeredBy}.`
      : `Let the resource policy of the API allow ${request.method ?? 'GET'} for those who use the page: ` +
        `it refuses ${answer.answeredBy}.`,
  'media-type': ({ cause: { of, answer }, request: { headers = {} } }) =>
    of === 'preflight'
      ? 'Let the OPTIONS method take a request without a Content-Type, which is read as application/json: ' +
        'give its integration a request template for application/json ({"statusCode": ' +
        `200} for a mock) (${answer.answeredBy}).`
      : `Give the integration of ${answer.answeredBy} a request template for ${contentType(headers)}, ` +
        'or let the page send a type that it has one for.',
  'integration-fails': ({ cause: { detail, answer } }) =>
    `Repair the integration of ${answer.answeredBy}${detail ? `: ${detail}` : ''}.`,
  redirect: ({ cause: { value, answer } }) =>
    `Answer the preflight with 204 instead of the redirect ${value}, ` +
    `which browsers do not follow there (${answer.answeredBy}); ` +
    'or let the page ask for the address that it leads to.',
  status: ({ cause: { value, answer } }) =>
    `Answer OPTIONS with 204 (or another status from 200 to 299) instead of ${value} (${answer.answeredBy}).`,
  'ignored-mappings': ({ cause: { names, answer } }, terms) =>
    `Take the mapping of ${names.join(', ')} out of ${answer.answeredBy}: ` +
    `API Gateway ignores header mappings of a proxy integration. Instead ${terms.origin()}.`,
  backend: ({ api, cause: { of } }, terms) => {
    const what = of === 'preflight' ? terms.preflight() : terms.origin();
    const instead =
      api.kind === 'HTTP' && of === 'preflight'
        ? ' Or let API Gateway answer: with a CORS configuration it does so where no route takes OPTIONS.'
        : '';
    return `${upper(what)}, and test that: no template shows what it sends.${instead}`;
  },
};

/** A preflight meets security that it cannot pass; an actual request lacks what it asks for. */
function closedOptions({ api, cause: { of, answer } }: Need, terms: Terms, asks: string, open: string): string {
  if (of === 'response') return `Send what ${answer.answeredBy} wants with the request: it ${asks}.`;
  const route = routeOf(api, answer.answeredBy);
  const isOwn =
    methodOf(api, answer.answeredBy)?.verb === 'OPTIONS' || (route && 'key' in route && route.verb === 'OPTIONS');
  const change = isOwn ? open : `give the path an OPTIONS of its own: ${terms.preflight()}`;
  return (
    'Open OPTIONS to preflights, which carry no token, key or signature: ' +
    `${readable(answer.answeredBy ?? '')} ${asks}, so ${change}.`
  );
}

function listTerms(names: string[], stray: string | undefined, terms: Terms): string {
  const isMethod = /^["']*[A-Z]+["']*$/.test(stray ?? '');
  return isMethod ? terms.methods(names) : terms.headers(names);
}

function contentType(headers: Record<string, string>): string {
  const [, type = 'application/json'] = Object.entries(headers).find(([name]) => /^content-type$/i.test(name)) ?? [];
  return type.split(';')[0];
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
