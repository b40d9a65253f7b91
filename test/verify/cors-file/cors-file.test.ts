import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { Acceptances } from '../../../src/verify/cors-file/accepted';
import { checkedCorsFile, readCorsFile } from '../../../src/verify/cors-file/cors-file';
import { findCorsFile } from '../../../src/verify/cors-file/find';
import { FINDING_RULES } from '../../../src/verify/cors-file/finding-rules';
import { CORS_FILE } from '../../../src/verify/cors-file/schema';
import { backendHeadersOf, namesOfNone, settingsFor } from '../../../src/verify/cors-file/settings';
import { APP } from '../../support/pages';

const faultsIn = (content: unknown): string => {
  try {
    checkedCorsFile(content, 'cdk-cors.json');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};
const ofApi = (settings: object) => ({ apis: { 'Shop/Api': settings } });

describe('cdk-cors.json is read', () => {
  test('with everything that it may say', () => {
    const content = {
      $schema: './cdk-cors.schema.json',
      values: { WebsiteUrl: APP },
      apis: {
        'Shop/*': {
          origins: [APP, 'null', 'capacitor://localhost'],
          onlyThese: true,
          strangers: ['https://old.example.com'],
          headers: { 'x-tenant': 'acme', 'PUT,POST: content-type': '' },
          credentials: true,
          reads: ['X-Total-Count'],
          body: 'form',
          errors: true,
          backends: false,
          strict: false,
          backendHeaders: [{ routes: ['GET /orders'], headers: { 'access-control-allow-origin': '*' } }],
          values: { 'Distribution.DomainName': 'd1.example.com' },
          accepted: [
            { rule: 'response-origin', routes: ['/a'], origins: [APP], why: 'moves in spring', until: '2030-12-31' },
            { rule: 'response-origin', via: ['Shop/Edge'], why: 'only there' },
          ],
        },
      },
    };
    expect(readCorsFile(JSON.stringify(content), 'cdk-cors.json')).toEqual(content);
  });

  test.each([
    [
      'an option in another spelling',
      ofApi({ orgins: [APP] }),
      'apis["Shop/Api"].orgins is not known. Did you mean "origins"?',
    ],
    ['an option of another level', { origins: [APP] }, 'origins is not known. Known are $schema, values, apis.'],
    ['one origin without a list', ofApi({ origins: APP }), 'apis["Shop/Api"].origins is a text, and should be a list.'],
    ['no origins', ofApi({ origins: [] }), 'apis["Shop/Api"].origins lists nothing'],
    ['an origin with a slash', ofApi({ origins: [`${APP}/`] }), `Did you mean "${APP}"?`],
    ['a header that no script sets', ofApi({ headers: { Host: 'x' } }), 'browsers do not let a script set Host'],
    ['cookies by hand', ofApi({ headers: { cookie: 'a=b' } }), '"credentials": true sends cookies along'],
    ['a header that has no name', ofApi({ reads: ['X Y'] }), '"X Y" is not the name of a header'],
    [
      'a backend header that has none',
      ofApi({ backendHeaders: [{ headers: { 'X Y': '' } }] }),
      '"X Y" is not a header name',
    ],
    [
      'a body that pages do not send',
      ofApi({ body: 'jsn' }),
      'apis["Shop/Api"].body: "jsn" is not known. Did you mean "json"?',
    ],
    ['a value that is not a text', { values: { Port: 8080 } }, 'values.Port is a number, and should be a text.'],
    ['nothing', null, 'cdk-cors.json: the content is null, and should be an object.'],
    [
      'an acceptance without a reason',
      ofApi({ accepted: [{ rule: 'wider' }] }),
      'apis["Shop/Api"].accepted[0].why is missing',
    ],
    ['an acceptance for no reason', ofApi({ accepted: [{ rule: 'wider', why: '' }] }), 'accepted[0].why is empty'],
    [
      'a day that no calendar has',
      ofApi({ accepted: [{ rule: 'wider', why: 'x', until: '2030-02-30' }] }),
      '"2030-02-30" is not a day',
    ],
    ['a rule that there is not', ofApi({ accepted: [{ rule: 'widr', why: 'x' }] }), 'Did you mean "wider"?'],
  ])('and says what to write instead of %s', (_, content, message) => {
    expect(faultsIn(content)).toContain(message);
  });

  test('and tells all that is wrong at once', () => {
    const message = faultsIn({ apis: { A: { orgins: [], credentials: 'yes' }, B: { body: 'xml' } }, api: {} });
    expect(message.split('\n')).toHaveLength(5);
    expect(message.split('\n')[0]).toBe('cdk-cors.json:');
  });

  test('and refuses an entry that stands twice, of which JSON would forget one', () => {
    const text = `{\n  "apis": {\n    "Api": {},\n    "Api": { "origins": ["${APP}"] }\n  }\n}`;
    expect(() => readCorsFile(text, 'cdk-cors.json')).toThrow('cdk-cors.json: line 4 has a key that stands twice');
  });

  test('and names the place of what is not JSON', () => {
    expect(() => readCorsFile('{ "apis": ', 'cdk-cors.json')).toThrow(
      'cdk-cors.json, line 1, column 11: this is not JSON',
    );
  });
});

describe('the schema that editors read', () => {
  const published = JSON.parse(readFileSync(join(__dirname, '../../../docs/cdk-cors.schema.json'), 'utf8'));
  const validate = new Ajv({ allErrors: true }).compile(published);

  test('is the one by which the file is read: `npx projen docs:schemas` writes it', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(CORS_FILE)));
  });

  test('refuses nothing that is read, and what only it lets pass is said by a check', () => {
    const json = fc.oneof(
      fc.boolean(),
      fc.integer(),
      fc.string(),
      fc.constant(null),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.string()),
    );
    const some = <T>(good: T) =>
      fc.oneof({ weight: 6, arbitrary: fc.constant(good as unknown) }, { weight: 1, arbitrary: json });
    const accepted = fc.record(
      {
        rule: fc.oneof(fc.constantFrom(...FINDING_RULES), fc.string()),
        why: some('since'),
        until: some('2030-01-01'),
        routes: some(['/a']),
        origins: some([APP]),
      },
      { requiredKeys: ['why'] },
    );
    const api = fc.record(
      {
        origins: some([APP]),
        onlyThese: some(true),
        strangers: some([APP]),
        headers: some({ 'x-a': '' }),
        reads: some(['x-a']),
        body: some('json'),
        backendHeaders: some([{ headers: { 'x-a': '1' } }]),
        accepted: fc.oneof(fc.array(accepted, { maxLength: 2 }), json),
        orgins: json,
      },
      { requiredKeys: [] },
    );
    const file = fc.record(
      { values: some({ A: 'b' }), apis: fc.oneof(fc.dictionary(fc.string(), api, { maxKeys: 2 }), json) },
      { requiredKeys: [] },
    );
    let [read, refused] = [0, 0];
    fc.assert(
      fc.property(file, (content) => {
        const message = faultsIn(content);
        const isValid = validate(content);
        if (message === '') {
          read++;
          return isValid;
        }
        refused++;
        const ofChecks =
          /is not an origin that a browser|script set|is not the name of|is not a header name|is not a day|cannot be sent/;
        const isStructural = message
          .split('\n')
          .some((line) => /: [^:]|^ {2}/.test(line) && !ofChecks.test(line) && line !== 'cdk-cors.json:');
        return !isStructural || !isValid;
      }),
      { numRuns: 500, seed: 7 },
    );
    expect(Math.min(read, refused)).toBeGreaterThan(20);
  });
});

