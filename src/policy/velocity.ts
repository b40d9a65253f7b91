import type { AllowedOrigins } from './allowed-origins';

/**
 * Velocity that names the page's origin in the response if the origin is listed, and prints nothing: it can stand in
 * front of any other template. Empty where there is nothing to look at in the request.
 *
 * - Header names are case-sensitive here: HTTP/1.1 clients send `Origin`, HTTP/2 ones `origin`. `$input.params('origin')`
 *   would also read the query string.
 * - A missing header may be null or empty.
 * - Everything that varies stands in single quotes, where Velocity replaces nothing, and no value of ours holds one.
 * - One line, for a line break between directives would be printed; the last one belongs to `#end`, and keeps it apart
 *   from what follows.
 */
export function originTemplate(origins: AllowedOrigins): string {
  const conditions = [
    ...origins.exact.map((origin) => `$corsOrigin == '${origin}'`),
    ...origins.patterns.map((pattern) => `$corsOrigin.matches('${pattern.expression}')`),
  ];
  if (conditions.length === 0) {
    return '';
  }
  return [
    "#set($corsOrigin = $input.params().header.get('Origin'))",
    "#if(!$corsOrigin || $corsOrigin == '')#set($corsOrigin = $input.params().header.get('origin'))#end",
    `#if(${conditions.join(' || ')})`,
    '#set($context.responseOverride.header.Access-Control-Allow-Origin = $corsOrigin)',
    '#end\n',
  ].join('');
}
