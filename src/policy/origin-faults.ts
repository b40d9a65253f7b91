import { Token } from 'aws-cdk-lib';
import { isExactOrigin, OPAQUE_SCHEMES, PAGELESS_SCHEMES } from '../http/origin';
import { didYouMean, quote, replaceTokens } from './faults';
import { OriginPattern } from './origin-pattern';

/** Why no browser would ever match this value, and what to write instead. */
export function originFault(value: string): string | undefined {
  if (value === '*' || isExactOrigin(value) || isPlausibleOrigin(value) || OriginPattern.of(value)) {
    return undefined;
  }
  return `${quote(value)} ${reason(value)}`;
}

/**
 * Whether an origin with deploy-time values in it may be one: nothing but `scheme://host:port`
 * stands around them, and the scheme is not one that is sent as null.
 */
export function isPlausibleOrigin(value: string): boolean {
  const [start] = /^[a-z0-9+.-]*/.exec(value)!;
  return (
    Token.isUnresolved(value) &&
    /^([a-z0-9+.-]+:\/\/)?[a-z0-9._:[\]-]+$/.test(replaceTokens('x', value)) &&
    !['null', ...OPAQUE_SCHEMES, ...PAGELESS_SCHEMES].includes(start)
  );
}

function reason(value: string): string {
  if (value === 'null') {
    return (
      'is what every sandboxed frame and every local file sends, so it would let anyone in. ' +
      'Serve the page from an origin of its own, such as "http://localhost:3000".'
    );
  }
  const scheme = /^([a-z]+):/i.exec(value)?.[1].toLowerCase();
  if (scheme !== undefined && OPAQUE_SCHEMES.includes(scheme)) {
    return (
      `is not an origin that a browser sends: pages of ${scheme}: send "null", as anyone can. ` +
      'Serve the page from an origin of its own, such as "http://localhost:3000".'
    );
  }
  if (scheme !== undefined && PAGELESS_SCHEMES.includes(scheme)) {
    const page = scheme === 'ws' ? 'http' : 'https';
    return (
      `is not an origin that a browser sends: no page is served by ${scheme}:. ` +
      `Write the origin of the page that calls: "${page}://app.example.com".`
    );
  }
  if (Token.isUnresolved(value)) {
    return value.includes('*')
      ? 'has a wildcard beside a deploy-time value, and a pattern has to be known at synthesis. ' +
          'Write it out, or list exact origins.'
      : 'is not an origin that a browser sends. ' +
          'Beside a deploy-time value only a scheme, "://", a lower-case host and a port may stand, ' +
          'with no path or slash at the end.';
  }
  const guess = didYouMean(value, corrected);
  if (/^https?:\/\/\*:/.test(value)) {
    const start = value.slice(0, value.indexOf('*'));
    return (
      'fixes the port of any host, which no pattern can. ' +
      `Write "${start}*", which means any host and port, or name the domain: "${start}*.example.com:8443".`
    );
  }
  if (value.includes('*') && guess === '') {
    return (
      'has a * where none may stand. ' +
      'Write "https://*.example.com" for subdomains, "https://deploy-*.example.com" for a part of the first ' +
      'label, "http://localhost:*" for any port, or "https://*" for any host.'
    );
  }
  return (
    'is not an origin that a browser ' +
    `sends.${guess || ' Write it as the browser does: "https://app.example.com" or "http://localhost:3000".'}`
  );
}

/** The spelling that was probably meant: `https://app.example.com` for `App.example.com:443/`. */
function corrected(part: string): string | undefined {
  const anyPort = /:\*(?=$|[/?#])/;
  const origin = urlOrigin(withScheme(part.replace(anyPort, '')))?.replace('://.', '://*.') ?? '';
  const guess = part === '*' ? part : origin + (anyPort.test(part) ? ':*' : '');
  return guess === '*' || isExactOrigin(guess) || OriginPattern.of(guess) ? guess : undefined;
}

function withScheme(text: string): string {
  if (text.includes('://')) {
    return text;
  }
  const rest = text.replace(/^(https?:)?\/*/i, '');
  const plain = /^(http:|localhost|127\.|\[::1\])/i.test(text);
  return `${plain ? 'http' : 'https'}://${rest}`;
}

function urlOrigin(text: string): string | undefined {
  try {
    const { origin, protocol, host } = new URL(text);
    return origin === 'null' ? `${protocol}//${host.toLowerCase()}` : origin;
  } catch {
    return undefined;
  }
}
