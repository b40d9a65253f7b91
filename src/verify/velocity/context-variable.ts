import type { Overridden } from './input';
import { asValue } from './json-path';
import { toText, Unknowable, type Value } from './values';

/**
 * `$context`: facts about the request, and the place where a template overrides the request and the
 * response. "Context variables" in
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export class ContextVariable extends Map<string, Value> {
  public readonly headerOverrides: Overrides;
  private request?: Map<string, Value>;
  private readonly response: Overrides;

  /**
   * `before`: what the template of the integration request overrode,
   * which the one of the response can read.
   */
  public constructor(known: Record<string, any>, before?: Overridden) {
    super();
    for (const [name, value] of Object.entries(known)) this.set(name, asValue(value));
    this.request = before?.request;
    this.headerOverrides = new Overrides(before?.response.get('header'));
    this.response = new Overrides(before?.response);
    this.response.set('header', this.headerOverrides);
    this.set('responseOverride', this.response);
  }

  public get statusOverride(): Value {
    return this.response.own('status');
  }

  public get overridden(): Overridden {
    return { request: this.request, response: this.response };
  }

  public override get(name: string): Value {
    if (name === 'requestOverride') return this.requestOverride;
    return super.get(name) ?? new Unknowable(`$context.${name}`);
  }

  /** Made where a template asks for it, which few do. */
  private get requestOverride(): Map<string, Value> {
    this.request ??= new Map<string, Value>(['header', 'querystring', 'path'].map((part) => [part, new Map()]));
    return this.request;
  }
}

/** What a template overrode, where the template may have gone several ways, which do not agree. */
export function overriddenInDoubt(ways: Overridden[], why: string): Overridden {
  const agreed = new Set(ways.map(({ request, response }) => toText(request ?? null) + toText(response))).size === 1;
  const doubt = new Doubtful(why);
  return agreed ? ways[0] : { request: doubt, response: doubt };
}

class Doubtful extends Map<string, Value> {
  public constructor(private readonly why: string) {
    super();
  }

  public override get(): Value {
    return new Unknowable(this.why);
  }
}

/**
 * Remembers which names were set more than once, which API Gateway answers with an error. What was
 * there before is read only.
 */
export class Overrides extends Map<string, Value> {
  public twice?: string;

  public constructor(private readonly before?: Value) {
    super();
  }

  public override get(name: string): Value {
    const value = super.get(name);
    if (value !== undefined) return value;
    if (this.before instanceof Unknowable) return this.before;
    return (this.before instanceof Map && this.before.get(name)) || null;
  }

  /** What this template set, and none before it. */
  public own(name: string): Value {
    return super.get(name) ?? null;
  }

  public override set(name: string, value: Value): this {
    if (this.has(name)) this.twice ??= name;
    return super.set(name, value);
  }
}
