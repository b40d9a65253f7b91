import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { get, restApi } from '../support/templates';
import { file, terminal } from './run';
import { restOf, writeAssembly } from './serving';

const place = mkdtempSync(join(tmpdir(), 'cdk-cors-reload-'));
afterAll(() => rmSync(place, { recursive: true }));

/** `cdk-cors serve`, until it is interrupted. */
function serving(args: string[]) {
  const lines: string[] = [];
  let interrupt = (): void => undefined;
  const note = (text: string): void => void lines.push(text);
  const interrupted = () =>
    new Promise<void>((resolve) => {
      interrupt = resolve;
    });
  const ended = main(['serve', ...args], { ...terminal(), write: note, complain: note, interrupted });
  /** The next line that says this, from the last one that was waited for. */
  let seen = 0;
  const lineWith = async (part: string | RegExp): Promise<string> => {
    for (let tries = 0; tries < 400; tries++) {
      const found = lines.findIndex(
        (each, index) => index >= seen && (typeof part === 'string' ? each.includes(part) : part.test(each)),
      );
      if (found >= 0) {
        seen = found + 1;
        return lines[found];
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`nothing says ${part}: ${lines.join('\n')}`);
  };
  const end = async (): Promise<number> => {
    interrupt();
    return ended;
  };
  return { lineWith, end };
}

const CHANGED = 'has changed, and is served as it is now';
const BROKEN = 'cannot be served, so what was there stays';

describe('a new synthesis', () => {
  const petStore = restApi([get('/pets')]);
  const other = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Target: 'x' } };

  test('is taken up, and what was there stays while a template is broken', async () => {
    const path = file('template.json', petStore);
    const { lineWith, end } = serving([path, '--port', '0']);
    const [, base] = /is on (\S+),/.exec(await lineWith('Api is on'))!;
    const status = async (target: string) => (await fetch(base + target)).status;
    expect([await status('/pets'), await status('/cats')]).toEqual([200, 403]);

    writeFileSync(path, '{ "Resources": ');
    await lineWith(BROKEN);
    expect(await status('/pets')).toBe(200);

    const more = restApi([get('/cats'), get('/pets')]);
    writeFileSync(path, JSON.stringify({ Resources: { ...more.Resources, Other: other } }));
    await lineWith(CHANGED);
    expect([await status('/pets'), await status('/cats')]).toEqual([200, 200]);
    await lineWith(/^Other is on http/);

    writeFileSync(path, JSON.stringify(petStore));
    await lineWith('Other is not in');
    expect(await status('/cats')).toBe(403);
    expect(await end()).toBe(0);
  });
});

describe('a new synthesis of an app whose functions run', () => {
  const answering = (text: string) =>
    `exports.handler = async () => ({ statusCode: 200, body: ${JSON.stringify(text)} + ' ' + process.pid });`;
  const codeIn = (hash: string, text: string) => ({ [`asset.${hash}/index.js`]: answering(text) });
  const templateFor = (hash: string) => restOf({ Code: { S3Key: `${hash}.zip` } });
  const newFolder = () => join(mkdtempSync(join(place, 'x')), 'cdk.out');

  const isRunning = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const untilGone = async (pid: number): Promise<boolean> => {
    for (let tries = 0; tries < 400 && isRunning(pid); tries++) await new Promise((next) => setTimeout(next, 25));
    return !isRunning(pid);
  };

  async function served(folder: string) {
    const { lineWith, end } = serving([folder, '--functions', '--port', '0']);
    const [, base] = /is on (\S+),/.exec(await lineWith('Api is on'))!;
    /** What the function says, and the process that it runs in. */
    const said = async (): Promise<[string, number]> => {
      const [text, pid] = (await (await fetch(`${base}/pets/7`)).text()).split(' ');
      return [text, Number(pid)];
    };
    return { lineWith, end, said };
  }

  test('has new code run, and ends the processes of the old one', async () => {
    const folder = newFolder();
    writeAssembly(folder, templateFor('one'), codeIn('one', 'first'));
    const { lineWith, end, said } = await served(folder);
    const [first, pid] = await said();
    expect(first).toBe('first');
    writeAssembly(folder, templateFor('two'), codeIn('two', 'second'));
    await lineWith(CHANGED);
    const [second, newPid] = await said();
    expect([second, await untilGone(pid)]).toEqual(['second', true]);
    expect(await end()).toBe(0);
    expect(await untilGone(newPid)).toBe(true);
  });

  test.each<[string, string | object]>([
    ['is no JSON', '{ "Resources": '],
    ['is no template', '[]'],
    ['has no API', { Resources: {} }],
  ])('keeps the functions that ran, where a template in between %s', async (_, broken) => {
    const folder = newFolder();
    writeAssembly(folder, templateFor('one'), codeIn('one', 'first'));
    const { lineWith, end, said } = await served(folder);
    const before = await said();
    writeAssembly(folder, broken);
    await lineWith(BROKEN);
    expect(await said()).toEqual(before);
    writeAssembly(folder, templateFor('two'), codeIn('two', 'second'));
    await lineWith(CHANGED);
    expect((await said())[0]).toBe('second');
    expect(await end()).toBe(0);
  });

  test('says what does not run any more', async () => {
    const folder = newFolder();
    writeAssembly(folder, templateFor('one'), codeIn('one', 'first'));
    const { lineWith, end, said } = await served(folder);
    await said();
    writeAssembly(folder, restOf({ PackageType: 'Image', Runtime: undefined }));
    await lineWith('it is a container image');
    await lineWith(CHANGED);
    expect((await said())[0]).not.toBe('first');
    expect(await end()).toBe(0);
  });

  test('leaves nothing behind where a further API finds no port', async () => {
    const { taken, port } = await takenAfterFree();
    const folder = newFolder();
    const template = templateFor('one') as { Resources: object };
    writeAssembly(folder, template, codeIn('one', 'first'));
    const { lineWith, end } = serving([folder, '--functions', '--port', String(port)]);
    const [, base] = /is on (\S+),/.exec(await lineWith('Api is on'))!;
    const said = async () => (await (await fetch(`${base}/pets/7`)).text()).split(' ');
    const [, pid] = await said();
    const Other = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Target: 'x' } };
    writeAssembly(folder, { Resources: { ...template.Resources, Other } });
    await lineWith(BROKEN);
    const [text, pidNow] = await said();
    expect(text).toBe('first');
    expect(await end()).toBe(0);
    for (const each of [pid, pidNow]) expect(await untilGone(Number(each))).toBe(true);
    taken.close();
  });
});

/** A free port whose next one is taken. */
async function takenAfterFree(): Promise<{ port: number; taken: Server }> {
  for (;;) {
    const taken = await listening(0);
    const port = (taken!.address() as AddressInfo).port - 1;
    const free = await listening(port);
    if (free) await new Promise((closed) => free.close(closed));
    if (free) return { port, taken: taken! };
    taken!.close();
  }
}

function listening(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
