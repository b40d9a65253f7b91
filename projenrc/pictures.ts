/**
 * Takes the pictures of the README: what `check` prints of docs/pictures/shop.yaml, and its report, as they are today.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import picocolors from 'picocolors';
import { main } from '../src/cli/main';
import { launchChromium } from '../test/browser/chromium';

const PICTURES = join(__dirname, '..', 'docs', 'pictures');
const SHOP = join('docs', 'pictures', 'shop.yaml');

async function takeThem(): Promise<void> {
  const report = join(tmpdir(), 'report.html');
  const printed: string[] = [];
  await main(['check', SHOP, '--origin', 'https://app.example.com', '--html', report], {
    write: (text) => void printed.push(text),
    complain: (text) => void printed.push(text),
    colors: picocolors.createColors(true),
    width: COLUMNS,
    interrupted: () => Promise.resolve(),
  });
  const shown = printed.join('\n').replace(/\n.*The report is in .*$/m, '');
  const engine = await launchChromium({});
  try {
    writeFileSync(join(PICTURES, 'check.png'), await pictureOf(engine, terminalPage(shown), 'main'));
    const unversioned = readFileSync(report, 'utf8').replace(/ by cdk-cors [\d.]+/, '');
    writeFileSync(join(PICTURES, 'report.png'), await pictureOf(engine, unversioned));
  } finally {
    await engine.close();
  }
}

/** As readers see it: the first problem is unfolded. */
async function pictureOf(engine: Awaited<ReturnType<typeof launchChromium>>, html: string, part?: string) {
  const tab: any = await engine.newTab();
  await tab.setViewportSize({ width: 1120, height: 900 });
  await tab.setContent(html);
  if (part) return tab.locator(part).screenshot();
  await tab.locator('td button.BLOCKED').first().click();
  return tab.screenshot();
}

const COLUMNS = 124;

function terminalPage(text: string): string {
  const escaped = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  const colored = escaped.replace(/\p{Cc}\[(\d+)m/gu, (_, code) => CODES[code] ?? '');
  return `<style>
main { display: inline-block; padding: 1.2rem 1.5rem; border-radius: 10px; background: #14161b; color: #dfe2e8; }
pre { margin: 0; width: ${COLUMNS}ch; white-space: pre-wrap; font: 13px/1.5 ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
.dim { color: #8a909c; } .red { color: #ff7b72; } .green { color: #56d364; } .yellow { color: #e3b341; } .magenta { color: #d2a8ff; } .cyan { color: #79c0ff; }
</style><main><pre>$ npx cdk-cors check --origin https://app.example.com\n\n${colored}</pre></main>`;
}

/** The codes that picocolors writes. */
const CODES: Record<string, string> = {
  1: '<b>',
  2: '<span class="dim">',
  22: '</b></span>',
  31: '<span class="red">',
  32: '<span class="green">',
  33: '<span class="yellow">',
  35: '<span class="magenta">',
  36: '<span class="cyan">',
  39: '</span>',
};

void takeThem();
