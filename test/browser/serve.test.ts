/**
 * A web app in development: real pages of Chromium fetch from `cdk-cors serve`, and get what the
 * simulator said of the same template.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Code, FunctionUrlAuthType, InvokeMode, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BrowserRequest, CorsEnabledRestApi, CorsOutcome, CorsRuntime, CorsSimulator } from '../../src';
import { readInput, readScopes } from '../../src/cli/input';
import { FunctionBackends } from '../../src/cli/serve/functions/backends';
import { LocalApi } from '../../src/cli/serve/local-api';
import { mockWithCors } from '../../src/cli/serve/mocks';
import { serve } from '../../src/cli/serve/server';
import { launchChromium } from './chromium';
import type { Engine } from './judge';

const PAGE = 'http://localhost:3000';
const OTHER = 'http://localhost:5173';

const JSON_BODY = { 'content-type': 'application/json' };
const REQUESTS: [string, Omit<BrowserRequest, 'path'>][] = [
  ['a listed page that posts JSON', { origin: PAGE, method: 'POST', headers: JSON_BODY }],
  [
    'a listed page that puts JSON with a token',
    { origin: PAGE, method: 'PUT', headers: { ...JSON_BODY, authorization: 't' } },
  ],
  [
    'a listed page that sends a header which is not listed',
    { origin: PAGE, method: 'PUT', headers: { 'x-tenant': '7' } },
  ],
  ['a listed page that deletes, which no method does', { origin: PAGE, method: 'DELETE' }],
  ['a page on another port that posts JSON', { origin: OTHER, method: 'POST', headers: JSON_BODY }],
  [
    'a page on another port that posts a form',
    { origin: OTHER, method: 'POST', headers: { 'content-type': 'text/plain' } },
  ],
];

function petStore(): Stack {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Shop');
  const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [PAGE], allowCredentials: true } });
  const pets = api.root.addResource('pets');
  for (const method of ['POST', 'PUT']) {
    const template = { 'application/json': '{"statusCode": 200}' };
    const integrationResponses = [{ statusCode: '200' }];
    pets.addMethod(method, new apigateway.MockIntegration({ requestTemplates: template, integrationResponses }));
  }
  return stack;
}

describe('a page in Chromium gets from serve what the simulator says', () => {
  const simulator = CorsSimulator.fromStack(petStore());
  let engine: Engine;
  let url: string;
  const servers: Server[] = [];

  beforeAll(async () => {
    const pages = createServer((_, response) => response.end('<!doctype html><link rel="icon" href="data:,">'));
    await new Promise<void>((up) => pages.listen(0, '127.0.0.1', up));
    const api = await serve(new LocalApi(simulator._apis()[0], mockWithCors), { port: 0, host: '127.0.0.1' }, () => {});
    servers.push(pages, api);
    const [page, port] = servers.map((server) => (server.address() as AddressInfo).port);
    url = `http://127.0.0.1:${port}/pets`;
    engine = await launchChromium({ 3000: page, 5173: page, [port]: port });
  });

  afterAll(async () => {
    await engine?.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  test.each(REQUESTS)('%s', async (_, request) => {
    const tab = await engine.newTab();
    await tab.goto(request.origin);
    const { method, headers } = request;
    const hasRead = await tab.evaluate(
      ([target, init]) =>
        fetch(target, init).then(
          () => true,
          () => false,
        ),
      [url, { method, headers, ...(method !== 'DELETE' && { body: '{}' }) }] as [string, RequestInit],
    );
    const { outcome } = simulator.request({ ...request, path: '/pets' });
    expect(outcome).toBe(hasRead ? CorsOutcome.ALLOWED : CorsOutcome.BLOCKED);
  });

  test('and both kinds of answers are among these', () => {
    const outcomes = REQUESTS.map(([, request]) => simulator.request({ ...request, path: '/pets' }).outcome);
    expect(new Set(outcomes)).toEqual(new Set([CorsOutcome.ALLOWED, CorsOutcome.BLOCKED]));
  });
});

/** Waits in the middle of its response until the other function was called. */
const SLOW = (gate: string) => `
const { existsSync } = require('node:fs');
const { withCors } = require('cdk-cors/lambda');
exports.handler = withCors(awslambda.streamifyResponse(async (event, stream) => {
  const response = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: { 'X-Kind': 'slow' } });
  response.write('first ');
  while (!existsSync(${JSON.stringify(gate)})) await new Promise((next) => setTimeout(next, 5));
  response.write('last');
  response.end();
}));`;
const OPEN = (gate: string) => `
require('node:fs').writeFileSync(${JSON.stringify(gate)}, '');
exports.handler = require('cdk-cors/lambda').withCors(async () => ({ statusCode: 200, body: '' }));`;

