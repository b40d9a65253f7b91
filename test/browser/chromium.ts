/**
 * The Chromium that judges: CDK_CORS_CHROME where it names one, on Linux the one inside an npm
 * package, elsewhere the Chrome that is installed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { devDependencies } from '../../package.json';
import type { Engine } from './judge';
import type { Ports } from './server';

export async function launchChromium(ports: Ports): Promise<Engine> {
  const browser = await launch(ports).catch((cause) => {
    throw new Error(`${NEEDED}\n${cause.message}`, { cause });
  });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  return { newTab: () => context.newPage(), close: () => browser.close() };
}

const NEEDED =
  'These tests need a real browser and do not run without one. On Linux the package @sparticuz/chromium brings it; elsewhere install Google Chrome. ' +
  'Any other Chromium or Chrome does when CDK_CORS_CHROME holds the path of its executable.';

async function launch(ports: Ports): Promise<Browser> {
  return chromium.launch({
    ...executable(),
    headless: true,
    chromiumSandbox: false,
    args: [...QUIET, ...onLoopback(ports)],
  });
}

function executable(): LaunchOptions {
  if (process.env.CDK_CORS_CHROME) return { executablePath: process.env.CDK_CORS_CHROME };
  if (process.platform !== 'linux') return { channel: 'chrome' };
  const folder = unpacked();
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    FONTCONFIG_PATH: join(folder, 'fonts'),
  };
  return { executablePath: join(folder, 'chromium'), env };
}

/**
 * Unpacks once a machine, and in one step: two test runs at a time, or one that was interrupted,
 * never leave half a browser behind.
 */
function unpacked(): string {
  const folder = join(tmpdir(), `cdk-cors-chromium-${devDependencies['@sparticuz/chromium']}`);
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(`${folder}-`);
  // A process of its own, since the package decides by environment variables where it unpacks, and
  // that it brings its own libraries.
  const env = { ...process.env, TMPDIR: fresh, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };
  execFileSync(process.execPath, ['-e', "require('@sparticuz/chromium').executablePath()"], { env, cwd: __dirname });
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true }); // another run was first
  }
  return folder;
}

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--ignore-certificate-errors',
];

/**
 * Every host is on loopback, with the port that the origin under test needs to have; nothing
 * reaches the network.
 */
function onLoopback(ports: Ports): string[] {
  const rules = Object.entries(ports).map(([port, local]) => `MAP *:${port} 127.0.0.1:${local}`);
  return [`--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND'].join(', ')}`];
}
