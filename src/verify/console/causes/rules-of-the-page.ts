/**
 * Taken for CORS: a rule of the page itself, or of the browser's settings,
 * stops the request or its cookies.
 */
import type { Cause } from '../cause';
import { NOT_CORS } from './forbidden-addresses';

export const rulesOfThePage: readonly Cause[] = [
  {
    id: 'content-security-policy',
    title: "The page's own Content-Security-Policy forbids the address",
    prints: [
      {
        engine: 'chromium',
        text: 'Connecting to \'{url}\' violates the following Content Security Policy directive: "{directive}".',
        alone: true,
      },
      {
        engine: 'chromium',
        text:
          "Refused to connect to '{url}' because it violates the following Content Security Policy directive: " +
          '"{directive}".',
        alone: true,
        older: true,
      },
      {
        engine: 'chromium',
        text: "Refused to connect because it violates the document's Content Security Policy.",
        alone: true,
      },
      {
        engine: 'firefox',
        text:
          'The page’s settings blocked the loading of a resource ({what}) at {url} because it violates the ' +
          'following directive: “{directive}”',
        alone: true,
      },
      {
        engine: 'webkit',
        text:
          'Refused to connect to {url} because it does not appear in the connect-src directive of the Content ' +
          'Security Policy.',
        alone: true,
      },
    ],
    happened:
      'The Content-Security-Policy of the page does not list {api} in connect-src, ' +
      'so the browser did not send the request.',
    isNot: NOT_CORS,
    leads: [
      {
        text:
          'The header Content-Security-Policy of the page (or a meta element in its HTML) has a connect-src ' +
          'without the host of the API.',
      },
    ],
    see: 'The response headers of the HTML document of the page.',
    fixes: {
      any:
        "Add the origin of the API to connect-src of the page's Content-Security-Policy, " +
        'where the page is served (CloudFront, S3, the HTML).',
    },
  },
  {
    id: 'same-origin-mode',
    title: 'The script asks for mode: same-origin',
    prints: [
      {
        engine: 'chromium',
        text:
          'Fetch API cannot load {url}. ' +
          'Request mode is "same-origin" but the URL\'s origin is not same as the request origin {origin}.',
        alone: true,
      },
      { engine: 'firefox', text: 'Security Error: Content at {page} may not load data from {url}.', alone: true },
    ],
    happened: 'The script allows answers from its own origin only, and {api} has another origin.',
    isNot: NOT_CORS,
    leads: [
      {
        text:
          "fetch is called with mode: 'same-origin', or the file is loaded in a way that never crosses origins " +
          '(a worker, a local file).',
      },
    ],
    see: 'The call of fetch in the code of the page.',
    fixes: { any: "Leave mode out of the call of fetch: its default, 'cors', asks the API." },
  },
  {
    id: 'local-file',
    title: 'A local file, or an address that is not http',
    prints: [
      { engine: 'chromium', text: 'Not allowed to load local resource: {url}', alone: true },
      { engine: 'chromium', text: 'Cross origin requests are only supported for protocol schemes:' },
      { engine: 'firefox', text: 'CORS request not http', key: 'CORSRequestNotHttp' },
      { engine: 'webkit', text: 'Cross origin requests are only supported for HTTP.', alone: true },
    ],
    happened: 'The script asks for {api}, and browsers let pages ask over http and https only (not file:).',
    isNot: NOT_CORS,
    leads: [
      { text: 'The page was opened from the disk (file:), and asks for a file beside it.' },
      { text: 'The scheme is missing in the URL, as in localhost:3000/items.' },
    ],
    see: 'The URL in the message.',
    fixes: {
      any: 'Serve the page and its files with a local web server (http://localhost), and write URLs with their scheme.',
    },
  },
  {
    id: 'third-party-cookies',
    title: 'Third-party cookies are blocked',
    prints: [
      { engine: 'chromium', text: 'Third-party cookie will be blocked.', alone: true },
      { engine: 'chromium', text: 'Third-party cookie is blocked', alone: true },
      {
        engine: 'firefox',
        text:
          'Cookie “{value}” has been rejected because it is in a cross-site context and its “SameSite” is “Lax” ' +
          'or “Strict”.',
        alone: true,
      },
      { engine: 'firefox', text: 'Cookie “{value}” has been rejected as third-party.', alone: true },
      {
        engine: 'firefox',
        text: 'Cookie “{value}” has been rejected because it is foreign and does not have the “Partitioned“ attribute.',
        alone: true,
      },
      {
        engine: 'firefox',
        text:
          'Request to access cookie or storage on “{url}” was blocked because we are blocking all third-party ' +
          'storage access requests',
        alone: true,
      },
      {
        engine: 'firefox',
        text:
          'Partitioned cookie or storage access was provided to “{url}” because it is loaded in the third-party ' +
          'context and dynamic state partitioning is enabled.',
        alone: true,
      },
    ],
    happened: 'The cookie belongs to another site than the page, and the browser blocks it or keeps it apart.',
    isNot:
      'This is not CORS: with every header right, Safari and Firefox still keep cookies away from an API on ' +
      'another site, such as an execute-api domain.',
    leads: [
      { text: 'The API has the domain of API Gateway or CloudFront, and so is another site than the page.' },
      { text: 'The cookie is set without `SameSite=None; Secure`, which every cookie between sites needs.' },
    ],
    see: 'The Cookies tab of the request in the Network panel, and the row Set-Cookie of the response.',
    fixes: {
      any:
        'Give the API a domain of the same site (api.example.com beside app.example.com), ' +
        'or a path of the same host behind CloudFront; or send a token in a header in place of a cookie.',
    },
  },
];
