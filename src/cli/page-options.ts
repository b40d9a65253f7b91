import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkOrigin } from '../verify/browser/origin';
import { headersFault } from '../verify/browser/request-headers';
import { SAMPLE_BODIES, type SampleBody } from '../verify/requests/body-type';
import { type PageHeaders, pageHeaderFault, splitKey } from '../verify/requests/page-headers';

/** What a page sends besides its origin. */
export interface PageOptions {
  readonly header?: PageHeaders;
  readonly credentials?: boolean;
}

export function definePageOptions(command: Command): Command {
  return command
    .option(
      '--header <name[: value]>',
      'header that the page sets, for some methods as PUT,POST: name: value; repeat it',
      collectHeader,
    )
    .option('--credentials', 'the page sends cookies along (credentials: "include")');
}

export function bodyOption(): Option {
  return new Option(
    '--body <type>',
    'what the page sends with PUT, POST and PATCH (default: JSON, unless the API says another type)',
  ).choices(SAMPLE_BODIES);
}

export type { SampleBody };

export function collectOrigin(origin: string, before: string[] = []): string[] {
  checkOrigin(origin);
  return before.includes(origin) ? before : [...before, origin];
}

/**
 * CORS asks for a header's value only where the name alone does not tell;
 * then the value that pages most often send is assumed.
 */
function collectHeader(text: string, before: PageHeaders = {}): PageHeaders {
  const { methods, name: rest } = splitKey(text);
  const colon = rest.indexOf(':');
  const written = (colon < 0 ? rest : rest.slice(0, colon)).trim();
  const name = written.toLowerCase();
  const value = colon < 0 ? (USUAL_VALUES[name] ?? 'cdk-cors') : rest.slice(colon + 1).trim();
  const fault = pageHeaderFault(written, value, '--credentials');
  if (fault) throw new Error(`--header: ${fault}`);
  return { ...before, [methods.length > 0 ? `${methods.join(',')}: ${name}` : name]: value };
}

const USUAL_VALUES: Record<string, string> = { 'content-type': 'application/json' };

/** A header that a backend sends has to have a value. */
export function collectBackendHeader(text: string, before: Record<string, string> = {}): Record<string, string> {
  const colon = text.indexOf(':');
  const [name, value] = [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
  if (colon < 1 || headersFault({ [name]: value }))
    throw new Error(`--backend-header: "${text}" is not a header. Write it like 'access-control-allow-origin: *'.`);
  return { ...before, [name]: value };
}

export function collectName(name: string, before: string[] = []): string[] {
  if (headersFault({ [name]: '' }))
    throw new InvalidArgumentError(`"${name}" is not the name of a header, such as X-Total-Count.`);
  return [...before, name];
}
