import type { CorsPolicyOptions } from '../../src/options/cors-options';

export const COUNT = 100_000;
export const SEED = 20_261_102;

/** Policies, and who asks: `[index of the policy, origin]`. */
export interface RandomPairs {
  readonly policies: CorsPolicyOptions[];
  readonly pairs: [number, string][];
}

/**
 * Always the same ones for the same seed. Most origins are close to what the policy says, since
 * nobody would be wrong about the rest: one that matches, as it is or with a character or two
 * changed, or a piece that attackers use put in.
 */
export function randomPairs(count: number, seed: number): RandomPairs {
  const { below, one, many } = randomness(seed);

  const label = () => many(1, 6, () => one([...'abcxyz019-_'])).join('');
  const domain = () => `${one(['example', 'shop', 'a-b', label()])}.${one(['com', 'example.org', 'app'])}`;
  const port = () => one(['', '', ':8443', ':1', ':65535', `:${1 + below(99_999)}`].slice(0, below(6) + 1));
  const scheme = () => one(['https', 'https', 'http']);
  const entries = [
    () => `https://${domain()}`,
    () => `http://${domain()}:${1_024 + below(60_000)}`,
    () => `${scheme()}://*.${domain()}`,
    () => `${scheme()}://*.${domain()}:8443`,
    () => `https://${label().replace(/^[-_]+|[-_]+$/g, 'a')}-*.${domain()}`,
    () => `https://*${label()}.${domain()}:*`,
    () => `http://localhost:*`,
    () => `http://[::1]:*`,
    () => `${scheme()}://*`,
    () => 'capacitor://localhost',
  ];
  const hostile = [
    '.',
    '..',
    '/',
    '@',
    '@evil.com',
    '.evil.com',
    '#',
    '?',
    '\\',
    ':',
    ':0',
    ':080',
    '[',
    ']',
    '\n',
    '\r',
    '\u2028',
    '\u0660',
    '\u212a',
    'é',
    '%2e',
    ' ',
    '\0',
    "'",
    '"',
    '$',
    '*',
    'A',
    '\ud800',
    '😀',
    'null',
  ];

  /** An origin that the entry covers. */
  const covered = (entry: string) =>
    entry === '*'
      ? `https://${domain()}`
      : entry
          .replace(/:\*$/, port)
          .replace(
            /^(https?:\/\/)\*$/,
            (_, start) => start + one([domain(), '[::1]', '127.0.0.1', `${label()}.`]) + port(),
          )
          .replace('*.', () => `${many(1, 3, label).join('.')}.`)
          .replace('*', label);
  const changed = (origin: string) => {
    const at = below(origin.length + 1);
    return origin.slice(0, at) + one([...hostile, '', label()]) + origin.slice(at + below(3));
  };
  const asked = (entry: string) =>
    one([
      covered,
      covered,
      (e: string) => changed(covered(e)),
      (e: string) => changed(changed(covered(e))),
      () => covered(one(entries)()),
    ])(entry);

  const policies = Array.from({ length: 400 }, () => ({
    allowOrigins: below(40) === 0 ? ['*'] : many(1, 5, () => one(entries)()),
  }));
  const pairs = Array.from({ length: count }, (): [number, string] => {
    const policy = below(policies.length);
    return [policy, asked(one(policies[policy].allowOrigins))];
  });
  return { policies, pairs };
}

/** mulberry32: small, and good enough to pick test cases. */
function randomness(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const one = <T>(list: T[]): T => list[below(list.length)];
  const many = <T>(least: number, most: number, make: () => T) =>
    Array.from({ length: least + below(most - least + 1) }, make);
  return { below, one, many };
}
