import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type CfnRestApi, MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { addCors } from '../../src';
import { readCorsFile } from '../../src/verify/cors-file/cors-file';
import { APP } from '../support/pages';
import { get, options, put, restApi } from '../support/templates';
import { behind, REST_API, RIGHT } from '../verify/cloudfront/distributions';
import { run } from './run';

const OTHER = 'https://other.example.com';

const home = process.cwd();
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'accept-'));
  process.chdir(root);
});
afterEach(() => {
  process.chdir(home);
  rmSync(root, { recursive: true });
});

const write = (name: string, content: object, indent?: number) =>
  writeFileSync(join(root, name), JSON.stringify(content, undefined, indent));
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const check = (...args: string[]) => run(['check', 'template.json', ...args]);

describe('check --accept', () => {
  test('writes what fails today, so that only what is new fails', async () => {
    write('template.json', restApi([get('/pets'), put('/pets'), put('/cats')]));
    const first = await check(
      '--origin',
      APP,
      '--origin',
      OTHER,
      '--accept',
      'moves in spring',
      '--until',
      '2999-12-31',
    );
    expect(first.code).toBe(0);
    expect(first.out).toContain('5 findings are now accepted in');
    const { apis } = readCorsFile(read('cdk-cors.json'), 'cdk-cors.json');
    const more = { why: 'moves in spring', until: '2999-12-31' };
    expect(apis?.Api.accepted).toEqual([
      { rule: 'response-origin', routes: ['GET /pets'], origins: [OTHER], ...more },
      { rule: 'preflight-answer', routes: ['PUT /pets', 'PUT /cats'], origins: [APP, OTHER], ...more },
    ]);
    expect((await check('--origin', APP, '--origin', OTHER)).code).toBe(0);
    write('template.json', restApi([get('/pets'), put('/pets'), put('/cats'), put('/dogs')]));
    const { code, out } = await check('--origin', APP);
    expect(code).toBe(1);
    expect(out).toContain('PUT /dogs from');
    expect(out).not.toContain('PUT /cats from');
  });

  test('leaves alone what the file has, and its form', async () => {
    const settings = { apis: { Api: { origins: [OTHER], accepted: [{ rule: 'wider', why: 'x' }] } } };
    write('cdk-cors.json', settings, 4);
    write('template.json', restApi([get('/pets')]));
    expect((await check('--accept')).code).toBe(0);
    const content = readCorsFile(read('cdk-cors.json'), 'cdk-cors.json');
    expect(content.apis?.Api.origins).toEqual([OTHER]);
    expect(content.apis?.Api.accepted?.map(({ rule }) => rule)).toEqual(['wider', 'response-origin']);
    expect(read('cdk-cors.json')).toMatch(/^\{\n {4}"apis": \{\n {8}"Api"/);
  });

  test('writes into the context of cdk.json, where that is the file', async () => {
    write('cdk.json', { app: 'x', context: { other: 1, 'cdk-cors': { apis: { Api: { origins: [OTHER] } } } } });
    write('template.json', restApi([get('/pets')]));
    expect((await check('--accept', 'x')).code).toBe(0);
    const { app, context } = JSON.parse(read('cdk.json'));
    expect([app, context.other, context['cdk-cors'].apis.Api.accepted[0].why]).toEqual(['x', 1, 'x']);
  });

  test('takes what only --strict, --errors and --only find, too', async () => {
    const open = get('/open', { headers: { 'Access-Control-Allow-Origin': "'*'" } });
    write('template.json', restApi([open, get('/pets'), put('/pets'), options('/pets')]));
    const asked = ['--origin', APP, '--strict', '--only'];
    expect((await check(...asked)).code).toBe(1);
    expect((await check(...asked, '--accept')).code).toBe(0);
    expect((await check(...asked)).code).toBe(0);
  });

  test('is not called superfluous by a check that asks for less', async () => {
    const open = get('/open', { headers: { 'Access-Control-Allow-Origin': "'*'" } });
    write('template.json', restApi([open, get('/pets')]));
    await check('--origin', APP, '--origin', OTHER, '--strict', '--only', '--accept');
    for (const less of [[], ['--origin', OTHER], ['--strict']])
      expect((await check('--origin', APP, ...less)).out).not.toContain('any more');
    write('template.json', restApi([open, get('/pets', { headers: { 'Access-Control-Allow-Origin': "'*'" } })]));
    const { out } = await check('--origin', APP, '--origin', OTHER);
    expect(out).toContain('response-origin is accepted (');
    expect(out).toContain('but nothing needs that any more: take it out.');
  });

  describe('of an API behind a distribution', () => {
    const fine = REST_API;
    const broken = structuredClone(REST_API);
    delete broken.Resources.OPTIONSXpets;
    const narrow = { behavior: { ...RIGHT, AllowedMethods: ['GET', 'HEAD'] } };
    const brokenWays = async () => {
      const { out } = await check('--origin', APP, '--format', 'json');
      const open = JSON.parse(out).findings.filter(({ accepted }: any) => !accepted);
      return [...new Set(open.map(({ via }: any) => via ?? 'own'))];
    };

    test('is about what comes through the distribution, and not about the API itself', async () => {
      write('template.json', behind(fine, narrow));
      expect((await check('--origin', APP, '--accept', 'x')).out).toContain('1 finding is now accepted');
      expect(readCorsFile(read('cdk-cors.json'), 'cdk-cors.json').apis?.Api.accepted).toMatchObject([
        { via: ['Edge'] },
      ]);
      expect(await brokenWays()).toEqual([]);
      write('template.json', behind(broken, narrow));
      expect(await brokenWays()).toEqual(['own']);
    });

    test('is about the API itself, and not about what comes through a distribution', async () => {
      write('template.json', broken);
      await check('--origin', APP, '--accept', 'x');
      write('template.json', behind(broken));
      expect(await brokenWays()).toEqual([]); // without a distribution nothing was said of ways
      rmSync(join(root, 'cdk-cors.json'));
      await check('--origin', APP, '--accept', 'x');
      const [own, edge] = readCorsFile(read('cdk-cors.json'), 'cdk-cors.json').apis?.Api.accepted ?? [];
      expect([own.via, edge.via]).toEqual([[], ['Edge']]);
      write('cdk-cors.json', { apis: { Api: { accepted: [own] } } });
      expect(await brokenWays()).toEqual(['Edge']);
    });

    test('tells by which way it is not needed any more', async () => {
      const accepted = [
        { rule: 'preflight-method', via: ['Edge'], why: 'x' },
        { rule: 'preflight-method', via: [], why: 'x' },
      ];
      write('cdk-cors.json', { apis: { Api: { accepted } } });
      write('template.json', behind(fine));
      const { out } = await check('--origin', APP);
      expect(out).toContain('preflight-method is accepted via Edge (x), but nothing needs that any more');
      expect(out).toContain('preflight-method is accepted at its own address (x), but nothing needs that any more');
    });
  });

  test('accepts nothing that cannot be deployed', async () => {
    write('template.json', restApi([get('/{a}'), get('/{b}')]));
    const { code, out } = await check('--origin', APP, '--accept');
    expect([code, out.includes('There is nothing to accept.')]).toEqual([1, true]);
  });

  test.each([
    [
      'a * in the path of an API, which would be a pattern',
      'S/*',
      '/pets',
      'cannot name "S/*": there, * makes a pattern',
    ],
    [
      'unprintable characters in the path of an API',
      'S/A\u200eB',
      '/pets',
      'cannot name "S/A\ufffdB": it has characters',
    ],
    ['unprintable characters in a route', 'S/A', '/a\u200eb', 'cannot name "/a\ufffdb": it has characters'],
  ])('refuses %s, and writes nothing', async (_, constructPath, route, message) => {
    const template = restApi([get(route)]);
    template.Resources.Api.Metadata = { 'aws:cdk:path': `${constructPath}/Resource` };
    write('template.json', template);
    const { code, err } = await check('--origin', OTHER, '--accept');
    expect([code, existsSync(join(root, 'cdk-cors.json'))]).toEqual([2, false]);
    expect(err).toContain(message);
  });

  test.each([
    [['--until', '2030-12-31'], '--until goes with --accept'],
    [['--accept', 'x', '--until', 'tomorrow'], 'Write a day like 2030-12-31'],
    [['--accept', 'x', '--until', '2020-01-01'], 'That day has passed'],
    [['--accept', ''], 'Say why, or leave the reason out'],
    [['--accept', '  '], 'Say why, or leave the reason out'],
    [['--accept', '--watch'], 'it does not go with --watch'],
    [['--accept', '--no-config'], 'it does not go with --no-config'],
  ])('refuses %s', async (args, message) => {
    write('template.json', restApi([get('/pets')]));
    const { code, err } = await check(...args);
    expect([code, err.includes(message)]).toEqual([2, true]);
  });
});

describe('init', () => {
  test('writes what the APIs allow today, and check finds no fault in it', async () => {
    const headers = {
      'Access-Control-Allow-Origin': `'${APP}'`,
      'Access-Control-Allow-Credentials': "'true'",
      'Access-Control-Expose-Headers': "'X-Total-Count, X-Page'",
    };
    write('template.json', restApi([get('/pets', { headers })]));
    const { code, out } = await run(['init', 'template.json']);
    expect(code).toBe(0);
    expect(out).toContain('cdk-cors.json says which pages may use 1 API. Read it');
    const { apis } = readCorsFile(read('cdk-cors.json'), 'cdk-cors.json');
    expect(apis).toEqual({ Api: { origins: [APP], credentials: true, reads: ['X-Total-Count', 'X-Page'] } });
    expect((await check()).code).toBe(0);
  });

  test('says which APIs name no origin', async () => {
    write('template.json', restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': "'*'" } })]));
    const { out } = await run(['init', 'template.json']);
    expect(out).toMatch(/Without origins, since they let in any page, .*: Api\./);
    expect(readCorsFile(read('cdk-cors.json'), 'cdk-cors.json').apis).toEqual({ Api: {} });
  });

  const addCorsTo = (...allowOrigins: string[]) => {
    const stack = new Stack(new App(), 'Shop');
    const api = new RestApi(stack, 'Api');
    (api.node.defaultChild as CfnRestApi).overrideLogicalId('Api');
    api.root.addResource('pets').addMethod('GET', new MockIntegration());
    addCors(api, { allowOrigins });
    return Template.fromStack(stack).toJSON();
  };

  test.each([
    'http://localhost:*',
    'https://*.preview.example.com',
    'https://pr-*.example.com',
    'https://*',
    'http://[::1]:*',
  ])('says that it leaves out %s', async (pattern) => {
    write('template.json', addCorsTo(APP, pattern));
    const { out } = await run(['init', 'template.json']);
    expect(out.split('\n').slice(1)).toEqual([
      `Left out of Api: ${pattern}. Origins in the file are exact: list those that have to get in.`,
    ]);
    expect(readCorsFile(read('cdk-cors.json'), 'cdk-cors.json').apis).toEqual({ Api: { origins: [APP] } });
  });

  test('says so of every kind of API, and of what only the deployment knows', async () => {
    const AllowOrigins = [APP, 'https://*', { 'Fn::Sub': 'https://${Site.DomainName}' }];
    const policy = JSON.stringify({ origins: [APP], patterns: ['https://[a-z]+[.]example[.]com'] });
    const Environment = { Variables: { CORS_POLICY: policy } };
    const Properties = { ProtocolType: 'HTTP', Target: { 'Fn::GetAtt': ['Handler', 'Arn'] } };
    const Handler = { Type: 'AWS::Lambda::Function', Properties: { Environment } };
    const Site = { Type: 'AWS::CloudFront::Distribution', Properties: {} };
    const Listing = {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { ...Properties, CorsConfiguration: { AllowOrigins } },
    };
    const Asking = { Type: 'AWS::ApiGatewayV2::Api', Properties };
    write('template.json', { Resources: { Listing, Asking, Handler, Site } });
    const { out } = await run(['init', 'template.json']);
    expect(out).toContain('Left out of Listing: https://*, https://${Site.DomainName}. Origins in the file');
    expect(out).toContain('Left out of Asking: https://[a-z]+[.]example[.]com. Origins in the file');
  });

  test('says nothing of the kind where all origins are exact, or any page gets in', async () => {
    write('template.json', addCorsTo(APP));
    expect((await run(['init', 'template.json'])).out).not.toContain('Left out');
    rmSync(join(root, 'cdk-cors.json'));
    write('template.json', addCorsTo('*'));
    expect((await run(['init', 'template.json'])).out).not.toContain('Left out');
  });

  test.each(['S/*', 'S/A\u200eB'])('refuses a name that would mean other APIs, or none: %j', async (constructPath) => {
    const template = restApi([get('/pets')]);
    template.Resources.Api.Metadata = { 'aws:cdk:path': `${constructPath}/Resource` };
    write('template.json', template);
    const { code, err } = await run(['init', 'template.json']);
    expect([code, existsSync(join(root, 'cdk-cors.json'))]).toEqual([2, false]);
    expect(err).toContain('init: the settings cannot name "S/');
  });

  test('overwrites nothing', async () => {
    write('template.json', restApi([get('/pets')]));
    write('cdk-cors.json', {});
    expect(await run(['init', 'template.json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is there already'),
    });
  });
});

describe('check --watch', () => {
  test('checks again when the template or the settings change, until Ctrl+C', async () => {
    write('template.json', restApi([get('/pets')]));
    write('cdk-cors.json', { apis: { Api: { origins: [APP] } } });
    let press: () => void = () => undefined;
    const pressed = new Promise<void>((resolve) => {
      press = resolve;
    });
    const written: string[] = [];
    const until = async (text: string) => {
      while (!written.join('\n').includes(text)) await new Promise((next) => setTimeout(next, 50));
      written.length = 0;
    };
    const ended = run(['check', 'template.json', '--watch'], { interrupted: () => pressed, written });
    await until('allowed 1');
    write('template.json', restApi([get('/pets'), put('/pets')]));
    await until('allowed 1 · blocked 1');
    write('cdk-cors.json', { apis: { Api: { orgins: [APP] } } });
    await until('It cannot be checked: ');
    write('cdk-cors.json', { apis: { Api: { origins: [APP], accepted: [{ rule: 'preflight-answer', why: 'x' }] } } });
    await until('1 finding is accepted');
    press();
    expect((await ended).code).toBe(0);
  });
});
