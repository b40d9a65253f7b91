/** The origins of a policy, as far as a template compares them with the page's. */
export interface ComparedOrigins {
  readonly exact: string[];
  readonly patterns: { readonly expressions: string[] }[];
}

/**
 * Velocity that names the page's origin in the response if the origin is listed, and prints
 * nothing: it can stand in front of any other template. Empty where there is nothing to look at in
 * the request.
 *
 * - Header names are case-sensitive here: HTTP/1.1 clients send `Origin`, HTTP/2 ones `origin`.
 *   `$input.params('origin')` would also read the query string.
 * - A missing header may be null or empty.
 * - Everything that varies stands in single quotes, where Velocity replaces nothing, and no value
 *   of ours holds one.
 * - No line breaks, for what is printed of them differs between versions of Velocity; so the last
 *   directive has braces, which keep it apart from a letter that follows. (A line break that
 *   follows may be lost.)
 * - A header may be overridden once only: one `#if` for all.
 */
export function originTemplate(origins: ComparedOrigins): string {
  const conditions = [
    ...origins.exact.map((origin) => `$corsOrigin == '${origin}'`),
    ...origins.patterns.flatMap(({ expressions }) => expressions.map(matching)),
  ];
  if (conditions.length === 0) {
    return '';
  }
  return [
    "#set($corsOrigin = $input.params().header.get('Origin'))",
    "#if(!$corsOrigin || $corsOrigin == '')#set($corsOrigin = $input.params().header.get('origin'))#end",
    ...inGroups(conditions).map((group, index) => `#${index === 0 ? 'if' : 'elseif'}(${group.join(' || ')})${ALLOW}`),
    '#{end}',
  ].join('');
}

/** Whether a template, or several as JSON, sets the header already. */
export function overridesOrigin(template: string): boolean {
  return new RegExp(OVERRIDE, 'i').test(template);
}

/**
 * Whether whatever it sets the header to may be another page's origin: all but one literal origin.
 */
export function mayReflectOrigin(template: string): boolean {
  const literal = new RegExp(`${OVERRIDE}[^=]*=\\s*('[^'*,]*'|\\\\?"[^"$*,]*")\\s*\\)`, 'gi');
  return overridesOrigin(template.replace(literal, ''));
}

const OVERRIDE = 'responseoverride\\.header\\.?(\\[\\\\?["\'])?access-control-allow-origin';

const ALLOW = '#set($context.responseOverride.header.Access-Control-Allow-Origin = $corsOrigin)';

/**
 * What a backslash in a string means differs between versions of Velocity, and a bare `[` starts a
 * class even inside of one in Java.
 */
function matching(expression: string): string {
  const [scheme, rest] = expression.split('\\[');
  return rest === undefined
    ? `$corsOrigin.matches('${expression}')`
    : `($corsOrigin.startsWith('${scheme}[') && $corsOrigin.matches('${scheme}.${rest}'))`;
}

/** Velocity nests one `||` in the next: thousands in a row overflow its stack. */
function inGroups(conditions: string[]): string[][] {
  const size = 100;
  return Array.from({ length: Math.ceil(conditions.length / size) }, (_, index) =>
    conditions.slice(index * size, (index + 1) * size),
  );
}
