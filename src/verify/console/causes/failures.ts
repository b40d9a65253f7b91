/** Requests that got no answer at all, and messages that do not say why. */
import type { Cause } from '../cause';

const NO_ANSWER = 'This is not CORS, whatever the message says: there was no answer that headers could stand in.';

export const failures: readonly Cause[] = [
  {
    id: 'bad-certificate',
    title: 'The certificate is not accepted',
    prints: [
      { engine: 'chromium', text: 'net::ERR_CERT_', alone: true },
      { engine: 'chromium', text: 'net::ERR_SSL_', alone: true },
      { engine: 'webkit', text: 'The certificate for this server is invalid.', alone: true },
      {
        engine: 'webkit',
        text: 'An SSL error has occurred and a secure connection to the server cannot be made.',
        alone: true,
      },
    ],
    happened: 'The browser does not accept the TLS certificate of {api}, so the request was never sent.',
    isNot: NO_ANSWER,
    leads: [
      { text: 'The server has a self-signed certificate, as local ones do.' },
      { text: 'The custom domain has no certificate for this name, or the name points to another server.' },
    ],
    see: 'Open the URL in a tab of its own: the browser then says what it does not accept.',
    fixes: {
      any:
        'Give the server a certificate that the browser trusts; in development, ' +
        'use http://localhost or a local authority such as mkcert.',
    },
  },
  {
    id: 'no-answer',
    title: 'There was no answer',
    prints: [
      { engine: 'chromium', text: 'net::ERR_CONNECTION_', alone: true },
      { engine: 'chromium', text: 'net::ERR_NAME_NOT_RESOLVED', alone: true },
      { engine: 'chromium', text: 'net::ERR_EMPTY_RESPONSE', alone: true },
      { engine: 'chromium', text: 'net::ERR_INTERNET_DISCONNECTED', alone: true },
      { engine: 'chromium', text: 'net::ERR_NETWORK_CHANGED', alone: true },
      { engine: 'chromium', text: 'net::ERR_ADDRESS_UNREACHABLE', alone: true },
      { engine: 'chromium', text: 'net::ERR_TIMED_OUT', alone: true },
      { engine: 'chromium', text: 'net::ERR_HTTP2_PROTOCOL_ERROR', alone: true },
      { engine: 'chromium', text: 'net::ERR_BLOCKED_BY_CLIENT', alone: true },
      { engine: 'firefox', text: 'CORS request did not succeed', key: 'CORSDidNotSucceed' },
      { engine: 'webkit', text: 'A server with the specified hostname could not be found.', alone: true },
      { engine: 'webkit', text: 'Could not connect to the server.', alone: true },
      { engine: 'webkit', text: 'The network connection was lost.', alone: true },
    ],
    happened:
      'No answer came from {api}{withError}: the connection was refused, the name not found, TLS failed, ' +
      'or something cut it off.',
    isNot: NO_ANSWER,
    leads: [
      { text: 'The server is not running, or does not listen on this port.' },
      { text: 'The host name is wrong, or the API has been deleted: each new REST or HTTP API has a new host name.' },
      { text: 'The certificate is not accepted (Firefox does not say so here).' },
      {
        text:
          'A private API is called from outside its network, or an ad blocker, ' +
          'VPN or firewall cuts the request off.',
      },
    ],
    see: 'Open the URL in a tab of its own, or ask with `curl -i {url}`.',
    fixes: { any: 'Check the URL that the page uses, and that the server runs there.' },
  },
  {
    id: 'error-status',
    title: 'An error that the page can read',
    prints: [{ engine: 'chromium', text: 'the server responded with a status of {code} (', alone: true }],
    happened: 'The server answered with {anErrorStatus}, and the browser let the page read it.',
    isNot: 'This is not CORS: the page can read the answer, and the status is the matter.',
    leads: [
      { status: [401, 403], text: 'The token, key or signature is missing or refused.' },
      { status: [403, 404], text: 'The path, the method or the stage does not exist.' },
      { status: [400], text: 'The request validator or the backend does not take the request.' },
      { status: [429], text: 'Too many requests.' },
      { status: [500, 502, 503, 504], text: 'The function or backend failed or was too slow. Its log says why.' },
    ],
    see: 'The row with this status in the Network panel, and its response body.',
    fixes: { any: 'Repair the request or what answers it.' },
  },
  {
    id: 'cors-disabled',
    title: 'CORS is switched off in this browser',
    prints: [
      { engine: 'firefox', text: 'CORS disabled', key: 'CORSDisabled' },
      { engine: 'firefox', text: 'CORS header ‘Origin’ cannot be added', key: 'CORSOriginHeaderNotAdded' },
    ],
    happened: 'This Firefox is set up, or made by an extension, not to send requests to other origins.',
    isNot: 'Not a matter of the API: other browsers are not affected.',
    leads: [{ text: 'The preference content.cors.disable is on, or an extension takes the Origin header out.' }],
    see: 'about:config in the address bar; a private window without extensions.',
    fixes: { any: 'Set content.cors.disable to false, or switch the extension off.' },
  },
  {
    id: 'reason-unknown',
    title: 'Blocked by CORS, for a reason that is cut off or not known',
    prints: [],
    happened:
      'The browser kept an answer of {api} from {page} because of CORS. ' +
      'Which rule it was does not follow from this text{withHeader}.',
    isNot: 'The text is cut off, from a browser in another language, or from one that words it in a new way.',
    leads: [
      { text: 'The answer has no Access-Control-Allow-Origin, or names another origin. Most messages are about that.' },
      { text: 'The preflight (OPTIONS) is refused, or does not list a method or header of the request.' },
      {
        text:
          'The request has credentials, and the API answers with * or without Access-Control-Allow-Credentials: ' +
          'true.',
      },
    ],
    see: '`cdk-cors probe {url} --origin {pageOrigin}` asks as a browser does, and names the rule.',
    fixes: {
      any: 'Copy the whole line, from Chrome or from an English Firefox or Safari, and run `cdk-cors explain` again.',
    },
  },
  {
    id: 'access-control-checks',
    title: 'Safari: due to access control checks',
    prints: [{ engine: 'webkit', text: '{what} due to access control checks.', alone: true }],
    happened:
      'Safari did not let the page read {api}. This line stands under every failure; the line above it says why.',
    isNot: 'This may not be CORS: connections that fail end with the same line.',
    leads: [{ text: 'The reason stands in the line above: copy it along.' }],
    see: 'The lines around it in the console.',
    fixes: { any: 'Copy the whole console and run `cdk-cors explain` again.' },
  },
  {
    id: 'exception-only',
    title: 'Only the exception of fetch',
    prints: [
      { engine: 'chromium', text: 'TypeError: Failed to fetch', alone: true },
      { engine: 'chromium', text: 'net::ERR_FAILED', alone: true },
      { engine: 'firefox', text: 'TypeError: NetworkError when attempting to fetch resource.', alone: true },
      { engine: 'webkit', text: 'TypeError: Load failed', alone: true },
      { engine: 'chromium', text: 'AxiosError: Network Error', alone: true },
    ],
    happened: 'fetch failed. Scripts are never told why; the console is, in a line of its own.',
    isNot: 'It may be CORS or not: a connection that failed gives the same exception.',
    leads: [{ text: 'The reason stands in another line of the console, most often in red above this one.' }],
    see: 'The console of the browser, not the log of the app; and the Network panel.',
    fixes: { any: 'Copy the whole console and run `cdk-cors explain` again.' },
  },
];
