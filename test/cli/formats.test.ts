import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import { App, aws_apigateway as apigateway, Stack } from 'aws-cdk-lib';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FINDING_RULES } from '../../src/verify/cors-file/finding-rules';
import { APP } from '../support/pages';
import { get, options, put, restApi } from '../support/templates';
import { behind, HTTP_API, RIGHT } from '../verify/cloudfront/distributions';
import { file, ORDERS, run } from './run';

const OTHER = 'https://other.example.com';
/** GET is allowed and PUT is not. */
const shop = () => file('template.json', JSON.stringify(restApi([get('/pets'), put('/pets')]), undefined, 1));
const check = async (format: string, path = shop(), ...more: string[]) =>
  run(['check', path, '--no-config', '--origin', APP, '--format', format, ...more]);

/** What somebody may write into a template to give orders, or to look like something else. */
const NAME =
  'a\n::error::pwned\r\n##vso[task.complete]\u001b[31m\u202e|`</code><img src=x onerror=alert(1)>@everyone #1 [x](javascript:alert(1)) ]]>&%0A::add-mask::x\ufffe';
const hostile = () => {
  const template = restApi([get('/items'), put('/items', { headers: {} })]);
  const text = JSON.stringify(template.Resources).replaceAll(
    '"PathPart":"items"',
    `"PathPart":${JSON.stringify(NAME)}`,
  );
  const resources = Object.entries(JSON.parse(text)).map(([id, resource]) => [
    id.replace('PUT', `PUT${NAME}`),
    resource,
  ]);
  return file('template.json', { Resources: Object.fromEntries(resources) });
};

