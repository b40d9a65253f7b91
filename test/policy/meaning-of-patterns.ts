/**
 * What a pattern means, told without a regular expression: the judge of the one that is emitted.
 */
export function isMeantBy(pattern: string, origin: string): boolean {
  const [scheme, wanted] = pattern.split('://');
  if (!origin.startsWith(`${scheme}://`)) {
    return false;
  }
  const [wantedHost, wantedPort] = hostAndPort(wanted);
  const [host, port] = hostAndPort(origin.slice(scheme.length + 3));
  return wantedHost === '*' ? isAnyHost(host) && isAnyPort(port) : isHost(wantedHost, host) && isPort(wantedPort, port);
}

const LABEL_CHARS = 'abcdefghijklmnopqrstuvwxyz0123456789_-';

function isHost(wanted: string, host: string): boolean {
  if (!wanted.includes('*')) {
    return host === wanted;
  }
  const labels = host.split('.');
  const [first, ...rest] = wanted.split('.');
  if (first === '*') {
    const free = labels.slice(0, labels.length - rest.length);
    return free.length >= 1 && free.every(isLabel) && same(labels.slice(free.length), rest);
  }
  const [start, end] = first.split('*');
  return (
    same(labels.slice(1), rest) &&
    labels[0].startsWith(start) &&
    labels[0].endsWith(end) &&
    labels[0].length > start.length + end.length &&
    isLabel(labels[0])
  );
}

function isAnyHost(host: string): boolean {
  if (host.startsWith('[')) {
    return host.endsWith(']') && consistsOf(host.slice(1, -1), '0123456789abcdef:');
  }
  return (host.endsWith('.') ? host.slice(0, -1) : host).split('.').every(isLabel);
}

function isPort(wanted: string | undefined, port: string | undefined): boolean {
  return wanted === '*' ? isAnyPort(port) : port === wanted;
}

function isAnyPort(port: string | undefined): boolean {
  return port === undefined || (port.length <= 5 && port[0] !== '0' && consistsOf(port, '0123456789'));
}

function isLabel(label: string): boolean {
  return consistsOf(label, LABEL_CHARS);
}

function consistsOf(text: string, chars: string): boolean {
  return text.length > 0 && [...text].every((char) => chars.includes(char));
}

function same(left: string[], right: string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function hostAndPort(text: string): [string, string | undefined] {
  const colon = text.indexOf(':', text.lastIndexOf(']') + 1);
  return colon === -1 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
}
