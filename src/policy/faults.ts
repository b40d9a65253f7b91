import { Token, Tokenization } from 'aws-cdk-lib';

/** What is wrong with a policy, all of it at once, one fault a line. */
export class PolicyError extends Error {
  public constructor(public readonly faults: string[]) {
    super(faults.join('\n'));
    this.name = 'PolicyError';
  }
}

/**
 * A value as an error shows it to the person who typed it; a deploy-time value would print as an
 * encoded number.
 */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(withTokensAs('<deploy-time value>', value));
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, show).join(', ')}]`;
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

/** What is said of a value that is no text. JavaScript passes any type at all. */
export function textFault(value: unknown, example: string): string | undefined {
  return typeof value === 'string' ? undefined : `${show(value)} is not a string. Write one such as ${show(example)}.`;
}

/** 'cors.allowOrigins[1]: …' for each value that has a fault; a hole in the list is one, too. */
export function faultsOfEach<T>(option: string, values: T[], faultOf: (value: T) => string | undefined): string[] {
  return [...values].flatMap((value, index) => {
    const fault = faultOf(value);
    return fault === undefined ? [] : [`cors.${option}[${index}]: ${fault}`];
  });
}

/** The text with each deploy-time value in it replaced. */
export function withTokensAs(placeholder: string, text: string): string {
  if (!Token.isUnresolved(text)) {
    return text;
  }
  return Tokenization.reverseString(text)
    .mapTokens({ mapToken: () => placeholder })
    .join({ join: (left, right) => `${left}${right}` });
}

/**
 * ' Did you mean "a", "b"?' or nothing. People put a whole list into one string, or the quotes of
 * API Gateway's console around a value, so each part is corrected by itself; a guess is made only
 * if every part makes sense.
 */
export function didYouMean(value: string, correct: (part: string) => string | undefined): string {
  const parts = value
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^['"]+|['"]+$/g, ''))
    .filter((part) => part !== '')
    .map(correct);
  return parts.length > 0 && parts.every((part) => part !== undefined)
    ? ` Did you mean ${parts.map(show).join(', ')}?`
    : '';
}
