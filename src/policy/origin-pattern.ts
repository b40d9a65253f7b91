import { isExactOrigin } from './exact-origin';

/**
 * A set of origins: `https://*.example.com`, `https://deploy-*.example.com`, `https://*`, `http://localhost:*`.
 */
export class OriginPattern {
  /** The pattern, or `undefined` where a `*` stands where none may. */
  public static of(source: string): OriginPattern | undefined {
    const [, scheme, host, port = ''] = /^(https?):\/\/(\[[0-9a-f:]+\]|[a-z0-9.*_-]+)(:\*|:[1-9][0-9]{0,4})?$/.exec(source) ?? [];
    if (scheme === undefined || !source.includes('*')) {
      return undefined;
    }
    if (host === '*') {
      return port === '' ? new OriginPattern(source, `${scheme}://${ANY_HOST}${ANY_PORT}`) : undefined;
    }
    if (host.includes('*') && !/^[^.*]*\*[^.*]*\.[^*]+$/.test(host)) {
      return undefined;
    }
    const example = source.replace(/:\*$/, '').replace('*', 'a');
    if (!isExactOrigin(example)) {
      return undefined;
    }
    const expression = `${scheme}://${hostExpression(host)}${port === ':*' ? ANY_PORT : port}`;
    return new OriginPattern(source, expression, host.includes('*') ? host : undefined);
  }

  private readonly matcher: RegExp;

  private constructor(
    /** As the user wrote it. */
    public readonly source: string,
    /**
     * A regular expression for the whole of an origin. It means the same in Java, JavaScript and Python, and holds no
     * backslash (what one means in a string differs between versions of Velocity), quote or `$`.
     */
    public readonly expression: string,
    /** The host as written, where the wildcard stands in it and something is left beside it. */
    public readonly wildcardHost?: string,
  ) {
    this.matcher = new RegExp(`^(${expression})$`);
  }

  public matches(origin: string): boolean {
    return this.matcher.test(origin);
  }
}

const LABEL = '[a-z0-9_-]+';
const ANY_PORT = '(:[1-9][0-9]{0,4})?';

/**
 * Java takes `[` for the start of a class even inside of one, so without a backslash it can only be approached: what
 * lies between `Z` and `^`, but neither of them, nor `]`. The `\` that is left beside it is no character of an origin.
 */
const BRACKET = '(?![Z^]|])[Z-^]';
const ANY_HOST = `((${LABEL}[.])*${LABEL}[.]?|${BRACKET}[0-9a-f:]+])`;

function hostExpression(host: string): string {
  if (host.startsWith('*.')) {
    return `(${LABEL}[.])+${literal(host.slice(2))}`;
  }
  return host.split('*').map(literal).join(LABEL);
}

function literal(text: string): string {
  return text.replace(/[.[]/g, (char) => (char === '.' ? '[.]' : BRACKET));
}
