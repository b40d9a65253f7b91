/**
 * A web app in development, in front of which a distribution will stand: real pages of Chromium
 * fetch from the distributions that `cdk-cors serve` plays, and get what the simulator said.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import { type BrowserRequest, CorsEnabledRestApi, CorsOutcome, CorsSimulator } from '../../src';
import { readWays } from '../../src/cli/input';
import { LocalApi } from '../../src/cli/serve/local-api';
import { mockWithCors } from '../../src/cli/serve/mocks';
import { placesOf } from '../../src/cli/serve/places';
import { serve } from '../../src/cli/serve/server';
import { launchChromium } from './chromium';
import type { Engine } from './judge';

const PAGE = 'http://localhost:3000';
const OTHER = 'http://localhost:5173';

const { AllowedMethods, CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy } = cloudfront;
const RIGHT = {
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
};
const BEHAVIORS: Record<string, object> = {
  Right: RIGHT,
  Bare: {},
  Reading: { ...RIGHT, allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS },
  WithHost: { ...RIGHT, originRequestPolicy: OriginRequestPolicy.ALL_VIEWER },
  Hiding: { ...RIGHT, originRequestPolicy: undefined },
  Listed: { ...RIGHT, originRequestPolicy: OriginRequestPolicy.CORS_S3_ORIGIN },
  Simple: { ...RIGHT, responseHeadersPolicy: ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS },
};

const REQUESTS: [string, Omit<BrowserRequest, 'path'>][] = [
  ['a listed page reads', { origin: PAGE }],
  ['a listed page puts', { origin: PAGE, method: 'PUT', headers: { 'content-type': 'application/json' } }],
  ['another page reads', { origin: OTHER }],
  ['another page puts', { origin: OTHER, method: 'PUT', headers: { 'content-type': 'application/json' } }],
];

/** A REST API that two pages may use, behind distributions of all kinds. */
function shop(): Stack {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Shop');
  const cors = { allowOrigins: [PAGE, 'https://app.example.com'] };
  const api = new CorsEnabledRestApi(stack, 'Api', { cors });
  const pets = api.root.addResource('pets');
  for (const method of ['GET', 'PUT']) {
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    pets.addMethod(
      method,
      new apigateway.MockIntegration({ requestTemplates, integrationResponses: [{ statusCode: '200' }] }),
    );
  }
  for (const [id, behavior] of Object.entries(BEHAVIORS)) {
    const origin = new origins.RestApiOrigin(api);
    new cloudfront.Distribution(stack, id, { defaultBehavior: { origin, ...behavior } });
  }
  return stack;
}

describe('a page in Chromium gets from a distribution that serve plays what the simulator says', () => {
  const stack = shop();
  const simulator = CorsSimulator.fromStack(stack);
  const urls = new Map<string, string>();
  const servers: Server[] = [];
  let engine: Engine;

  const portOf = (server: Server): number => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    const pages = createServer((_, response) => response.end('<!doctype html><link rel="icon" href="data:,">'));
    await new Promise<void>((up) => pages.listen(0, '127.0.0.1', up));
    const { ways, entrances } = readWays(App.of(stack)!.synth().directory);
    for (const { name, local } of placesOf(ways, entrances, (api) => new LocalApi(api, mockWithCors))) {
      const server = await serve(local, { port: 0, host: '127.0.0.1' }, () => undefined);
      servers.push(server);
      urls.set(name, `http://127.0.0.1:${portOf(server)}/pets`);
    }
    const ports = Object.fromEntries(servers.map((server) => [portOf(server), portOf(server)]));
    servers.push(pages);
    engine = await launchChromium({ 3000: portOf(pages), 5173: portOf(pages), ...ports });
  });

  afterAll(async () => {
    await engine?.close();
    for (const server of servers) server.close().closeAllConnections();
  });

  const outcomeOf = (id: string, request: Omit<BrowserRequest, 'path'>): CorsOutcome =>
    simulator.request({ ...request, path: '/pets', via: `Shop/${id}` }).outcome;

  describe.each(Object.keys(BEHAVIORS))('%s', (id) => {
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
        [urls.get(`Shop/${id}`), { method, headers, ...(method === 'PUT' && { body: '{}' }) }] as [string, RequestInit],
      );
      const outcome = outcomeOf(id, request);
      if (outcome !== CorsOutcome.UNKNOWN) expect(outcome).toBe(hasRead ? CorsOutcome.ALLOWED : CorsOutcome.BLOCKED);
    });
  });

  test('and most of it is certain', () => {
    const outcomes = Object.keys(BEHAVIORS).flatMap((id) => REQUESTS.map(([, request]) => outcomeOf(id, request)));
    const count = (wanted: CorsOutcome): number => outcomes.filter((outcome) => outcome === wanted).length;
    expect(count(CorsOutcome.ALLOWED)).toBeGreaterThanOrEqual(4);
    expect(count(CorsOutcome.BLOCKED)).toBeGreaterThanOrEqual(16);
  });
});