describe('settings of an API', () => {
  const api = { id: 'Api1234', constructPath: 'Prod/Shop/Api' };
  const of = (apis: object, model = api) => settingsFor(checkedCorsFile({ apis }, 'f'), model).origins;

  test.each([
    ['its logical id', 'Api1234'],
    ['its construct path', 'Prod/Shop/Api'],
    ['any part of a path', 'Prod/*/Api'],
    ['any path', 'Prod/**'],
    ['any name', '*'],
  ])('are found by %s', (_, name) => {
    expect(of({ [name]: { origins: [APP] } })).toEqual([APP]);
  });

  test.each(['Api', 'Shop/Api', 'Prod/*', 'Prod/Shop/Api2', 'Prod.Shop.Api', 'prod/**'])(
    'are not those of %s',
    (name) => {
      expect(of({ [name]: { origins: [APP] } })).toBeUndefined();
    },
  );

  test('are those of the last entry that has the option', () => {
    expect(of({ 'Prod/**': { origins: [APP] }, Api1234: { credentials: true } })).toEqual([APP]);
    expect(of({ 'Prod/**': { origins: [APP] }, Api1234: { origins: ['null'] } })).toEqual(['null']);
  });

  test('add up where they are values or acceptances', () => {
    const accepted = [{ rule: 'wider' as const, why: 'x' }];
    const file = {
      values: { A: '1', B: '1' },
      apis: { '*': { values: { B: '2' }, accepted }, Api1234: { values: { C: '3' }, accepted } },
    };
    const settings = settingsFor(file, api);
    expect(settings.values).toEqual({ A: '1', B: '2', C: '3' });
    expect(settings.accepted.map(({ under }) => under)).toEqual(['*', 'Api1234']);
  });

  test('say what backends send, by route', () => {
    const all = [{ routes: ['GET /a', '/b'], headers: { a: '1' } }, { headers: { a: '2' } }];
    expect(
      ['GET /a', 'PUT /a', 'PUT /b'].map((each) => backendHeadersOf(all, ...(each.split(' ') as [string, string]))?.a),
    ).toEqual(['1', '2', '1']);
  });

  test('of a name that no API has, and of a pattern that fits none, are told', () => {
    const content = { apis: { 'Prod/Shop/Apl': {}, Other: {}, '*': {}, 'Prod/**': {}, 'Shopp/**': {}, 'Prod/*': {} } };
    expect(namesOfNone({ path: '/home/app/cdk-cors.json', content }, [api])).toEqual([
      'cdk-cors.json: no API is called "Prod/Shop/Apl". Did you mean "Prod/Shop/Api"?',
      'cdk-cors.json: no API is called "Other".',
      'cdk-cors.json: no API fits "Shopp/**" or "Prod/*".',
    ]);
  });
});

