import { readFileSync } from 'node:fs';
import { getOrCreate } from '../../collections';
import type { TemplateScope } from './scope';

/** Where a resource stands in a template. */
export interface Place {
  readonly file: string;
  readonly logicalId: string;
  /** 'AWS::ApiGateway::Method' */
  readonly type: string;
  /** Where the template has a line for each resource. */
  readonly line?: number;
}

/**
 * Finds the resources behind APIs and distributions in their files, by the names that verdicts use.
 */
export class Places {
  private readonly byName = new Map<string, Omit<Place, 'line'>>();
  private readonly lines = new Map<string, ReadonlyMap<string, number>>();

  public constructor(scopes: TemplateScope[]) {
    for (const scope of scopes) this.note(scope);
  }

  /** @param name a construct path or a logical id */
  public of(name: string): Place | undefined {
    const place = this.byName.get(name);
    if (!place) return undefined;
    const line = getOrCreate(this.lines, place.file, () => linesOf(place.file)).get(place.logicalId);
    return { ...place, ...(line && { line }) };
  }

  private note(scope: TemplateScope): void {
    const { file } = scope;
    for (const [logicalId, { Type }] of scope.resources) {
      if (Type === 'AWS::CloudFormation::Stack') {
        const nested = scope.nested(logicalId);
        if (nested) this.note(nested);
      } else if (file !== undefined && TYPES.test(Type)) {
        const name = scope.nameOf(logicalId);
        if (!this.byName.has(name)) this.byName.set(name, { file, logicalId, type: Type });
      }
    }
  }
}

const TYPES = /^AWS::(ApiGateway|ApiGatewayV2|CloudFront|Lambda::Url)(::|$)/;

/**
 * Each resource is a key of its own line,
 * one step further in than `Resources`, in JSON and in YAML.
 */
function linesOf(file: string): ReadonlyMap<string, number> {
  const lines = textOf(file).split('\n');
  const start = lines.findIndex((line) => /^\s*"?Resources"?\s*:\s*\{?\s*$/.test(line));
  const found = new Map<string, number>();
  let depth: number | undefined;
  for (let index = start + 1; start >= 0 && index < lines.length; index++) {
    const [, indent, id] = /^(\s*)["']?([A-Za-z0-9]+)["']?\s*:/.exec(lines[index]) ?? [];
    if (id === undefined) continue;
    depth ??= indent.length;
    if (indent.length < depth) break;
    if (indent.length === depth) found.set(id, index + 1);
  }
  return found;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // what is not a file of this machine has no lines
  }
}
