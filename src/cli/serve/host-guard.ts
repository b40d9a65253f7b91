import { isIP } from 'node:net';

/**
 * DNS rebinding: a site whose name suddenly points to this machine shares an origin with whatever
 * listens here, and its pages could read all of it. The browser still sends the site's own name as
 * `Host`, so that gives it away.
 */
export class HostGuard {
  private readonly own: string;
  private readonly isEverywhere: boolean;

  /** `host`: the address or name to listen on. */
  public constructor(host: string) {
    this.own = bare(host);
    this.isEverywhere = this.own === '0.0.0.0' || this.own === '::';
  }

  /** Why a request with this `Host` is refused, if it is. */
  public refusal(header: string | undefined): string | undefined {
    const name = bare(/^(\[[^\]]*\]|[^:]*)(:\d*)?$/.exec(header ?? '')?.[1] ?? '');
    if (name !== '' && (isLoopback(name) || name === this.own || (this.isEverywhere && isAddress(name))))
      return undefined;
    const what = header === undefined ? 'a request without a Host header' : `the Host ${JSON.stringify(header)}`;
    return (
      `${what} is not this machine: serve answers localhost and what --host says, ` +
      'or any site could read it by DNS rebinding'
    );
  }
}

/** Only names can be made to point elsewhere. */
function isAddress(name: string): boolean {
  return isIP(name) !== 0;
}

function isLoopback(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
