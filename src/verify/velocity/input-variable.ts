import type { VelocityInput } from './input';
import { jsonPath } from './json-path';
import { HostObject, toText, Unknowable, type Value } from './values';

/**
 * `$input`: the body, and the request's parameters. "Input variables" in
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export class InputVariable extends HostObject {
  private parameters?: Map<string, Value>;
  private headers?: Parameters;

  public constructor(private readonly input: VelocityInput) {
    super();
  }

  public override get(property: string): Value {
    return property === 'body' ? this.body : null;
  }

  public override call(method: string, parameters: Value[]): Value | undefined {
    const [first] = parameters;
    if (first instanceof Unknowable) return first;
    switch (`${method}/${parameters.length}`) {
      case 'params/0':
        return this.params;
      case 'params/1':
        return this.param(toText(first));
      case 'body/0':
        return this.body;
      case 'json/1':
        return this.json(toText(first));
      case 'path/1':
        return this.path(toText(first));
      default:
        return undefined;
    }
  }

  /** An empty one reads as an empty object. */
  private get body(): Value {
    return this.input.body === '' ? '{}' : (this.input.body ?? new Unknowable('the body comes from the backend'));
  }

  private get params(): Map<string, Value> {
    const { path, querystring, headers, emptyIfMissing } = this.input;
    this.headers ??= new Parameters(headers, emptyIfMissing);
    this.parameters ??= new Map([
      ['path', new Parameters(path, emptyIfMissing)],
      ['querystring', new Parameters(querystring, emptyIfMissing)],
      ['header', this.headers],
    ]);
    return this.parameters;
  }

  /**
   * Headers that were asked for in a spelling that was not sent, and in no other: `Origin` where
   * browsers send `origin`.
   */
  public get misspelled(): string[] {
    return this.headers?.misspelled ?? [];
  }

  /**
   * Looks in the path, the query and the headers, in this order; names are compared
   * case-sensitively.
   */
  private param(name: string): Value {
    const places = Array.from(this.params.values()) as Parameters[];
    const place = places.find((candidate) => candidate.has(name)) ?? places[2];
    return place.get(name) ?? '';
  }

  private json(path: string): Value {
    const found = this.path(path);
    return found instanceof Unknowable ? found : asJson(found);
  }

  private path(path: string): Value {
    const body = this.body;
    return body instanceof Unknowable ? body : jsonPath(toText(body), path);
  }
}

/**
 * A missing parameter reads as an empty text, not as null: aws-cdk-lib's own multi-origin
 * preflights only work because of that.
 */
class Parameters extends Map<string, Value> {
  public constructor(
    values: Record<string, string> = {},
    private readonly emptyIfMissing = true,
  ) {
    super();
    for (const [name, value] of Object.entries(values)) this.set(name, value);
  }

  private readonly read = new Set<string>();

  public override get(name: string): Value {
    this.read.add(name);
    return super.get(name) ?? (this.emptyIfMissing ? '' : null);
  }

  public get misspelled(): string[] {
    const missing = Array.from(this.read).filter((name) => !this.has(name) && !this.read.has(name.toLowerCase()));
    if (missing.length === 0) return missing;
    const unread = Array.from(this.keys(), (name) => (this.read.has(name) ? '' : name.toLowerCase()));
    return missing.filter((name) => unread.includes(name.toLowerCase()));
  }
}

function asJson(value: Value): string {
  return JSON.stringify(value, (_, item) => (item instanceof Map ? Object.fromEntries(item) : item));
}
