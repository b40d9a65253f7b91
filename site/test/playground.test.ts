/**
 * The built site in a real browser: the playground says what the command line says, and what is pasted into it stays
 * text. CDK_CORS_ENGINE=firefox asks Firefox.
 */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { awsCdkLib } from '../../test/browser/cases/aws-cdk-lib';
import { cloudFront } from '../../test/browser/cases/cloudfront';
import { gatewayErrors } from '../../test/browser/cases/gateway-errors';
import { httpApis } from '../../test/browser/cases/http-apis';
import { openApi } from '../../test/browser/cases/open-api';
import { responses } from '../../test/browser/cases/responses';
import { velocity } from '../../test/browser/cases/velocity';
import { launchChromium } from '../../test/browser/chromium';
import { launchFirefox } from '../../test/browser/firefox';
import { file, run } from '../../test/cli/run';
import type { Page } from '../playground/judge';
import type { Question } from '../playground/worker';

const DIST = join(__dirname, '..', 'dist');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const launch = process.env.CDK_CORS_ENGINE === 'firefox' ? launchFirefox : launchChromium;

let server: Server;
let engine: Awaited<ReturnType<typeof launch>>;
let tab: any;
let asked: string[] = [];

beforeAll(async () => {
  server = createServer(({ url = '/' }, response) => {
    asked.push(url);
    const path = join(DIST, new URL(url, 'http://localhost').pathname.replace(/^\/cdk-cors/, ''));
    const file = [path, `${path}.html`].find((each) => existsSync(each) && statSync(each).isFile());
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  engine = await launch({ 80: (server.address() as AddressInfo).port });
  tab = await engine.newTab();
  await tab.goto(addressOf('/playground'));
});

afterAll(async () => {
  await engine?.close();
  server?.close();
});

function addressOf(path: string): string {
  return `http://docs.example.com/cdk-cors${path}`;
}

/** Asks the simulator of the page as the page itself does. */
function askInPage(question: Question): Promise<{ answer?: any; fault?: string; milliseconds: number }> {
  return tab.evaluate((sent: Question) => {
    const started = performance.now();
    const worker = new Worker('/cdk-cors/simulator.js');
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve({ ...data, milliseconds: performance.now() - started });
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(sent);
    });
  }, question);
}

const PAGE: Page = { origins: ['https://app.example.com', 'https://evil.test'], credentials: false, headers: [] };

/** What the command line says of the same text. */
async function onCommandLine(text: string, { origins, credentials }: Page): Promise<string[]> {
  const pages = origins.flatMap((origin) => ['--origin', origin]);
  const { out } = await run([
    'check',
    file('Api', text),
    '--json',
    ...pages,
    ...(credentials ? ['--credentials'] : []),
  ]);
  const told = JSON.parse(out);
  return (told.results ?? told).map(lineOf);
}

function lineOf({ method, path, origin, outcome }: any): string {
  return [method, path, origin, outcome].join(' ');
}

const templates = [
  ...new Map(
    [awsCdkLib, cloudFront, gatewayErrors, httpApis, openApi, responses, velocity]
      .flatMap((cases) => cases.filter((_, index) => index % Math.ceil(cases.length / 12) === 0))
      .map(({ why, template }) => [JSON.stringify(template), why]),
  ),
];

describe('the simulator in the page', () => {
  test(`says what the command line says, of ${templates.length} templates`, async () => {
    expect(templates.length).toBeGreaterThanOrEqual(50);
    for (const [text, why] of templates) {
      const { answer, fault } = await askInPage({ ask: 'judge', subject: { text }, page: PAGE });
      expect([why, fault ?? answer.outcomes.map(lineOf)]).toEqual([why, await onCommandLine(text, PAGE)]);
    }
  });

  test.each(readdirSync(join(__dirname, '..', 'playground', 'examples')))('finds the mistake in %s', async (name) => {
    const text = readFileSync(join(__dirname, '..', 'playground', 'examples', name), 'utf8');
    const page = { ...PAGE, credentials: name.startsWith('star') };
    const { answer } = await askInPage({ ask: 'judge', subject: { text }, page });
    const lines = answer.outcomes.map(lineOf);
    expect(lines).toEqual(await onCommandLine(text, page));
    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/app\.example\.com BLOCKED$/)]));
  });

  test('explains a message of the console as the command line does', async () => {
    const message =
      "Access to fetch at 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/orders' from origin 'https://app.example.com' " +
      "has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";
    const { answer } = await askInPage({ ask: 'explain', message });
    const { out } = await run(['explain', message]);
    expect(answer).toBe(out);
  });

  test('tells what is wrong with a text that is no template', async () => {
    const { fault } = await askInPage({ ask: 'judge', subject: { text: 'Resources: [' }, page: PAGE });
    expect(fault).toMatch(/pasted text/);
  });

  test('judges a megabyte of template, and says how long it took', async () => {
    const text = megabyte();
    expect(text.length).toBeGreaterThan(1_000_000);
    const { answer, fault, milliseconds } = await askInPage({ ask: 'judge', subject: { text }, page: PAGE });
    expect(fault).toBeUndefined();
    expect(answer.outcomes.length).toBeGreaterThan(500);
    console.log(`${Math.round(text.length / 1000)} kB were judged in ${Math.round(milliseconds)} ms`);
  });

  test('is less than a megabyte on the wire', () => {
    expect(gzipSync(readFileSync(join(DIST, 'simulator.js'))).length).toBeLessThan(1_000_000);
  });
});