describe('what is accepted', () => {
  const finding = { rule: 'response-origin' as const, method: 'GET', route: '/a', origin: APP };
  const entry = { rule: finding.rule, why: 'old', under: 'Api' };
  const entries = (...all: object[]) => all.map((more) => ({ ...entry, ...more, entry: { ...entry, ...more } }));
  const isAccepted = (more: object, today = '2026-06-30') =>
    new Acceptances(today).of(finding, entries(more)) !== undefined;

  test.each([
    ['of every route', {}],
    ['of its route', { routes: ['/a'] }],
    ['of its method', { routes: ['POST /b', 'GET /a'] }],
    ['from its page', { origins: [APP] }],
    ['at the API’s own address', { via: [] }],
    ['until today', { until: '2026-06-30' }],
  ])('does not count %s', (_, more) => expect(isAccepted(more)).toBe(true));

  test.each([
    ['of another rule', { rule: 'wider' }],
    ['of another method', { routes: ['POST /a'] }],
    ['from another page', { origins: ['null'] }],
    ['at another address than that of a distribution', { via: ['Edge'] }],
    ['after its day', { until: '2026-06-29' }],
  ])('counts %s', (_, more) => expect(isAccepted(more)).toBe(false));

  test('is told where nothing needs it any more, and where its day has passed', () => {
    const today = '2026-06-30';
    const all = entries(
      { routes: ['GET /a', '/gone'] },
      { rule: 'wider' },
      { rule: 'unknown', until: '2026-01-01' },
      { routes: ['/a'], until: '2026-01-01' },
    );
    const acceptances = new Acceptances(today);
    acceptances.open(all);
    acceptances.of(finding, all);
    acceptances.of({ ...finding, rule: 'unknown' }, all);
    expect(acceptances.remarks).toEqual([
      'Api: response-origin is accepted (old), but these routes do not need that any more: /gone.',
      'Api: wider is accepted (old), but nothing needs that any more: take it out.',
      'Api: unknown was accepted until 2026-01-01 (old), and counts again.',
      'Api: response-origin is accepted (old), but nothing needs that any more: take it out.',
    ]);
  });
});

describe('the file is found', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cors-file-'));
    mkdirSync(join(root, 'a', 'b'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const write = (path: string, content: object) => writeFileSync(join(root, path), JSON.stringify(content));
  const settings = (name: string) => ({ apis: { [name]: {} } });
  const found = () => findCorsFile(join(root, 'a', 'b'));

  test('in the nearest folder above', () => {
    write('cdk-cors.json', settings('Far'));
    write('a/cdk-cors.json', settings('Near'));
    expect(found()).toEqual({ path: join(root, 'a', 'cdk-cors.json'), isContext: false, content: settings('Near') });
  });

  test('in the context of cdk.json', () => {
    write('a/cdk.json', { app: 'x', context: { 'cdk-cors': settings('Api') } });
    expect(found()).toEqual({ path: join(root, 'a', 'cdk.json'), isContext: true, content: settings('Api') });
  });

  test('above a cdk.json that says nothing of it', () => {
    write('cdk-cors.json', settings('Far'));
    write('a/cdk.json', { app: 'npx cdk-cors', context: {} });
    expect(found()?.path).toBe(join(root, 'cdk-cors.json'));
  });

  test('once: two in one folder are one too many', () => {
    write('a/cdk-cors.json', {});
    write('a/cdk.json', { context: { 'cdk-cors': {} } });
    expect(found).toThrow(/both have settings of cdk-cors: keep one of them/);
  });

  test('and a fault in the context says where it is', () => {
    write('a/cdk.json', { context: { 'cdk-cors': { api: {} } } });
    expect(found).toThrow(/cdk\.json, context\["cdk-cors"\]: api is not known\. Did you mean "apis"\?/);
  });
});
