import { parseText } from '../../text/json-or-yaml';
import { parseYaml } from '../../text/yaml';
import type { SampleBody } from '../requests/body-type';
import type { FindingRule } from './finding-rules';
import { CORS_FILE } from './schema';
import { faultsOf } from './shape';

/** What `cdk-cors.json` says: which pages may use which API. */
export interface CorsFile {
  readonly values?: Record<string, string>;
  /** By logical id, construct path or pattern. */
  readonly apis?: Record<string, ApiSettings>;
}

/** What has to hold for an API; see schema.ts for what each means. */
export interface ApiSettings {
  readonly origins?: string[];
  readonly onlyThese?: boolean;
  readonly strangers?: string[];
  readonly headers?: Record<string, string>;
  readonly credentials?: boolean;
  readonly reads?: string[];
  readonly body?: SampleBody;
  readonly errors?: boolean;
  readonly backends?: boolean;
  readonly strict?: boolean;
  readonly backendHeaders?: HeadersOfBackends[];
  readonly values?: Record<string, string>;
  readonly accepted?: Accepted[];
}

export interface HeadersOfBackends {
  readonly headers: Record<string, string>;
  readonly routes?: string[];
}

/** Findings that do not count, until a day. */
export interface Accepted {
  readonly rule: FindingRule;
  readonly routes?: string[];
  readonly origins?: string[];
  /** Distributions in front of the API; an empty list is the API's own address alone. */
  readonly via?: string[];
  readonly why: string;
  readonly until?: string;
}

/**
 * Reads the text of a settings file.
 *
 * @param name how errors call it
 * @throws with all faults at once: what is not known or has the wrong type, and where
 */
export function readCorsFile(text: string, name: string): CorsFile {
  const content = parseText(text, name);
  const repeated = repeatedKeys(text);
  if (repeated !== undefined) throw new Error(`${name}: ${repeated}. JSON keeps the last one: write one of them.`);
  return checkedCorsFile(content, name);
}

/**
 * An entry that stands twice would lose the first one in silence. YAML, which JSON is too, tells
 * where.
 */
function repeatedKeys(text: string): string | undefined {
  const notes: string[] = [];
  try {
    parseYaml(text, MAX_DEPTH, notes);
  } catch {
    return undefined; // some JSON is no YAML, such as with tabs
  }
  const [, line] = /^line (\d+) has a key that stands twice/.exec(notes[0] ?? '') ?? [];
  return line && `line ${line} has a key that stands twice in its object`;
}

const MAX_DEPTH = 50;

/**
 * The same for content that was read already,
 * such as the key `cdk-cors` of the context in `cdk.json`.
 */
export function checkedCorsFile(content: unknown, name: string): CorsFile {
  const faults = faultsOf(content, CORS_FILE);
  if (faults.length === 0) return content as CorsFile;
  const lines = faults.map((fault) => (/[.?]$/.test(fault) ? fault : `${fault}.`));
  throw new Error(lines.length === 1 ? `${name}: ${lines[0]}` : [`${name}:`, ...lines].join('\n  '));
}
