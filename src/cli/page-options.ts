import type { Command } from 'commander';
import { checkOrigin } from '../verify/browser/origin';

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

/** CORS asks for a header's value only where the name alone does not tell; then the value that pages most often send is assumed. */
function collectHeader(text: string, before: Record<string, string> = {}): Record<string, string> {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim().toLowerCase();
  const value = colon < 0 ? (USUAL_VALUES[name] ?? 'cdk-cors') : text.slice(colon + 1).trim();
  return { ...before, [name]: value };
}

const USUAL_VALUES: Record<string, string> = { 'content-type': 'application/json' };
