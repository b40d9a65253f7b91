import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readInput, readScopes } from '../../src/cli/input';
import { FunctionBackends } from '../../src/cli/serve/functions/backends';
import { LocalApi } from '../../src/cli/serve/local-api';
import { logLines } from '../../src/cli/serve/log';
import { mockWithoutCors } from '../../src/cli/serve/mocks';
import { serve } from '../../src/cli/serve/server';
import { APP } from '../support/pages';
import { gatewayResponse, get, restApi } from '../support/templates';
import { terminal } from './run';

/** `serve --functions` in front of templates that a test makes up. */

const FOLDER = mkdtempSync(join(tmpdir(), 'cdk-cors-functions-'));
const running = new Set<{ server: Server; functions: FunctionBackends }>();
afterEach(async () => {
  for (const { server, functions } of running) {
    functions.end();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  running.clear();
});
afterAll(() => rmSync(FOLDER, { recursive: true }));

const URI = { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Handler.Arn}/invocations' };

export function handlerOf(properties: object, metadata?: object): object {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', ...properties },
    Metadata: metadata,
  };
}

/** A REST API with one function behind `ANY /pets/{id}`. */
export function restOf(properties: object, metadata?: object, uri: object = URI): object {
  const route = get('/pets/{id}', {
    verb: 'ANY',
    integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri },
  });
  return restApi([route], {
    Handler: handlerOf(properties, metadata),
    Failure: gatewayResponse('DEFAULT_5XX', { 'Access-Control-Allow-Origin': `'${APP}'` }),
  });
}

/** A cloud assembly of one template, online. */
export async function start(
  template: object,
  files: Record<string, string> = {},
  prepare: (folder: string) => void = () => undefined,
) {
  const folder = join(mkdtempSync(join(FOLDER, 'x')), 'cdk.out');
  writeAssembly(folder, template, files);
  prepare(folder);
  const said: string[] = [];
  const log: string[] = [];
  const functions = new FunctionBackends(readScopes(folder), (name, line) =>
    said.push(`${name.split('/').at(-1)}: ${line}`),
  );
  const [api] = readInput(folder);
  const server = await serve(new LocalApi(api, mockWithoutCors, functions), { port: 0, host: '127.0.0.1' }, (outcome) =>
    log.push(logLines(outcome, true, terminal())),
  );
  running.add({ server, functions });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ask: (path: string, init?: RequestInit) => fetch(base + path, init), said, log, notes: functions.notes };
}

/** What a synthesis leaves behind: the template, the manifest, and other files, such as assets. */
export function writeAssembly(folder: string, template: object | string, files: Record<string, string> = {}): void {
  const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } };
  const all = {
    'manifest.json': JSON.stringify({ version: '36.0.0', artifacts: { Shop: artifact } }),
    'Shop.template.json': typeof template === 'string' ? template : JSON.stringify(template),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
