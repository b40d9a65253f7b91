import { isExactOrigin } from '../http/origin';

/**
 * A set of origins: `https://*.example.com`, `https://deploy-*.example.com`, `https://*`,
 * `http://localhost:*`.
 */
export class OriginPattern {
  /** The pattern, or `undefined` where a `*` stands where none may. */
  public static of(source: string): OriginPattern | undefined {
    const [, scheme, host, port = ''] =
      /^(https?):\/\/(\[[0-9a-f:]+\]|[a-z0-9.*_-]+)(:\*|:[1-9][0-9]{0,4})?$/.exec(source) ?? [];
    if (scheme === undefined || !source.includes('*')) {
      return undefined;
    }
    if (host === '*') {
      return port === ''
        ? new OriginPattern(
            source,
            ANY_HOST.map((any) => `${scheme}://${any}${ANY_PORT}`),
          )
        : undefined;
    }
    if (host.includes('*') && !/^[^.*]*\*[^.*]*\.[^*]+$/.test(host)) {
      return undefined;
    }
    const example = source.replace(/:\*$/, '').replace('*', 'a');
    if (!isExactOrigin(example)) {
      return undefined;
    }
    const expression = `${scheme}://${hostExpression(host)}${port === ':*' ? ANY_PORT : port}`;
    return new OriginPattern(source, [expression], host.includes('*') ? host : undefined);
  }

  private readonly matcher: RegExp;

  private constructor(
    /** As the user wrote it. */
    public readonly source: string,
    /**
     * Regular expressions, each for the whole of an origin: it matches where one of them does. They
     * mean the same in Java, JavaScript, Python and RE2, so they look neither ahead nor behind.
     * They hold no quote and no `$`, and a backslash only as `\[`, right after the scheme.
     */
    public readonly expressions: string[],
    /** The host as written, where the wildcard stands in it and something is left beside it. */
    public readonly wildcardHost?: string,
  ) {
    this.matcher = new RegExp(`^(${expressions.join('|')})$`);
  }

  public matches(origin: string): boolean {
    return this.matcher.test(origin);
  }
}

const ANY_PORT = '(:[1-9][0-9]{0,4})?';
const LABEL = '[a-z0-9_-]+';

/**
 * A host has 253 characters at most, so 126 labels in front of another; without a limit, Java's
 * stack would overflow on a long header.
 */
const SUBDOMAINS = `(${LABEL}[.]){1,126}`;
const ANY_HOST = [`${LABEL}([.]${LABEL}){0,126}[.]?`, '\\[[0-9a-f:]+]'];

function hostExpression(host: string): string {
  return host.startsWith('*.') ? SUBDOMAINS + literal(host.slice(2)) : host.split('*').map(literal).join(LABEL);
}

function literal(text: string): string {
  return text.replace(/[.[]/g, (char) => (char === '.' ? '[.]' : '\\['));
}
