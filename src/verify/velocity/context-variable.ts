import { asValue } from './json-path';
import { Unknowable, type Value } from './values';

/**
 * `$context`: facts about the request, and the place where a template overrides the response.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference
 */
export class ContextVariable extends Map<string, Value> {
  public readonly headerOverrides = new Overrides();
  private readonly response = new Map<string, Value>([['header', this.headerOverrides]]);

  public constructor(known: Record<string, any>) {
    super();
    for (const [name, value] of Object.entries(known)) this.set(name, asValue(value));
    this.set('responseOverride', this.response);
  }

  public get statusOverride(): Value {
    return this.response.get('status') ?? null;
  }

  public override get(name: string): Value {
    const value = super.get(name);
    if (value !== undefined) return value;
    if (name !== 'requestOverride') return new Unknowable(`$context.${name}`);
    const request = new Map<string, Value>(['header', 'querystring', 'path'].map((part) => [part, new Map()]));
    this.set(name, request);
    return request;
  }
}

/** Remembers which names were set more than once, which API Gateway answers with an error. */
export class Overrides extends Map<string, Value> {
  public twice?: string;

  public override set(name: string, value: Value): this {
    if (this.has(name)) this.twice ??= name;
    return super.set(name, value);
  }
}
