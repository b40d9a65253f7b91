/**
 * Origins that nobody listed, chosen so that a careless comparison lets them in: an expression
 * without an anchor, a dot that stands for anything, a comparison of hosts without scheme or port.
 * Pure: knows nothing of APIs.
 */
export interface Stranger {
  readonly origin: string;
  /** What it has in common with a listed origin, or why it is often let in. */
  readonly likeness: string;
}

export function strangersTo(listed: string[]): Stranger[] {
  const all = [...listed.flatMap(lookAlikes), ...USUAL];
  const byOrigin = new Map(all.map((stranger) => [stranger.origin, stranger]));
  for (const origin of listed) byOrigin.delete(origin);
  return [...byOrigin.values()];
}

const USUAL: Stranger[] = [
  { origin: 'null', likeness: 'pages in a sandbox, of a file or after a redirect: any site can have this origin' },
  { origin: 'http://localhost', likeness: "the user's own machine" },
  { origin: 'http://localhost:3000', likeness: 'what somebody develops' },
  { origin: 'https://localhost:8443', likeness: 'what somebody develops' },
];

function lookAlikes(listed: string): Stranger[] {
  const [, scheme, host, port] = /^([a-z][a-z0-9+.-]*):\/\/(\[[^\]]*\]|[^:/]+)(?::(\d+))?$/.exec(listed) ?? [];
  if (host === undefined) return []; // 'null' is like nothing
  const to = (origin: string, likeness: string): Stranger => ({ origin, likeness: `${likeness} ${listed}` });
  const at = (otherHost: string): string => `${scheme}://${otherHost}${port ? `:${port}` : ''}`;
  const otherPort = `${scheme}://${host}:${port === OTHER_PORT ? '9443' : OTHER_PORT}`;
  return [
    to(`${scheme === 'https' ? 'http' : 'https'}://${host}${port ? `:${port}` : ''}`, 'another scheme than'),
    to(otherPort, 'another port than'),
    ...(port ? [to(`${scheme}://${host}`, 'without the port of')] : []),
    ...(host.startsWith('[') ? [] : [to(`${scheme}://${host}.attacker.example`, 'begins like')]),
    ...(host !== host.toUpperCase() ? [to(at(host.toUpperCase()), 'in another case than')] : []),
    ...(isAddress(host) ? [] : namesLike(host).map(([name, likeness]) => to(at(name), likeness))),
  ];
}

const OTHER_PORT = '8443';

function namesLike(host: string): [name: string, likeness: string][] {
  const labels = host.split('.');
  return [
    [`evil${host}`, 'ends like'],
    [`other.${host}`, 'a subdomain of'],
    ...(labels.length > 2 ? [[['other', ...labels.slice(1)].join('.'), 'a sibling of'] as [string, string]] : []),
    ...(labels.length > 1
      ? [[`${labels[0]}x${labels.slice(1).join('.')}`, 'has a letter for a dot of'] as [string, string]]
      : []),
  ];
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || /^[\d.]+$/.test(host);
}
