import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { CORS, httpApi } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { ALLOW_APP, get, options, PREFLIGHT, put, restApi } from '../support/templates';
import { behind, HTTP_API, RIGHT } from '../verify/cloudfront/distributions';
import { assembly, file, ORDERS, run } from './run';

const OTHER = 'https://other.example.com';
const ANY = { 'Access-Control-Allow-Origin': "'*'" };
const PROXY = { Type: 'AWS_PROXY', Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f' };

const schema = JSON.parse(readFileSync(join(__dirname, '../../docs/diff.schema.json'), 'utf8'));
const closed = (node: any): any => {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const all = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  return node.type === 'object' && node.properties ? { ...all, additionalProperties: false } : all;
};
const validate = new Ajv({ allErrors: true, strict: false }).compile(closed({ ...schema, $id: undefined }));

async function diff(before: object, after: object, ...args: string[]) {
  const [old, now] = [file('old.json', before), file('new.json', after)];
  const asked = args.includes('--origin') ? [] : ['--origin', APP];
  const { code, out, err } = await run(['check', '--no-config', '--diff', old, now, ...asked, ...args]);
  return { code, out, err };
}

async function kinds(before: object, after: object, ...args: string[]): Promise<[number, string[]]> {
  const { code, out } = await diff(before, after, '--format', 'json', ...args);
  const document = JSON.parse(out);
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  const told = document.differences.map(({ kind, method, route, origin, credentials, headers }: any) =>
    [kind, method, route, origin === APP ? '' : origin, credentials && 'cookies', headers?.join()]
      .filter(Boolean)
      .join(' '),
  );
  return [code, told];
}

describe('check --diff says', () => {
  test('nothing, where pages can do what they could do', async () => {
    const template = restApi([get('/pets'), put('/cats'), get('/dogs', { integration: PROXY })]);
    expect(await kinds(template, template)).toEqual([0, []]);
    expect((await diff(template, template)).out).toBe('Pages can do what they could do before.');
  });

  test('whom it locks out', async () => {
    const before = restApi([get('/pets'), put('/pets'), options('/pets')]);
    const after = restApi([get('/pets'), put('/pets'), options('/pets', { headers: ALLOW_APP })]);
    expect(await kinds(before, after)).toEqual([1, ['newly-blocked PUT /pets']]);
    const { out } = await diff(before, after);
    expect(out).toContain(`✗ newly blocked\n  PUT /pets of Api from ${APP}\n    `);
    expect(out).toContain('Change ');
    expect(out).toMatch(/\nPages can do less than before\.$/);
  });

  test('whom it lets in, among the pages that should be', async () => {
    const [before, after] = [restApi([put('/pets')]), restApi([put('/pets'), options('/pets')])];
    expect(await kinds(before, after)).toEqual([3, ['newly-allowed PUT /pets']]);
  });

  test('whom it lets in who should not be', async () => {
    const [code, told] = await kinds(restApi([get('/pets')]), restApi([get('/pets', { headers: ANY })]));
    expect(code).toBe(3);
    expect(told).toContain('newly-wider GET /pets null');
    expect(told.every((line) => line.startsWith('newly-wider'))).toBe(true);
  });

  test('that it lets in an origin by name, which is not among those that were given', async () => {
    const naming = (...AllowOrigins: string[]) => httpApi({ ...CORS, AllowOrigins }, { 'GET /pets': {} });
    const unlike = 'https://evil.example';
    expect(await kinds(naming(APP), naming(APP, unlike))).toEqual([3, [`newly-wider GET /pets ${unlike}`]]);
    expect(await kinds(naming(APP, unlike), naming(APP))).toEqual([0, []]);
  });

  test('whom it lets in without cookies, where the right pages send them', async () => {
    const closed = restApi([get('/pets', { headers: {} })]);
    const [code, told] = await kinds(closed, restApi([get('/pets', { headers: ANY })]), '--credentials');
    expect([code, told.includes('newly-wider GET /pets null')]).toEqual([3, true]);
  });

  test('without --origin, by the origins that one or the other names', async () => {
    const { out, code } = await run([
      'check',
      '--no-config',
      '--diff',
      file('old.json', restApi([get('/pets')])),
      file('new.json', restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': `'${OTHER}'` } })])),
    ]);
    expect(code).toBe(4);
    expect(out).toContain(`✗ newly blocked\n  GET /pets of Api from ${APP}\n`);
    expect(out).toContain(`✓ newly allowed\n  GET /pets of Api from ${OTHER}\n`);
    expect(out).toMatch(/Pages can do less than before, and more\.$/);
  });

  test('which headers pages can read, and which not any more', async () => {
    const expose = (names: string) =>
      restApi([get('/pets', { headers: { ...ALLOW_APP, 'Access-Control-Expose-Headers': `'${names}'` } })]);
    expect(await kinds(expose('X-A'), expose('x-a, X-B'))).toEqual([3, ['newly-readable GET /pets x-b']]);
    expect(await kinds(expose('X-A,X-B'), expose('X-A'))).toEqual([1, ['no-longer-readable GET /pets x-b']]);
    expect(await kinds(expose('X-A'), expose('*'))).toEqual([3, ['newly-readable GET /pets *']]);
  });

  test('that pages may newly come with cookies', async () => {
    const after = restApi([get('/pets', { headers: { ...ALLOW_APP, 'Access-Control-Allow-Credentials': "'true'" } })]);
    expect(await kinds(restApi([get('/pets')]), after)).toEqual([3, ['newly-allowed GET /pets cookies']]);
    expect(await kinds(after, restApi([get('/pets')]))).toEqual([1, ['newly-blocked GET /pets cookies']]);
  });

  test('that a route is gone: its pages are locked out', async () => {
    const [before, after] = [restApi([get('/pets'), get('/cats')]), restApi([get('/pets')])];
    expect(await kinds(before, after)).toEqual([1, ['newly-blocked GET /cats']]);
    expect(await kinds(after, before)).toEqual([0, ['new-route GET /cats']]);
  });

  test('nobody is locked out by a variable with another name, or by a greedy route that takes over', async () => {
    expect(await kinds(restApi([get('/pets/{id}')]), restApi([get('/pets/{petId}')]))).toEqual([0, []]);
    const greedy = restApi([get('/{proxy+}')]);
    expect(await kinds(restApi([get('/pets')]), greedy)).toEqual([0, ['new-route GET /{proxy+}']]);
  });

  test.each([
    ['a method', [get('/pets')], 'PUT /pets is gone: nothing in the API takes it'],
    ['a method, while its preflights stay,', [get('/pets'), options('/pets')], 'PUT /pets is gone'],
    ['a path', [get('/cats')], 'PUT /pets is gone'],
  ])('that %s is gone, and advises nothing', async (_, after, says) => {
    const { code, out } = await diff(restApi([get('/pets'), put('/pets'), options('/pets')]), restApi(after));
    expect(code).toBe(1);
    expect(out).toContain(`    ${says}`);
    expect(out).not.toContain('Change');
    expect(out).not.toContain('Allow-Methods');
  });

  test('what to change where another route takes the requests of one that is gone', async () => {
    const before = restApi([put('/pets'), options('/pets')]);
    const { out } = await diff(before, restApi([put('/{any+}')]));
    expect(out).toContain('Change ');
    expect(out).not.toContain('is gone');
  });

  test('that an API is gone', async () => {
    const other = JSON.parse(JSON.stringify(restApi([get('/pets')])).replaceAll('"Api"', '"Zoo"'));
    const { out, code } = await diff(restApi([get('/pets')]), other);
    expect(code).toBe(1);
    expect(out).toContain('    Api is gone');
    expect(out).toContain('+ new routes\n  GET /pets of Zoo');
  });

  test('that a new route of an open API is as open as the others, and of a closed one wider', async () => {
    const open = get('/cats', { headers: ANY });
    expect(
      await kinds(restApi([get('/pets', { headers: ANY })]), restApi([get('/pets', { headers: ANY }), open])),
    ).toEqual([0, ['new-route GET /cats']]);
    const [code, told] = await kinds(restApi([get('/pets')]), restApi([get('/pets'), open]));
    expect([code, told.includes('newly-wider GET /cats null')]).toEqual([3, true]);
  });

  test('that it is not certain any more, which is neither less nor more', async () => {
    expect(await kinds(restApi([get('/pets')]), restApi([get('/pets', { integration: PROXY })]))).toEqual([
      0,
      ['no-longer-certain GET /pets'],
    ]);
  });

  test('what becomes of each of several APIs that have one name in different templates', async () => {
    const [closed, open] = [restApi([get('/pets')]), restApi([get('/pets', { headers: ANY })])];
    const [before, after] = [
      assembly({ 'Dev.template.json': closed, 'Prod.template.json': closed }),
      assembly({ 'Dev.template.json': open, 'Prod.template.json': closed }),
    ];
    const { code } = await run(['check', '--no-config', '--diff', before, after, '--origin', APP]);
    expect(code).toBe(3);
    const { out } = await run(['check', '--no-config', '--diff', before, before, '--origin', APP]);
    expect(out).toBe('Pages can do what they could do before.');
  });

  test('what a distribution does', async () => {
    const [, told] = await kinds(
      behind(HTTP_API),
      behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods: undefined } }),
    );
    expect(told.some((line) => line.startsWith('newly-blocked PUT'))).toBe(true);
  });
});