/** [name, what answers at /slow and /open of each API, or of a function URL each] */
const STREAMS: [string, (stack: Stack, slow: LambdaFunction, open: LambdaFunction) => void][] = [
  [
    'a REST API',
    (stack, slow, open) => {
      const cors = { allowOrigins: [PAGE, 'https://*.example.com'], exposeHeaders: ['X-Kind'] };
      const { root } = new CorsEnabledRestApi(stack, 'Api', { cors });
      const responseTransferMode = apigateway.ResponseTransferMode.STREAM;
      root.addResource('slow').addMethod('PUT', new apigateway.LambdaIntegration(slow, { responseTransferMode }));
      root.addResource('open').addMethod('GET', new apigateway.LambdaIntegration(open));
    },
  ],
  [
    'function URLs',
    (_, slow, open) => {
      slow.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, invokeMode: InvokeMode.RESPONSE_STREAM });
      open.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    },
  ],
];

describe('a page in Chromium reads a streamed response as it comes', () => {
  const place = mkdtempSync(join(tmpdir(), 'cdk-cors-streams-'));
  afterAll(() => rmSync(place, { recursive: true }));

  test.each(STREAMS)('from %s', async (name, build) => {
    const gate = join(place, name.replace(/ /g, '-'));
    const app = new App({ analyticsReporting: false, outdir: `${gate}.out` });
    const stack = new Stack(app, 'Shop');
    const functionOf = (id: string, code: string) =>
      new LambdaFunction(stack, id, {
        runtime: Runtime.NODEJS_LATEST,
        handler: 'index.handler',
        code: Code.fromInline(code),
        timeout: Duration.seconds(20),
      });
    const [slow, open] = [functionOf('Slow', SLOW(gate)), functionOf('Open', OPEN(gate))];
    const runtime = new CorsRuntime(stack, 'Cors', {
      cors: { allowOrigins: [PAGE, 'https://*.example.com'], exposeHeaders: ['X-Kind'] },
    });
    for (const fn of [slow, open]) runtime.attachTo(fn);
    build(stack, slow, open);
    app.synth();

    const functions = new FunctionBackends(readScopes(app.outdir), () => undefined);
    const pages = createServer((_, response) => response.end('<!doctype html><link rel="icon" href="data:,">'));
    await new Promise<void>((up) => pages.listen(0, '127.0.0.1', up));
    const online = await Promise.all(
      readInput(app.outdir).map(async (api) => {
        const local = new LocalApi(api, mockWithCors, functions);
        return { api, server: await serve(local, { port: 0, host: '127.0.0.1' }, () => {}) };
      }),
    );
    const portOf = (server: Server) => (server.address() as AddressInfo).port;
    const urlOf = (path: string) => {
      const { server } = online.find(({ api }) => api.constructPath?.toLowerCase().includes(path)) ?? online[0];
      return `http://127.0.0.1:${portOf(server)}/${path}`;
    };
    const ports = Object.fromEntries(online.map(({ server }) => [portOf(server), portOf(server)]));
    const engine = await launchChromium({ 3000: portOf(pages), 5173: portOf(pages), ...ports });
    try {
      const tab = await engine.newTab();
      const read = async (origin: string) => {
        await tab.goto(origin);
        return tab.evaluate(
          async ([slowUrl, openUrl]) => {
            try {
              const response = await fetch(slowUrl, { method: 'PUT' });
              const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
              const parts = [(await reader.read()).value];
              await fetch(openUrl);
              for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
              return [response.headers.get('x-kind'), ...parts];
            } catch (error) {
              return (error as Error).message;
            }
          },
          [urlOf('slow'), urlOf('open')] as [string, string],
        );
      };
      expect(await read(PAGE)).toEqual(['slow', 'first ', 'last']);
      expect(await read(OTHER)).toBe('Failed to fetch');
    } finally {
      await engine.close();
      functions.end();
      for (const server of [pages, ...online.map((each) => each.server)]) {
        server.closeAllConnections();
        server.close();
      }
    }
  });
});
