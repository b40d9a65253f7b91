import { isKnown } from '../unknown';

/** Where the value of a header may come from, besides a static one. */
export const RESPONSE_SOURCES = /^(integration\.response\.|context\.|stageVariables\.)/;
export const GATEWAY_SOURCES = /^(method\.request\.|context\.|stageVariables\.)/;

/**
 * Why the service refuses to map a header so: it takes a quoted value, or the name of a source.
 * What is unknown until deployment is not judged.
 */
export function mappingFault(header: string, expression: string, sources: RegExp): string | undefined {
  if (/^'[\s\S]*'$/.test(expression) || sources.test(expression) || !isKnown(expression)) return undefined;
  return `maps ${header} to ${expression}, which is not a mapping expression: ${inSingleQuotes(expression)}.`;
}

/** Double quotes around a value would be sent with it. */
function inSingleQuotes(expression: string): string {
  const bare = expression.replace(/^["']+|["']+$/g, '');
  const instead = /^["']/.test(expression) ? ', in place of the other quotes' : '';
  return `a static value stands in single quotes, "'${bare}'"${instead}`;
}