describe('check --diff', () => {
  const [before, after] = [
    restApi([get('/pets')]),
    restApi([get('/pets', { headers: {} }), get('/cats', { headers: ANY })]),
  ];

  test('writes annotations: an error for who is locked out, a warning for who is let in', async () => {
    const { out } = await diff(before, after, '--format', 'github');
    expect(out).toMatch(/^::error file=[^,]*new\.json,?[^:]*title=newly-blocked::GET \/pets of Api from https:\/\/app/);
    expect(out).toMatch(/^::warning .*title=newly-wider::GET \/cats of Api from null/m);
  });

  test('writes a comment for a pull request', async () => {
    const { out } = await diff(before, after, '--format', 'markdown');
    expect(out).toMatch(
      /^<!-- cdk-cors -->\n## ⚠️ CORS: Pages can do less than before, and more\.\n\n### ✗ newly blocked\n\n- <code>GET \/pets of Api from/,
    );
  });

  test.each(['table', 'json', 'github', 'markdown'])(
    'gives no orders, whatever stands in the templates: %s',
    async (format) => {
      const name = 'x\n::error::pwned\n##vso[task.complete]\u001b[31m\u202e`<b>';
      const hostile = (headers: object) =>
        JSON.parse(
          JSON.stringify(restApi([get('/items', { headers: headers as any })])).replaceAll(
            'GETXitems',
            JSON.stringify(name).slice(1, -1),
          ),
        );
      const { out } = await diff(hostile(PREFLIGHT), hostile({}), '--format', format);
      expect(
        out
          .split('\n')
          .filter((line) => !/^::(error|warning) [^:]*::/.test(line))
          .join('\n'),
      ).not.toMatch(ORDERS);
    },
  );

  test.each([
    [['--format', 'sarif'], '--diff has no sarif: write table, json, github or markdown.'],
    [['--watch'], '--diff compares, so it does not go with --watch'],
  ])('refuses %s', async (args, message) => {
    const { code, err } = await diff(before, after, ...args);
    expect([code, err.includes(message)]).toEqual([2, true]);
  });
});