describe('a format', () => {
  test('goes to a file, and the table to standard output', async () => {
    const folder = dirname(file('x', ''));
    const [sarif, junit] = [join(folder, 'cors.sarif'), join(folder, 'cors.xml')];
    const { out, code } = await check(`sarif=${sarif}`, shop(), '--format', `junit=${junit}`);
    expect(code).toBe(1);
    expect(out).toContain('Api REST API\n');
    expect(out).toContain(`The sarif is in ${sarif}.\nThe junit is in ${junit}.`);
    expect(JSON.parse(readFileSync(sarif, 'utf8')).version).toBe('2.1.0');
    expect(XMLValidator.validate(readFileSync(junit, 'utf8'))).toBe(true);
  });

  test('goes to standard output, with annotations and a table together', async () => {
    const { out } = await check('github', shop(), '--format', 'table');
    expect(out).toContain('::error ');
    expect(out).toContain('Api REST API\n');
  });

  test.each([
    [['sarif', 'junit'], /--format: sarif and junit would both go to standard output/],
    [['table', 'json'], /--format: json and table would both go to standard output/],
    [['sarfi'], /Did you mean sarif\? There are table, json/],
    [['sarif='], /Write it like sarif=cors\.sarif/],
    [['sarif=/nowhere/cors.sarif'], /--format: there is no folder \/nowhere/],
  ])('is refused where it cannot go anywhere: %s', async (formats, message) => {
    const { code, out, err } = await run([
      'check',
      shop(),
      '--no-config',
      ...formats.flatMap((format) => ['--format', format]),
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test.each(['table', 'json', 'junit', 'sarif', 'github', 'markdown', 'html'])(
    'gives no orders to a CI or a terminal, whatever stands in the template: %s',
    async (format) => {
      const { out } = await check(format, hostile());
      expect(out).toContain('pwned');
      const lines = out.split('\n').filter((line) => !/^::error [^:]*::/.test(line));
      expect(lines.join('\n')).not.toMatch(ORDERS);
      expect(out).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
    },
  );
});

describe('JSON', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../docs/check.schema.json'), 'utf8'));
  /** Nothing is written that the schema does not name. */
  const closed = (node: any): any => {
    if (Array.isArray(node)) return node.map(closed);
    if (typeof node !== 'object' || node === null) return node;
    const all = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
    return node.type === 'object' && node.properties ? { ...all, additionalProperties: false } : all;
  };
  const ajv = new Ajv({ allErrors: true, strict: false, formats: { uri: true } });
  const validate = ajv.compile(closed({ ...schema, $id: undefined }));

  test.each([
    ['a REST API', () => restApi([get('/pets'), put('/pets'), options('/pets'), put('/cats')])],
    ['a distribution', () => behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods: undefined } })],
    ['what cannot be deployed', () => restApi([get('/{a}'), get('/{b}')])],
  ])('has a schema, and keeps to it: %s', async (_, template) => {
    const { out } = await check('json', file('template.json', template()), '--strict', '--only');
    const document = JSON.parse(out);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    expect(document).toMatchObject({ version: 1, tool: { name: 'cdk-cors' }, fails: true });
  });

  test('names what has to change, and where it stands', async () => {
    const { out } = await check('json');
    const [finding] = JSON.parse(out).findings;
    expect(finding).toMatchObject({ rule: 'preflight-answer', method: 'PUT', route: '/pets', origin: APP });
    expect(finding.help).toMatch(/docs\/rules\.md#preflight-answer$/);
    expect(finding.where).toBe('PUTXpets');
    expect(finding.template).toEqual({
      file: expect.stringMatching(/template\.json$/),
      logicalId: 'PUTXpets',
      line: expect.any(Number),
    });
  });

  test('of --json stays the list of results', async () => {
    const { out } = await run(['check', shop(), '--no-config', '--origin', APP, '--json']);
    expect(JSON.parse(out)).toEqual(JSON.parse((await check('json')).out).results);
  });
});

describe('SARIF', () => {
  const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const validate = new AjvDraft04({
    unicodeRegExp: false, // one of the schema's patterns is not one with it
    allErrors: true,
    strict: false,
    formats: { uri: true, 'uri-reference': true, 'date-time': true },
  }).compile(schema);
  const sarif = async (path: string, ...more: string[]): Promise<any> => {
    const { out } = await check('sarif', path, ...more);
    const log = JSON.parse(out);
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    return log.runs[0];
  };

  test.each([
    ['a blocked route', shop],
    ['a hostile name', hostile],
    ['what cannot be deployed', () => file('template.json', restApi([get('/{a}'), get('/{b}')]))],
    ['nothing to say', () => file('template.json', restApi([get('/pets')]))],
  ])('is valid: %s', async (_, path) => {
    expect((await sarif(path())).tool.driver.rules).toHaveLength(FINDING_RULES.length);
  });

  test('names the resource in its template, where nothing names a line of the app', async () => {
    const path = shop();
    const { results } = await sarif(path);
    const [{ physicalLocation }] = results[0].locations;
    const line = readFileSync(path, 'utf8').split('\n')[physicalLocation.region.startLine - 1];
    expect(line).toContain('"PUTXpets": {');
    expect(results[0].message.text).toMatch(/^PUT \/pets of Api from https:.*To change: Add an OPTIONS method/);
  });

  test('names the line of the app, where the assembly has it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'traced-'));
    const before = process.env.CDK_DEBUG;
    process.env.CDK_DEBUG = 'true';
    try {
      const app = new App({ outdir: directory });
      const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api');
      api.root.addResource('pets').addMethod('GET', new apigateway.MockIntegration(), { methodResponses: [] });
      app.synth();
      const { results } = await sarif(directory, '--strict');
      expect(results[0].locations[0].physicalLocation).toEqual({
        artifactLocation: { uri: 'test/cli/formats.test.ts', uriBaseId: 'SRCROOT' },
        region: { startLine: expect.any(Number) },
      });
    } finally {
      if (before === undefined) delete process.env.CDK_DEBUG;
      else process.env.CDK_DEBUG = before;
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test('has one result for a route, and knows it from run to run', async () => {
    const both = async (template: object) => (await sarif(file('template.json', template), '--origin', OTHER)).results;
    const [first, ...others] = (await both(restApi([put('/pets')]))).filter(
      ({ ruleId }: any) => ruleId === 'preflight-answer',
    );
    expect(others).toEqual([]);
    expect(first.properties.origins).toEqual([APP, OTHER]);
    const moved = (await both(restApi([get('/cats'), put('/pets')]))).find(({ message }: any) =>
      message.text.startsWith('PUT'),
    );
    expect(moved.partialFingerprints).toEqual(first.partialFingerprints);
  });

  test('has help for each rule', async () => {
    const { tool } = await sarif(shop());
    for (const rule of tool.driver.rules) {
      expect(rule.help.text.length).toBeGreaterThan(20);
      expect(rule.helpUri).toBe(`https://github.com/cdkcors/cdk-cors/blob/main/docs/rules.md#${rule.id}`);
    }
  });
});

describe('the address of each rule of a finding', () => {
  const page = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');

  test.each(FINDING_RULES)('leads to a paragraph: %s', (rule) => {
    const [, paragraph = ''] = page.split(`\n#### ${rule}\n`);
    expect(paragraph.split(/^#/m)[0].trim().length).toBeGreaterThan(100);
  });
});

describe('JUnit', () => {
  const parse = (xml: string) =>
    new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: (name) => /^test(suite|case)$/.test(name),
    }).parse(xml);

  test('has a case for each route and origin', async () => {
    const { out } = await check('junit', shop(), '--origin', OTHER);
    expect(XMLValidator.validate(out)).toBe(true);
    const { testsuites } = parse(out);
    expect(testsuites).toMatchObject({ tests: '4', failures: '3' });
    const [suite] = testsuites.testsuite;
    expect(suite).toMatchObject({ name: 'Api', tests: '4', failures: '3', skipped: '0' });
    expect(suite.testcase.map(({ name, failure }: any) => [name, failure?.type])).toEqual([
      [`GET /pets from ${APP}`, undefined],
      [`GET /pets from ${OTHER}`, 'response-origin'],
      [`PUT /pets from ${APP}`, 'preflight-answer'],
      [`PUT /pets from ${OTHER}`, 'preflight-answer'],
    ]);
  });

  test('is XML, whatever stands in the template', async () => {
    const { out } = await check('junit', hostile());
    expect(XMLValidator.validate(out)).toBe(true);
    expect(out).not.toMatch(/[^\n\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    expect(parse(out).testsuites.testsuite[0].testcase).toHaveLength(2);
  });

  test('tells what cannot be deployed', async () => {
    const { out } = await check('junit', file('template.json', restApi([get('/{a}'), get('/{b}')])));
    expect(parse(out).testsuites.testsuite.at(-1)).toMatchObject({ name: 'deployment', failures: '1' });
  });
});

describe('annotations of GitHub', () => {
  test('stand at the line that has to change, with what to change', async () => {
    const { out } = await check('github');
    const [, properties, message] = /^::error (.*?)::(.*)$/.exec(out) ?? [];
    const named = Object.fromEntries(properties.split(',').map((each) => each.split('=')));
    expect(named).toEqual({
      file: expect.stringMatching(/template\.json$/),
      line: expect.stringMatching(/^\d+$/),
      title: 'preflight-answer%3A PUT /pets of Api',
    });
    expect(message).toMatch(
      /^A page of https:\/\/app\.example\.com: the preflight is answered with 403.*%0ATo change: Add an OPTIONS method.*%0AAt: PUTXpets/,
    );
  });

  test('are one line each, whatever stands in the template', async () => {
    const { out } = await check('github', hostile());
    const lines = out.split('\n');
    expect(lines.every((line) => /^::error (?:[a-z]+=[^:,]*,?)+::/.test(line))).toBe(true);
    expect(lines).toHaveLength(2); // GET and PUT
    expect(out).toContain('%250A'); // a name cannot break out by what a line break is escaped to
  });

  test('are as many as GitHub shows, and count the rest', async () => {
    const many = restApi(Array.from({ length: 30 }, (_, index) => put(`/pets${index}`)));
    const lines = (await check('github', file('template.json', many))).out.split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[9]).toBe('::error title=cdk-cors::21 more errors: other formats have all of them.');
  });
});

describe('Markdown', () => {
  test('tells what fails, and what to change', async () => {
    const { out } = await check('markdown');
    expect(out).toMatch(/^<!-- cdk-cors -->\n## ❌ CORS: allowed 1 · blocked 1\n/);
    expect(out).toContain(
      '- <code>PUT /pets</code> from <code>https&#58;//app.example.com</code>, at <code>PUTXpets</code>',
    );
    expect(out).toContain('**Change:** Add an OPTIONS method');
  });

  test('says that all is well', async () => {
    const { out, code } = await check('markdown', file('template.json', restApi([get('/pets')])));
    expect([code, out.split('\n')[1]]).toEqual([0, '## ✅ CORS: allowed 1']);
  });

  test('holds no markup, mention or link of the template', async () => {
    const { out } = await check('markdown', hostile());
    expect(out).not.toMatch(/<img|@everyone|\]\(|[^&]#1\b|`/);
    const row = out.split('\n').find((line) => line.startsWith('| <code>'));
    expect(row?.match(/\|/g)).toHaveLength(8);
  });

  test('fits into a comment', async () => {
    const many = restApi(Array.from({ length: 400 }, (_, index) => put(`/${'long-name-'.repeat(20)}${index}`)));
    const { out } = await check('markdown', file('template.json', many), '--only');
    expect(Buffer.byteLength(out)).toBeLessThan(65_536);
    expect(out).toMatch(/… and \d+ more/);
  });
});
