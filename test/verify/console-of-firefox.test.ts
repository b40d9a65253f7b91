/** The texts of the Firefox that is installed, as its own text file has them, are recognized. */
import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recognize } from '../../src/verify/console/recognize';

const FIREFOX = process.env.CDK_CORS_FIREFOX ?? '/usr/bin/firefox-esr';
/** In the folder of the language of the build. */
const TEXTS = 'security/security.properties';

/** The file with all resources is a zip archive with its index in front, which only Python reads as it is. */
function messagesOfFirefox(): [key: string, text: string][] {
  const archive = join(dirname(launched()), 'omni.ja');
  const script = [
    'import sys, zipfile',
    'archive = zipfile.ZipFile(sys.argv[1])',
    'name = next(name for name in archive.namelist() if name.endswith(sys.argv[2]))',
    'sys.stdout.buffer.write(archive.read(name))',
  ].join('\n');
  const file = execFileSync('python3', ['-c', script, archive, TEXTS], { encoding: 'utf8' });
  return [...file.matchAll(/^(CORS\w+) *= *(.*)$/gm)].map(([, key, text]) => [key, text]);
}

/** The command of Debian is a script that starts the real one. */
function launched(): string {
  const path = realpathSync(FIREFOX);
  return existsSync(join(dirname(path), 'omni.ja')) ? path : '/usr/lib/firefox-esr/firefox-esr';
}

const URL_OF_API = 'https://api.example.com/items';
const filled = (text: string, second: string) => text.replace('%1$S', URL_OF_API).replace('%2$S', second);

if (existsSync(FIREFOX)) {
  const messages = messagesOfFirefox();

  test('Firefox has texts for blocked requests', () => expect(messages.length).toBeGreaterThan(12));

  test.each(messages)('%s is recognized, with its URL', (key, text) => {
    const [incident, ...others] = recognize(filled(text, /Status code: %2/.test(text) ? '403' : 'x-tenant'));
    expect(others).toEqual([]);
    expect(incident.cause.id).not.toBe('reason-unknown');
    expect(incident).toMatchObject({ engines: ['firefox'], message: { url: URL_OF_API } });
    const owns = incident.cause.prints.some((print) => print.key !== undefined && key.startsWith(print.key));
    expect(
      owns || ['failed-first', 'not-an-origin', 'list-syntax', 'authorization-under-star'].includes(incident.cause.id),
    ).toBe(true);
  });
} else {
  test('nothing to ask here', () => {
    console.info(`Not run: there is no Firefox at ${FIREFOX}. On Debian, apt-get install firefox-esr brings it.`);
    expect(existsSync(FIREFOX)).toBe(false);
  });
}
