import { Token, Tokenization } from 'aws-cdk-lib';

/**
 * What every refusal of a CORS policy throws: all that is wrong with it at once, one fault a line,
 * with the construct that it was put on.
 *
 * TypeScript and JavaScript only; in other languages the message is all there is.
 *
 * @jsii ignore
 * @example
 * try {
 *   addCors(api, options);
 * } catch (error) {
 *   if (error instanceof CorsPolicyError) error.faults.forEach((fault) => console.error(fault));
 * }
 */
export class CorsPolicyError extends Error {
  /** Each fault in a sentence or two, which begins with the option: `cors.allowOrigins[0]: …`. */
  public readonly faults!: string[];

  /**
   * @param faults at least one
   * @param path of the construct that the policy was put on
   */
  public constructor(faults: string[], path?: string) {
    super((path ? `${path}: ` : '') + faults.join('\n'));
    this.name = 'CorsPolicyError';
    // Node.js prints what can be enumerated below the message, which has the faults already.
    Object.defineProperty(this, 'faults', { value: faults, enumerable: false });
  }
}

/** Says of which construct a policy is refused. */
export function namingConstruct<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof CorsPolicyError ? new CorsPolicyError(error.faults, path) : error;
  }
}

/**
 * A value as an error shows it to the person who typed it; a deploy-time value would print as an
 * encoded number.
 */
export function quote(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(replaceTokens('<deploy-time value>', value));
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, quote).join(', ')}]`;
  }
  return typeof value === 'function' ? value.name || 'a function' : printed(value);
}

/** Not every object can be printed: one without a prototype cannot. */
function printed(value: unknown): string {
  try {
    return String(value).replace('[object Object]', 'an object');
  } catch {
    return 'an object';
  }
}

/** The fault of a value that is not a string. JavaScript passes any type at all. */
export function notAString(value: unknown, example: string): string | undefined {
  return typeof value === 'string'
    ? undefined
    : `${quote(value)} is not a string. Write one such as ${quote(example)}.`;
}

/** 'cors.allowOrigins[1]: …' for each value that has a fault; holes in sparse arrays included. */
export function faultsOfEach<T>(option: string, values: T[], faultOf: (value: T) => string | undefined): string[] {
  return [...values].flatMap((value, index) => {
    const fault = faultOf(value);
    return fault === undefined ? [] : [`cors.${option}[${index}]: ${fault}`];
  });
}

/** The text with each deploy-time value in it replaced. */
export function replaceTokens(placeholder: string, text: string): string {
  if (!Token.isUnresolved(text)) {
    return text;
  }
  return Tokenization.reverseString(text)
    .mapTokens({ mapToken: () => placeholder })
    .join({ join: (left, right) => `${left}${right}` });
}

/**
 * ' Did you mean "a", "b"?' or nothing. People put a whole list into one string, or the quotes of
 * API Gateway's console around a value, so each part is corrected on its own; a guess is made only
 * if every part makes sense.
 */
export function didYouMean(value: string, correct: (part: string) => string | undefined): string {
  const parts = value
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^['"]+|['"]+$/g, ''))
    .filter((part) => part !== '')
    .map(correct);
  return parts.length > 0 && parts.every((part) => part !== undefined)
    ? ` Did you mean ${parts.map(quote).join(', ')}?`
    : '';
}
