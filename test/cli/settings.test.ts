import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP } from '../support/pages';
import { get, options, put, restApi } from '../support/templates';
import { run } from './run';

const OTHER = 'https://other.example.com';

describe('check goes by cdk-cors.json', () => {
  const home = process.cwd();
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'settings-'));
    mkdirSync(join(root, 'app'));
    process.chdir(join(root, 'app'));
  });
  afterEach(() => {
    process.chdir(home);
    rmSync(root, { recursive: true });
  });

  const write = (path: string, content: object) => writeFileSync(join(root, path), JSON.stringify(content));
  const settings = (api: object, more: object = {}) => write('cdk-cors.json', { ...more, apis: { Api: api } });
  const check = async (template: object, ...args: string[]) => {
    write('app/template.json', template);
    const { out, err, code } = await run(['check', 'template.json', '--format', 'json', ...args]);
    return { err, code, ...(out.startsWith('{') ? JSON.parse(out) : {}) };
  };
  const OPEN = get('/open', { headers: { 'Access-Control-Allow-Origin': "'*'" } });

  test('in a folder above: its origins have to get in', async () => {
    settings({ origins: [OTHER] });
    const { code, findings, settings: path } = await check(restApi([get('/pets')]));
    expect(code).toBe(1);
    expect(findings.map(({ rule, origin }: any) => [rule, origin])).toEqual([['response-origin', OTHER]]);
    expect(path).toBe(join(process.cwd(), '..', 'cdk-cors.json'));
  });

  test('and by cdk.json, and by another file, and by none', async () => {
    write('app/cdk.json', { context: { 'cdk-cors': { apis: { Api: { origins: [OTHER] } } } } });
    write('other.json', { apis: { Api: { origins: [APP] } } });
    expect((await check(restApi([get('/pets')]))).code).toBe(1);
    expect((await check(restApi([get('/pets')]), '--config', '../other.json')).code).toBe(0);
    expect((await check(restApi([get('/pets')]), '--no-config')).code).toBe(0);
    expect((await check(restApi([get('/pets')]), '--config', 'nowhere.json')).err).toContain(
      'There is no nowhere.json',
    );
  });

  test.each([
    ['cookies', { credentials: true }, 'response-credentials'],
    ['headers', { headers: { 'x-trace': '1' } }, 'preflight-header'],
    ['what pages read', { reads: ['X-Total'] }, 'response-headers'],
    ['errors', { errors: true }, 'unreadable-errors'],
  ])('%s', async (_, setting, rule) => {
    settings({ origins: [APP], ...setting });
    const { code, findings } = await check(restApi([get('/pets'), options('/pets')]));
    expect([code, findings[0].rule]).toEqual([1, rule]);
  });

  test('the body', async () => {
    const post = { ...put('/pets', { integration: { Type: 'HTTP', RequestTemplates: {} } }), verb: 'POST' };
    settings({ origins: [APP], body: 'form' });
    expect((await check(restApi([post]))).code).toBe(0);
  });

  test('strangers', async () => {
    settings({ origins: [APP], strangers: [OTHER] });
    const { code, findings } = await check(restApi([OPEN]));
    expect(code).toBe(1);
    expect(findings.map(({ rule, origin }: any) => [rule, origin])).toEqual([['wider', OTHER]]);
    settings({ origins: [APP], onlyThese: true });
    expect((await check(restApi([OPEN]))).findings.length).toBeGreaterThan(5);
    expect((await check(restApi([get('/pets')]))).code).toBe(0);
  });

  test('backends', async () => {
    const proxy = { Type: 'AWS_PROXY', Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f' };
    const template = restApi([get('/pets', { integration: proxy })]);
    settings({ origins: [APP], backends: true });
    expect((await check(template)).findings[0].rule).toBe('backend');
    const backendHeaders = [{ routes: ['GET /pets'], headers: { 'Access-Control-Allow-Origin': '*' } }];
    settings({ origins: [APP], backends: true, backendHeaders });
    expect((await check(template)).code).toBe(0);
  });

  test('values, those of an API before those of all', async () => {
    const headers = { 'Access-Control-Allow-Origin': { 'Fn::Sub': "'${WebsiteUrl}'" } as any };
    const template = { ...restApi([get('/pets', { headers })]), Parameters: { WebsiteUrl: { Type: 'String' } } };
    const outcome = async () => (await check(template)).results[0].outcome;
    settings({ origins: [APP] });
    expect(await outcome()).toBe('UNKNOWN');
    settings({ origins: [APP] }, { values: { WebsiteUrl: APP, OfAnotherApp: 'x' } });
    expect(await outcome()).toBe('ALLOWED');
    settings({ origins: [APP], values: { WebsiteUrl: OTHER } }, { values: { WebsiteUrl: APP } });
    expect(await outcome()).toBe('BLOCKED');
    expect((await check(template, '--value', `WebsiteUrl=${APP}`)).code).toBe(0);
    settings({ origins: [APP], values: { WebsiteUrI: APP } });
    expect((await check(template)).err).toContain('nothing in the template asks for "WebsiteUrI"');
  });

  test('and the command line wins', async () => {
    settings({ origins: [OTHER], headers: { 'x-trace': '1' } });
    expect(
      (await check(restApi([get('/pets'), options('/pets')]), '--origin', APP, '--header', 'authorization')).code,
    ).toBe(0);
  });

  test('and what is accepted does not count, but is told', async () => {
    const accepted = [{ rule: 'response-origin', routes: ['GET /pets'], why: 'moves in spring' }];
    settings({ origins: [OTHER], accepted });
    const { code, findings, notes } = await check(restApi([get('/pets')]));
    expect(code).toBe(0);
    expect(findings[0].accepted).toEqual({ why: 'moves in spring', under: 'Api' });
    expect(notes).toContain('1 finding is accepted and not counted.');
    const { out } = await run(['check', 'template.json']);
    expect(out).toContain('✗ blocked, accepted');
    expect(out).not.toContain('Change');
    expect((await check(restApi([get('/pets'), get('/cats')]))).code).toBe(1);
  });

  test.each(['junit', 'sarif', 'github', 'markdown', 'html'])('and %s says so', async (format) => {
    write('app/template.json', restApi([get('/pets')]));
    settings({
      origins: [OTHER],
      accepted: [{ rule: 'response-origin', why: 'moves <in> spring', until: '2999-12-31' }],
    });
    const { out, code } = await run(['check', 'template.json', '--format', format]);
    expect(code).toBe(0);
    const said: Record<string, string> = {
      junit: '<skipped message="accepted: moves &#60;in&#62; spring">',
      sarif: '"justification": "moves <in> spring (until 2999-12-31)"',
      markdown: '1 finding is accepted and not counted.',
      github: '',
      html: '<p>Accepted: moves &#60;in&#62; spring</p>',
    };
    expect(out).toContain(said[format]);
    expect(out).not.toMatch(/<failure|::error/);
  });

  test('until its day has passed', async () => {
    settings({ origins: [OTHER], accepted: [{ rule: 'response-origin', why: 'x', until: '2000-01-01' }] });
    const { code, remarks } = await check(restApi([get('/pets')]));
    expect([code, remarks]).toEqual([1, ['Api: response-origin was accepted until 2000-01-01 (x), and counts again.']]);
  });

  test('and tells what nothing needs any more, and names that no API has', async () => {
    write('cdk-cors.json', {
      apis: { Api: { origins: [APP], accepted: [{ rule: 'preflight-origin', why: 'x' }] }, Apl: {} },
    });
    const { code, remarks } = await check(restApi([get('/pets')]));
    expect([code, remarks]).toEqual([
      0,
      [
        'cdk-cors.json: no API is called "Apl". Did you mean "Api"?',
        'Api: preflight-origin is accepted (x), but nothing needs that any more: take it out.',
      ],
    ]);
    write('app/template.json', restApi([get('/pets')]));
    expect((await run(['check', 'template.json', '--format', 'github'])).out).toMatch(
      /^::warning file=[^:]*cdk-cors\.json,title=Settings of cdk-cors::cdk-cors.json: no API is called "Apl"/,
    );
  });

  test.each([
    ['name', 'Orders', 'cdk-cors.json: no API is called "Orders".'],
    ['pattern', 'Shopp/**', 'cdk-cors.json: no API fits "Shopp/**".'],
  ])('a %s that is about no API is told, and fails with --strict', async (_, key, remark) => {
    const fails = 'With --strict, an entry of the settings that is about no API fails.';
    const all = { origins: [APP], accepted: [{ rule: 'unreadable-errors', why: 'nobody reads them' }] };
    write('cdk-cors.json', { apis: { [key]: { onlyThese: true }, '*': { ...all, errors: true } } });
    const template = restApi([get('/pets')]);
    expect(await check(template)).toMatchObject({ code: 0, fails: false, remarks: [remark] });
    expect(await check(template, '--strict')).toMatchObject({ code: 1, fails: true, remarks: [remark, fails] });
    write('cdk-cors.json', { apis: { '*': all } });
    expect(await check(template, '--strict')).toMatchObject({ code: 0, remarks: [] });
  });

  test('a fault in it is told with its place, and nothing is checked', async () => {
    settings({ orgins: [APP] });
    const { code, err } = await check(restApi([get('/pets')]));
    expect(code).toBe(2);
    expect(err).toMatch(/^cdk-cors: .*cdk-cors\.json: apis\.Api\.orgins is not known\. Did you mean "origins"\?$/);
    settings({ orgins: [APP], body: 'xml' });
    expect((await check(restApi([get('/pets')]))).err.split('\n')).toHaveLength(3);
  });
});
