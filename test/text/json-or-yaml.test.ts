import { parseText } from '../../src/text/json-or-yaml';

/** `read` as CloudFormation reads it, with what a reader should know about it. */
function read(text: string): { data: any; notes: string[] } {
  const notes: string[] = [];
  return { data: parseText(text, 'shop.yaml', notes), notes };
}

describe('YAML 1.1', () => {
  test.each([
    ['yes, no, on and off are booleans', '[yes, No, ON, off]', [true, false, true, false]],
    ['y and n are not, as in PyYAML', '[y, n, Y, N]', ['y', 'n', 'Y', 'N']],
    ['quoted words are texts', '["yes", \'no\']', ['yes', 'no']],
    ['a leading zero makes it octal', '[010, 0777, 0]', [8, 511, 0]],
    ['unless it is not an octal number', '[08, "010"]', ['08', '010']],
    ['colons count to the base of 60', '[1:30, 10:00]', [90, 600]],
    ['underscores group digits', '[1_000, 0x1f, 0b11, -5]', [1000, 31, 3, -5]],
    ['dates stay texts', '[2010-09-09]', ['2010-09-09']],
    ['numbers that JavaScript does not have stay texts', '[123456789012345678901]', ['123456789012345678901']],
    ['a version without quotes is a number', '[2.0, 3.0.1]', [2, '3.0.1']],
  ])('%s', (_, list, expected) => {
    expect(read(`list: ${list}`).data.list).toEqual(expected);
  });

  test('of two equal keys the last one counts, and a note says so', () => {
    expect(read('a:\n  b: 1\n  c: 2\n  b: 3')).toEqual({
      data: { a: { b: 3, c: 2 } },
      notes: [expect.stringContaining('line 4')],
    });
  });

  test.each([
    ['a list', 'a: [\n]\nb: 1', { a: [], b: 1 }],
    ['a map in a list', 'x:\n  a: [{\n    b: 1\n  }]\n  c: 2', { x: { a: [{ b: 1 }], c: 2 } }],
    ['a list in a map', 'x:\n  a: {b: [\n    1\n  ]}\n  c: 2', { x: { a: { b: [1] }, c: 2 } }],
  ])('brackets of %s may close under their key', (_, text, expected) => {
    expect(read(text).data).toEqual(expected);
  });

  test('short tags, also inside of each other and in block style', () => {
    const text = `
attribute: !GetAtt Stack.Outputs.Url
pair: !GetAtt [Stack, Arn]
list: !Sub
  - \${A}
  - A: !Ref B
choice: !If [IsProd, !Ref A, !Ref AWS::NoValue]
zones: !Select [0, !GetAZs '']
encoded: !Base64
  Fn::Sub: x
`;
    expect(read(text).data).toEqual({
      attribute: { 'Fn::GetAtt': ['Stack', 'Outputs.Url'] },
      pair: { 'Fn::GetAtt': ['Stack', 'Arn'] },
      list: { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] },
      choice: { 'Fn::If': ['IsProd', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
      zones: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      encoded: { 'Fn::Base64': { 'Fn::Sub': 'x' } },
    });
  });

  test('anchors, merge keys, Windows line ends, a byte order mark and an end mark', () => {
    const text = '\uFEFFa: &a {x: 1}\r\nb:\r\n  <<: *a\r\n  y: 2\r\n...\r\n---\r\n';
    expect(read(text).data).toEqual({ a: { x: 1 }, b: { x: 1, y: 2 } });
  });
});

describe('JSON', () => {
  test('may have YAML’s comments, tabs and a last comma, which CloudFormation takes, too', () => {
    expect(read('{\n\t"a": [1, 2,], # one\n\t"b": "x // y",\n}').data).toEqual({ a: [1, 2], b: 'x // y' });
  });
});

describe('what cannot be read is told with its place', () => {
  test.each([
    ['a text that ends too early', '{"a": {', /line 1, column 8: this is not JSON/],
    ['a comment that JSON lacks', '{\n  "a": 1, // one\n  "b": 2\n}', /line 2, column 11: this is not JSON/],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', /line 3, column 3: this is not JSON/],
    ['a list without its end', 'a: [', /line \d, column \d: this is not YAML: unexpected end/],
    ['wrong indentation', 'a:\n b: 1\n  c: 2', /line 3, column 4: this is not YAML: bad indentation/],
    ['a tab', 'a:\n\tb: 1', /line 2, column 1: this is not YAML: tab characters/],
    ['a tag of something else', 'a: !Embed x', /line 1, .*CloudFormation has no tag !Embed/],
    ['two documents', 'a: 1\n---\nb: 2', /line 2, column 1: .*a second document begins here/],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(/^shop\.yaml/);
  });
});

describe('texts that mean harm', () => {
  const nines = (name: string, below: string): string => `${name}: &${name} [${Array(9).fill(below).join(',')}]`;

  test.each([
    ['deep brackets', '['.repeat(100_000), /nested more than 200 levels deep/],
    ['deep JSON', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, /nested more than 200 levels deep/],
    [
      'deep indentation',
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      /nested more than 200 levels deep/,
    ],
    ['an alias of what it stands in', 'a: &a [*a]', /holds itself/],
    [
      'aliases of aliases',
      [...'bcdefghi'].reduce((text, name, i) => `${text}\n${nines(name, `*${'abcdefgh'[i]}`)}`, nines('a', 'x')),
      /more than 1000000 values/,
    ],
  ])('%s end in one clear line', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(/^[^\n]*$/);
  });

  test('60,000 keys in one map take no more time than their number', () => {
    const before = Date.now();
    const { data } = read(Array.from({ length: 60_000 }, (_, i) => `key${i}: 1`).join('\n'));
    expect(Object.keys(data)).toHaveLength(60_000);
    expect(Date.now() - before).toBeLessThan(4_000);
  });
});
