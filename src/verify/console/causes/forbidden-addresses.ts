/** Taken for CORS: browsers do not let the page ask for such an address. */
import type { Cause } from '../cause';

export const NOT_CORS = 'This is not CORS: no header of the API changes it.';

export const forbiddenAddresses: readonly Cause[] = [
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
];
