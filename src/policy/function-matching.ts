/**
 * What keeps `OriginMatching.FUNCTIONS` from an API,
 * whether its routes are constructs or written in a document.
 */

/** @param place where the route is: its construct, or the API of its document */
export function unmatchedRoute(route: string, place: string): string {
  return (
    `${OPTION}: ${route} (${place}) does not end in a function with a CorsRuntime, ` +
    'so nobody would send the CORS headers of its responses. ' +
    'Attach a CorsRuntime to its function, or leave originMatching out.'
  );
}

export function ownMatchingConfiguration(api: string): string {
  return (
    `${OPTION}: ${api} has a CORS configuration of its own, ` +
    'and API Gateway would replace the headers of the functions by it. ' +
    'Remove that, or leave originMatching out.'
  );
}

export function importedForMatching(api: string): string {
  return (
    `${OPTION}: ${api} is imported, so its CORS configuration and its other routes cannot be seen. ` +
    'Put OriginMatching.FUNCTIONS on the API where it is made.'
  );
}

const OPTION = 'cors.originMatching';
