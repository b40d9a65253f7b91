import type { Command } from 'commander';
import { checkOrigin } from '../verify/browser/origin';
import { headersFault, isForbiddenRequestHeader } from '../verify/browser/request-headers';

/** What a page sends besides its origin. */
export interface PageOptions {
  readonly header?: Record<string, string>;
  readonly credentials?: boolean;
}

export function definePageOptions(command: Command): Command {
  return command
    .option('--header <name[: value]>', 'header that the page sets; repeat it for several', collectHeader)
    .option('--credentials', 'the page sends cookies along (credentials: "include")');
}

export function collectOrigin(origin: string, before: string[] = []): string[] {
  checkOrigin(origin);
  return before.includes(origin) ? before : [...before, origin];
}

/**
 * CORS asks for a header's value only where the name alone does not tell; then the value that pages
 * most often send is assumed.
 */
function collectHeader(text: string, before: Record<string, string> = {}): Record<string, string> {
  const colon = text.indexOf(':');
  const written = (colon < 0 ? text : text.slice(0, colon)).trim();
  const name = written.toLowerCase();
  const value = colon < 0 ? (USUAL_VALUES[name] ?? 'cdk-cors') : text.slice(colon + 1).trim();
  const fault = headersFault({ [written]: value });
  if (fault) throw new Error(`--header: ${fault}. Write it like x-trace or 'content-type: text/csv'.`);
  if (isForbiddenRequestHeader(name, value)) {
    const instead = name === 'cookie' ? '--credentials sends cookies along.' : 'Leave it out.';
    throw new Error(`--header: browsers do not let a script set ${written}. ${instead}`);
  }
  return { ...before, [name]: value };
}

const USUAL_VALUES: Record<string, string> = { 'content-type': 'application/json' };
