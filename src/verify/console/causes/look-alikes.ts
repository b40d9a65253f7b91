/** What stands in the console beside messages of CORS, and is taken for one. */
import type { Cause } from '../cause';

const NOT_CORS = 'This is not CORS: no header of the API changes it.';

export const lookAlikes: readonly Cause[] = [
  {
    id: 'redirect-with-password',
    title: 'A redirect leads to a URL with a user name and password',
    prints: [
      {
        engine: 'chromium',
        text:
          "Redirect location '{to}' contains a username and password, " +
          'which is disallowed for cross-origin requests.',
        key: 'RedirectContainsCredentials',
      },
      {
        engine: 'webkit',
        text:
          'Cross-origin redirection to {to} denied by Cross-Origin Resource Sharing policy: ' +
          'redirection URL {target} has credentials',
        alone: true,
      },
    ],
    happened:
      'The request to {api} was redirected to a URL with a user name and password in it, ' +
      'which browsers refuse between origins.',
    leads: [{ text: 'The Location header of the redirect is built from a base URL that holds a user and password.' }],
    see: 'In the Network panel, the Location header of the row with a status of 3xx.',
    fixes: { any: 'Redirect to the URL without user and password, or let the page ask for the final URL.' },
  },
  {
    id: 'local-network',
    title: 'Local Network Access: a public page asks for something on a private network or on this machine',
    prints: [
      {
        engine: 'chromium',
        text: 'The request client is not a secure context and the resource is in more-private address space {space}.',
        key: 'InsecureLocalNetwork',
      },
      {
        engine: 'chromium',
        text: 'Permission was denied for this request to access the {space} address space.',
        key: 'LocalNetworkAccessPermissionDenied',
      },
      {
        engine: 'chromium',
        text: 'Request had a target IP address space of {asked} yet the resource is in address space {space}.',
        key: 'InvalidLocalNetworkAccess',
      },
      {
        engine: 'chromium',
        text:
          "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this " +
          'private network request targeting the {space} address space.',
        older: true,
      },
      {
        engine: 'chromium',
        text: 'Request had no target IP address space, yet the resource is in address space {space}.',
        older: true,
      },
    ],
    happened:
      'Local Network Access: Chrome did not let {page} reach {api}, ' +
      'which is in a local network (or on this machine: localhost, loopback).',
    isNot:
      'No header of the API helps, Access-Control-Allow-Private-Network included: ' +
      'since Chrome 142 it takes the permission of the user.',
    leads: [
      { text: 'The page is not secure: only an https page may ask for the permission.' },
      {
        text:
          'The user denied the permission prompt, or the page is in a frame without ' +
          '`allow="local-network-access"`.',
      },
      {
        text:
          'A public test page calls an API that runs on localhost, ' +
          'or a private API (VPC endpoint) is called from a public page.',
      },
    ],
    see: 'The icon left of the address bar holds the permission "Local network access" of the page.',
    fixes: {
      any:
        'Serve the page over https and allow the prompt; for development, open the page from localhost as well. ' +
        'A private API needs a page in the same network.',
    },
  },
  {
    id: 'mixed-content',
    title: 'Mixed content: an https page asks for http',
    prints: [
      {
        engine: 'chromium',
        text:
          "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {what} '{url}'. " +
          'This request has been blocked',
        alone: true,
      },
      { engine: 'firefox', text: 'Blocked loading mixed active content “{url}”', alone: true },
      { engine: 'firefox', text: 'Blocked loading mixed display content “{url}”', alone: true },
      {
        engine: 'webkit',
        text:
          '[blocked] The page at {page} requested insecure content from {url}. ' +
          'This content was blocked and must be served over HTTPS.',
        alone: true,
      },
      {
        engine: 'webkit',
        text: '[blocked] The page at {page} was not allowed to run insecure content from {url}.',
        alone: true,
        older: true,
      },
      {
        engine: 'webkit',
        text: '[blocked] The page at {page} was not allowed to display insecure content from {url}.',
        alone: true,
        older: true,
      },
    ],
    happened:
      'Mixed content: a page loaded over https asked for {api} over plain http, ' +
      'and the browser did not send the request.',
    isNot: NOT_CORS,
    leads: [
      { text: 'The base URL of the API is written with http://. API Gateway speaks https only.' },
      {
        text:
          'The API on a local machine has no certificate. ' +
          'Chrome and Firefox allow http to localhost from an https page; Safari does not.',
      },
    ],
    see: 'The URL in the message.',
    fixes: { any: 'Write https:// in the URL that the page uses.' },
  },
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
