import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchInput } from '../../src/cli/serve/watch';

describe('a synthesis', () => {
  let folder: string;
  let changes: number;
  let end: () => void;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  /** So long that whatever was written has come to rest. */
  const rest = () => jest.advanceTimersByTime(2000);

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['Date'] });
    folder = mkdtempSync(join(tmpdir(), 'cdk-cors-watch-'));
    mkdirSync(join(folder, 'assembly-Stage'));
    write('manifest.json', '{}');
    write('Shop.template.json', '{"Resources": {}}');
    changes = 0;
    ({ end } = watchInput(folder, () => changes++));
  });
  afterEach(() => {
    end();
    jest.useRealTimers();
    rmSync(folder, { recursive: true });
  });

  test('is told once, though reports on it are written later', () => {
    write('Shop.template.json', '{"Resources": {"Api": {}}}');
    rest();
    write('policy-validation-report.json', '{}');
    write('validation-report.json', '{}');
    rest();
    expect(changes).toBe(1);
  });

  test('is told once, though it is written again as it was', () => {
    write('assembly-Stage/Shop.template.json', '{}');
    rest();
    utimesOf('assembly-Stage/Shop.template.json');
    rest();
    expect(changes).toBe(1);
  });

  test('is told each time that it says something else', () => {
    write('Shop.template.json', '{"Resources": {"Api": 1}}');
    rest();
    write('Shop.template.json', '{"Resources": {"Api": 2}}');
    utimesOf('Shop.template.json');
    rest();
    rmSync(join(folder, 'Shop.template.json'));
    rest();
    expect(changes).toBe(3);
  });

  /** As if it had been written an hour later. */
  function utimesOf(name: string): void {
    const later = Date.now() / 1000 + 3600;
    utimesSync(join(folder, name), later, later);
  }
});
