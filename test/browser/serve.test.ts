/**
 * A web app in development: real pages of Chromium fetch from `cdk-cors serve`, and get what the
 * simulator said of the same template.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type BrowserRequest, CorsEnabledRestApi, CorsOutcome, CorsSimulator } from '../../src';
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
