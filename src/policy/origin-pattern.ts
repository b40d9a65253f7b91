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

const ANY_PORT = '(:[1-9][0-9]{0,4})?';
const IN_LABEL = '[a-z0-9_-]+';

/** Labels and dots, never two dots in a row. Repeating a group would overflow Java's stack on a long header. */
const LABELS = '(?!.*[.][.])[a-z0-9_-][a-z0-9_.-]*';

/**
 * Java takes `[` for the start of a class even inside of one, so without a backslash it can only be approached: what
 * lies between `Z` and `^`, but neither of them, nor `]`. The `\` that is left beside it is no character of an origin.
 */
const BRACKET = '(?![Z^]|])[Z-^]';
const ANY_HOST = `(${LABELS}|${BRACKET}[0-9a-f:]+])`;

function hostExpression(host: string): string {
  return host.startsWith('*.') ? LABELS + literal(host.slice(1)) : host.split('*').map(literal).join(IN_LABEL);
}

function literal(text: string): string {
  return text.replace(/[.[]/g, (char) => (char === '.' ? '[.]' : BRACKET));
}