/** A REST API with many routes that answer for themselves. */
function megabyte(): string {
  const Resources: Record<string, object> = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Api' } } };
  for (let index = 0; index < 300; index++) {
    Resources[`Path${index}`] = {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        PathPart: `path-${index}`,
      },
    };
    Resources[`Get${index}`] = methodOf(index, 'GET');
    Resources[`Put${index}`] = methodOf(index, 'PUT');
  }
  return JSON.stringify({ Resources }, undefined, 2);
}

function methodOf(index: number, HttpMethod: string): object {
  const headers = { 'method.response.header.Access-Control-Allow-Origin': "'https://app.example.com'" };
  return {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: `Path${index}` },
      HttpMethod,
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{"statusCode": 200}' },
        IntegrationResponses: [
          { StatusCode: '200', ResponseParameters: headers, ResponseTemplates: { 'application/json': PADDING } },
        ],
      },
      MethodResponses: [
        { StatusCode: '200', ResponseParameters: Object.fromEntries(Object.keys(headers).map((key) => [key, true])) },
      ],
    },
  };
}

const PADDING = JSON.stringify({ items: Array.from({ length: 60 }, (_, index) => `item ${index}`) });

describe('the page', () => {
  test('takes a text that is pasted, shows the report, and sends nothing', async () => {
    const text = templates[0][0];
    asked = [];
    const { summary, source, location, requests } = await tab.evaluate(async (pasted: string) => {
      const fill = (name: string, value: string) => {
        const field = document.querySelector<HTMLTextAreaElement>(`textarea[name=${name}]`)!;
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      };
      const until = async <T>(found: () => T | null) => {
        for (let tries = 0; tries < 200; tries++) {
          const element = found();
          if (element) return element;
          await new Promise((later) => setTimeout(later, 100));
        }
        throw new Error('It never came.');
      };
      fill('template', pasted);
      document.querySelector<HTMLButtonElement>('form button.main')!.click();
      const frame = await until(() => document.querySelector<HTMLIFrameElement>('.playground iframe'));
      return {
        summary: document.querySelector('.summary')!.textContent,
        source: frame.srcdoc,
        location: window.location.href,
        requests: performance.getEntriesByType('resource').map(({ name }) => name),
      };
    }, text);
    expect(summary).toMatch(/blocked|allowed|depends/);
    expect(source).toContain('<table>');
    expect(location).toBe(addressOf('/playground'));
    expect(asked).toEqual([]);
    expect(requests.filter((url: string) => !url.startsWith(addressOf('/')))).toEqual([]);
  });

  test.each([
    '</script><script>parent.hacked = true; top.hacked = true; window.hacked = true</script>',
    '"><img src=x onerror="top.hacked = true">',
    "';top.hacked=true;//",
    '{{constructor.constructor("top.hacked = true")()}}',
    '<iframe srcdoc="<script>top.hacked = true</script>"></iframe>',
  ])('runs nothing of a template that is called %s', async (name) => {
    const template = {
      Resources: {
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: name } },
        [name]: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: `GET /${name}` } },
      },
      Parameters: { [name]: { Type: 'String', Default: name } },
    };
    const { hacked, shown } = await tab.evaluate(async (pasted: string) => {
      const field = document.querySelector<HTMLTextAreaElement>('textarea[name=template]')!;
      field.value = pasted;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      document.querySelector<HTMLButtonElement>('form button.main')!.click();
      await new Promise((later) => setTimeout(later, 1500));
      const frame = document.querySelector<HTMLIFrameElement>('.playground iframe');
      return {
        hacked: (window as any).hacked,
        shown: frame ? frame.sandbox.value : document.querySelector('.fault')?.textContent,
      };
    }, JSON.stringify(template));
    expect(hacked).toBeUndefined();
    expect(shown).toBe('allow-scripts allow-popups');
  });

  test('works without the network once it is there', async () => {
    const text = templates[0][0];
    const before = await askInPage({ ask: 'judge', subject: { text }, page: PAGE });
    expect(before.answer.outcomes.length).toBeGreaterThan(0);
    await new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
    const shown = await tab.evaluate(async () => {
      document.querySelector<HTMLButtonElement>('form button.main')!.click();
      for (let tries = 0; tries < 100; tries++) {
        await new Promise((later) => setTimeout(later, 100));
        if (document.querySelector('.playground iframe')) return 'a report';
      }
      return document.querySelector('.fault')?.textContent ?? 'nothing';
    }, undefined);
    expect(shown).toBe('a report');
  });
});
