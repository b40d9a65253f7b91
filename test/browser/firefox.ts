/**
 * A second opinion, from another engine: the Firefox at CDK_CORS_FIREFOX, or the one that Debian's
 * package firefox-esr installs.
 */
import type { Engine } from './judge';
import type { Ports } from './server';

export async function launchFirefox(ports: Ports): Promise<Engine> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: process.env.CDK_CORS_FIREFOX ?? '/usr/bin/firefox-esr',
    acceptInsecureCerts: true,
    extraPrefsFirefox: onLoopback(ports),
  }).catch((cause) => {
    throw new Error(`${NEEDED}\n${cause.message}`, { cause });
  });
  return { newTab: () => browser.newPage(), close: () => browser.close() };
}

const NEEDED =
  'The second opinion comes from Firefox, driven by the npm package puppeteer-core, and one of them is missing. On Debian, `apt-get install ' +
  'firefox-esr` brings the browser; any other Firefox does when CDK_CORS_FIREFOX holds the path of its executable.';

/**
 * Puppeteer, since Playwright drives no released Firefox. Loaded here, so that only who asks for a
 * second opinion needs it.
 */
async function launch(options: object) {
  return require('puppeteer-core').launch(options);
}

/**
 * Every host is on loopback, with the port that the origin under test needs to have; nothing
 * reaches the network.
 */
function onLoopback(ports: Ports): Record<string, string> {
  const forced = Object.entries(ports).map(([port, local]) => `${port}=${local}`);
  return { 'network.dns.forceResolve': '127.0.0.1', 'network.socket.forcePort': forced.join(';') };
}
