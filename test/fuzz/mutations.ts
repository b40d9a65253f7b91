/** Ways to break plain data, the same for the same seed. */

/** A copy with one to three mistakes in it. */
export function mutated(source: any, random: () => number): any {
  const copy = JSON.parse(JSON.stringify(source));
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) mutate(copy, random);
  return copy;
}

function mutate(root: any, random: () => number): void {
  const places: [any, string][] = [];
  const visit = (node: any): void => {
    for (const key of typeof node === 'object' && node !== null ? Object.keys(node) : []) {
      places.push([node, key]);
      visit(node[key]);
    }
  };
  visit(root);
  if (places.length === 0) return;
  const [owner, key] = pick(places, random);
  const [from, other] = pick(places, random);
  const value = owner[key];
  const copy = from[other] === undefined ? null : JSON.parse(JSON.stringify(from[other])); // no circles
  const put = (replacement: unknown) => {
    owner[key] = replacement;
  };
  const condition = { 'Fn::If': [pick(['C1', 'C2', 'Nowhere'], random), value, random() < 0.2 ? copy : odd(random)] };
  const expanded = { ...(typeof value === 'object' ? value : {}), ...structuredClone(pick(EXPANSIONS, random)) };
  const changes: (() => void)[] = [
    () => put(odd(random)),
    () => put(odd(random)),
    () => put(condition),
    () => put(expanded),
    () => put(copy),
    () => void delete owner[key],
    () => {
      owner[other] = value;
      if (!Array.isArray(owner)) delete owner[key];
    },
  ];
  pick(changes, random)();
}

export function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)];
}

/** A copy: what is put into a template is mutated there. */
function odd(random: () => number): any {
  return structuredClone(pick(ODD, random));
}

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const EXPANSIONS: object[] = [
  { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/part.yaml' } } },
  { 'Fn::Transform': [{ Name: 'Macro' }, null] },
  { 'Fn::ForEach::Loop': ['X', ['a', 'b'], { 'Key${X}': { Ref: 'X' } }] },
  { 'Fn::ForEach::Loop': ['X', { Ref: 'List' }, {}] },
  { 'Fn::ForEach::Odd': 5 },
];

const ODD: unknown[] = [
  null,
  0,
  -1,
  1e21,
  '',
  'x',
  'x'.repeat(5_000),
  '\u0000\u202e',
  '\uE000',
  '{{resolve:ssm:/a}}',
  '${AWS::Region}',
  '/{proxy+}',
  '$default',
  'ANY /',
  '#set($x = ',
  true,
  [],
  [null],
  [[[]]],
  {},
  { Ref: 'Nowhere' },
  { Ref: 'List' },
  { Ref: 'Empty' },
  { Ref: 5 },
  { 'Fn::GetAtt': [] },
  { 'Fn::GetAtt': 'Api.RootResourceId' },
  { 'Fn::Sub': [] },
  { 'Fn::Sub': '${A}${B.C}${!D}${' },
  { 'Fn::Join': 'x' },
  { 'Fn::If': ['A'] },
  { 'Fn::If': 5 },
  { 'Fn::Select': [1] },
  { 'Fn::Split': [null, {}] },
  { 'Fn::Not': null },
  { 'Fn::FindInMap': {} },
  { 'Fn::Length': null },
  { 'Fn::ToJsonString': null },
  { 'Fn::Base64': {} },
  { 'Fn::Equals': [{ Ref: 'List' }, null] },
  { constructor: 'x' },
  { toString: 1, hasOwnProperty: 2 },
  { $ref: '#/x' },
  { $ref: '#/%' },
  { $ref: '#' },
];
