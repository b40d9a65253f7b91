import { Token } from 'aws-cdk-lib';
import { CorsPolicyError, faultsOfEach, quote } from './faults';
import { originFault } from './origin-faults';
import { OriginPattern } from './origin-pattern';

/**
 * Who may read an API's responses: exact origins, and patterns over hosts and ports.
 * Pure: knows nothing of constructs or templates.
 */
export class AllowedOrigins {
  /** Throws a `CorsPolicyError` with every fault of the list. */
  public static parse(values: string[]): AllowedOrigins {
    const faults = originFaults(values);
    if (faults.length > 0) {
      throw new CorsPolicyError(faults);
    }
    return new AllowedOrigins(Token.isUnresolved(values) ? values : [...new Set(values)]);
  }

  /** Every origin, `null` too. */
  public readonly any: boolean;
  /** The whole list is a deploy-time value, and cannot be looked into. */
  public readonly isDeployTimeList: boolean;
  public readonly exact: string[];
  public readonly patterns: OriginPattern[];

  private constructor(
    /** The list as written, without repeats. */
    public readonly values: string[],
  ) {
    this.isDeployTimeList = Token.isUnresolved(values);
    this.any = !this.isDeployTimeList && values.includes('*');
    this.exact = this.isDeployTimeList ? [] : values.filter((value) => !value.includes('*'));
    this.patterns = this.isDeployTimeList ? [] : values.flatMap((value) => OriginPattern.of(value) ?? []);
  }

  /** The one value that can be written down without looking at the request, if there is one. */
  public get staticOrigin(): string | undefined {
    if (this.any) {
      return '*';
    }
    return this.exact.length === 1 && this.patterns.length === 0 ? this.exact[0] : undefined;
  }

  /** Whether the header depends on the page that asks. */
  public get varies(): boolean {
    return this.staticOrigin === undefined;
  }

  public allows(origin: string): boolean {
    return this.any || this.exact.includes(origin) || this.patterns.some((pattern) => pattern.matches(origin));
  }
}

/** Every fault of the list, by the name of the option that users fill in. */
export function originFaults(values: string[]): string[] {
  if (Token.isUnresolved(values)) {
    return [];
  }
  if (values.length === 0) {
    return [
      'cors.allowOrigins: the list is empty, so no page could read anything. ' +
        'List the origins of your pages, such as "https://app.example.com", or write "*".',
    ];
  }
  const faults = faultsOfEach('allowOrigins', values, originFault);
  if (values.includes('*') && new Set(values).size > 1) {
    const others = values.filter((value) => value !== '*').map(quote);
    faults.push(
      `cors.allowOrigins: "*" already means every origin, so ${others.join(', ')} would change nothing. ` +
        'Write ["*"] alone, or leave "*" out.',
    );
  }
  return faults;
}
