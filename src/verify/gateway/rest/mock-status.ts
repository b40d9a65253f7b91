import { isKnown, readable } from '../../unknown';

/**
 * What a mock makes of its rendered request template: the status that it names,
 * or why there is none.
 */
type MockStatus =
  | { readonly status: string }
  /** API Gateway answers 500. */
  | { readonly fault: string }
  | { readonly unknown: string };

/**
 * Reads `{"statusCode": 200}` as API Gateway does: leniently in its spelling (no quotes, single
 * ones, a comma too many), strictly in its value, which has to be a number. What nobody has tried
 * is unknown.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function mockStatus(output: string): MockStatus {
  let status = read.get(output);
  if (!status) {
    status = readStatus(output.trim());
    if (read.size > 1_000) read.clear(); // a template may print request data
    read.set(output, status);
  }
  return status;
}

const read = new Map<string, MockStatus>();

function readStatus(text: string): MockStatus {
  const shown = readable(text) || 'nothing';
  const { values, odd, broken } = membersOf(tokensOf(text));
  if (!isKnown(text) && (broken || !values.every(isKnown))) return { unknown: `its request template gives ${shown}` };
  if (broken) return { fault: `its mock integration gives ${shown}, which ${broken}: write {"statusCode": 200}` };
  if (odd || new Set(values).size > 1) return { unknown: `how API Gateway reads the mock's ${shown} is not known` };
  const [value] = values;
  if (value === undefined) return { fault: 'its mock integration names no statusCode, as in {"statusCode": 200}' };
  if (/^-?\d+$/.test(value)) return { status: value };
  if (/^["'[{]|^(null|true|false)$/.test(value))
    return {
      fault: `its mock integration gives the statusCode ${value}, which has to be a number: 200 without quotes`,
    };
  return { unknown: `whether API Gateway takes ${value} for a statusCode is not known` };
}

/**
 * Quoted texts, marks of structure, and words; a quote that nothing closes is a token of its own.
 */
function tokensOf(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}[\],:"']|[^\s{}[\],:"']+/g) ?? [];
}

interface Members {
  /** Of statusCode, as written. */
  readonly values: string[];
  /**
   * Before the statusCode stands what is not a member in any spelling. Behind it that does no harm.
   */
  readonly odd: boolean;
  /** Why the whole is a 500. */
  readonly broken?: string;
}

function membersOf(tokens: string[]): Members {
  const values: string[] = [];
  let odd = false;
  const result = (broken?: string): Members => ({ values, odd, broken });
  if (tokens[0] !== '{') return result('is not an object in braces');
  let at = 1;
  let closed = false;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === '}' && at === tokens.length - 1) return result();
    if (token === '{') return result('has a brace too many');
    if (isQuote(token) && values.length === 0) return result('has a quote that nothing closes');
    if (token === ',') {
      at++;
    } else if (isName(token) && tokens[at + 1] === ':') {
      const end = endOfValue(tokens, at + 2);
      if (token.replace(/^["']|["']$/g, '') === 'statusCode') values.push(tokens.slice(at + 2, end).join(' '));
      at = end;
    } else {
      odd ||= values.length === 0 || isQuote(token);
      closed ||= token === '}';
      at++;
    }
  }
  odd ||= closed; // by a brace with something behind it
  return result(closed ? undefined : 'is not closed');
}

/** Where the next member begins: behind a balanced list or object, or behind one word. */
function endOfValue(tokens: string[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    if (/^[{[]$/.test(tokens[at])) depth++;
    else if (/^[}\]]$/.test(tokens[at])) depth--;
    if (depth < 0) return at;
    if (depth === 0 && tokens[at + 1] !== undefined && /^[,}\]]$/.test(tokens[at + 1])) return at + 1;
  }
  return tokens.length;
}

function isQuote(token: string): boolean {
  return token === '"' || token === "'";
}

function isName(token: string): boolean {
  return !/^[{}[\],:"']$/.test(token);
}
