import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium';
import type { Engine } from '../browser/judge';
import { APP } from '../support/pages';
import { get, options, put, restApi } from '../support/templates';
import { file, run } from './run';

const OTHER = 'https://other.example.com';

/** What is on the air at the moment. */
let html = '';
const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
let engine: Engine;

beforeAll(async () => {
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  engine = await launchChromium({ 80: (server.address() as AddressInfo).port });
});
afterAll(async () => {
  await engine.close();
  await new Promise((closed) => server.close(closed));
});

describe('the report', () => {
  test('unfolds a blocked cell to what was sent, what came back, which step failed and what to change', async () => {
    const page = await open(await report(restApi([get('/pets'), put('/pets')])));
    const cell = rowOf(page, 'PUT', '/pets').getByRole('button').first();
    const panel = page.locator('article', { hasText: `PUT /pets from ${APP}` });
    expect(await panel.isVisible()).toBe(false);
    await cell.click();
    expect(await panel.isVisible()).toBe(true);
    expect(await cell.getAttribute('aria-expanded')).toBe('true');
    const text = words(await panel.textContent());
    expect(text).toContain('The preflight is answered with 403');
    expect(text).toContain('What to change Add an OPTIONS method to this path with AuthorizationType: NONE');
    expect(text).toContain('Where /pets of Api');
    expect(text).toContain('Preflight fails: the status of the preflight');
    expect(text).toContain(
      `Sent OPTIONS /pets accept: */* access-control-request-method: PUT access-control-request-headers: content-type origin: ${APP}`,
    );
    expect(text).toContain('Came back 403');
    expect(text).toContain('Request Never sent.');
    await cell.click();
    expect(await panel.isVisible()).toBe(false);
  });

  test('links to the rules and nowhere else', async () => {
    const page = await open(await report(restApi([get('/pets', { headers: {} })])));
    const links = await page.locator('a').evaluateAll((all) => all.map((link: any) => link.href));
    expect(new Set(links)).toEqual(
      new Set([
        'https://fetch.spec.whatwg.org/#concept-cors-check',
        'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html#apigateway-enable-cors-nonproxy',
      ]),
    );
  });

  test('puts first what mends the most requests, with its routes', async () => {
    const page = await open(await report(restApi([get('/pets'), get('/toys'), get('/closed', { headers: {} })])));
    const changes = await shownIn(page, '#first summary');
    expect(changes).toEqual([
      expect.stringMatching(
        /^2 ✗ blocked Api Set .*other\.example\.com.* of each of them, .*if https:\/\/app\.example\.com is to stay/,
      ),
      expect.stringMatching(/^1 ✗ blocked Api Set .*app\.example\.com/),
      expect.stringMatching(/^1 ✗ blocked Api Set .*other\.example\.com/),
    ]);
    await page.locator('#first summary').first().click();
    expect(await shownIn(page, '#first li li')).toEqual(['GET /pets', 'GET /toys']);
  });

  test('says that nothing is to be done where all is allowed', async () => {
    const path = file('report.html', '');
    const template = file('template.json', restApi([get('/pets')]));
    await run(['check', template, '--origin', APP, '--html', path]);
    const page = await open(readFileSync(path, 'utf8'));
    expect(await page.locator('#first').count()).toBe(0);
    expect(await shownIn(page, 'body > .note')).toEqual(['Every request that was tried is allowed.']);
  });

  test('says what was asked, of what, and when', async () => {
    const path = file('report.html', '');
    const template = file('template.json', restApi([get('/pets')]));
    await run(['check', template, '--origin', APP, '--header', 'X-Tenant: blue', '--credentials', '--html', path]);
    const [asked] = await shownIn(await open(readFileSync(path, 'utf8')), '.asked');
    expect(asked).toMatch(/^Pages of https:\/\/app\.example\.com Headers x-tenant Cookies sent along/);
    expect(asked).toMatch(/Template of 20\d\d-\d\d-\d\d \d\d:\d\d UTC Checked 20\d\d-.* by cdk-cors \d/);
    expect(asked).not.toContain('blue');
  });

  test('folds what an API of many routes says again and again', async () => {
    const paths = Array.from({ length: 60 }, (_, index) => `/path-${index}`);
    const page = await open(
      await report(restApi([...paths.map((path) => get(path)), get('/closed', { headers: {} })])),
    );
    expect((await shownIn(page, 'tbody:not(.fold) tr:first-child th')).length).toBe(11);
    expect(await shownIn(page, '.fold summary')).toEqual(['50 more with the same outcomes as the 10 above']);
    await page.locator('.fold summary').click();
    expect((await shownIn(page, '.fold li')).at(-1)).toBe('GET /path-59');
    await page.getByRole('checkbox', { name: 'allowed' }).uncheck();
    await page.getByRole('checkbox', { name: 'blocked' }).uncheck();
    expect(await shownIn(page, '.fold summary')).toEqual([]);
  });

  test('shows one origin, or all', async () => {
    const page = await open(await report(restApi([get('/pets')])));
    expect(await rowOf(page, 'GET', '/pets').getByRole('button').allTextContents()).toEqual([
      '✓ allowed°',
      '✗ blocked',
    ]);
    await page.getByRole('radio', { name: OTHER }).check();
    expect(await shownIn(page, 'td button')).toEqual(['✗ blocked']);
    expect(await shownIn(page, 'thead th')).toEqual(['Route', OTHER]);
    await page.getByRole('radio', { name: 'every origin' }).check();
    expect(await shownIn(page, 'td button')).toEqual(['✓ allowed°', '✗ blocked']);
  });

  test('leaves out rows that have none of the chosen outcomes, and folds what it leaves out', async () => {
    const page = await open(
      await report(
        restApi([get('/open', { headers: { 'Access-Control-Allow-Origin': "'*'" } }), get('/closed', { headers: {} })]),
      ),
    );
    await rowOf(page, 'GET', '/open').getByRole('button').first().click();
    await page.getByRole('checkbox', { name: 'allowed' }).uncheck();
    expect(await shownIn(page, 'tbody tr:first-child th')).toEqual(['GET /closed']);
    expect(await shownIn(page, 'article')).toEqual([]);
    await page.getByRole('checkbox', { name: 'blocked' }).uncheck();
    expect(words(await page.locator('#nothing').textContent())).toBe('Nothing fits these filters.');
    expect(await shownIn(page, '.api h2')).toEqual([]);
  });

  test('stands there unfolded where no script runs', async () => {
    const content = await report(restApi([get('/pets')]));
    const browser = (await tab()).context().browser()!;
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await goTo(page, content);
    expect(await page.locator('article').first().isVisible()).toBe(true);
  });

  test('needs nothing besides itself', async () => {
    const asked: string[] = [];
    const page = await tab();
    page.on('request', (request) => asked.push(request.url()));
    await goTo(page, await report(restApi([get('/pets'), options('/pets')])));
    expect(asked).toEqual(['http://report.example/']);
  });

  test('fits on a phone, with each outcome beside its origin', async () => {
    const page = await tab();
    await page.setViewportSize({ width: 360, height: 700 });
    await goTo(page, await report(restApi([get(`/${'a-very-long-name-'.repeat(8)}`), put('/pets')])));
    for (const button of await page.locator('td button').all()) await button.click();
    expect(await page.evaluate(() => (globalThis as any).document.documentElement.scrollWidth)).toBe(360);
    expect(await shownIn(page, 'td .origin')).toEqual([APP, OTHER, APP, OTHER]);
  });

  test('is dark where the system is', async () => {
    const page = await open(await report(restApi([get('/pets')])));
    const brightness = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme });
      const color: string = await page.evaluate(
        () => (globalThis as any).getComputedStyle((globalThis as any).document.body).backgroundColor,
      );
      return Math.max(...color.match(/\d+/g)!.map(Number));
    };
    expect(await brightness('light')).toBeGreaterThan(230);
    expect(await brightness('dark')).toBeLessThan(40);
  });
});

describe('hostile names in a template', () => {
  const HOSTILE = [
    '<img src=x onerror=owned=1>',
    '</script><script>owned=1</script>',
    '</style><script>owned=1</script>',
    '"><svg onload=owned=1>',
    "'><script>owned=1</script>",
    '--><script>owned=1</script>',
    '&lt;script&gt;',
  ];

  test.each(HOSTILE)('stay text: %s', async (name) => {
    const part = name.replace(/\//g, '∕'); // a slash would end the path part
    const template = restApi([
      get(`/${part}`, { headers: { 'Access-Control-Allow-Origin': `'${name}'`, [name]: `'${name}'` } }),
    ]);
    const id = Object.keys(template.Resources).find((key) => key.startsWith('GET'))!;
    template.Resources[id].Metadata = { 'aws:cdk:path': `Shop/${name}` };
    template.Resources.Api.Metadata = { 'aws:cdk:path': name };

    const page = await open(await report(template));
    for (const button of await page.locator('td button').all()) await button.click();
    expect(await page.evaluate(() => (globalThis as any).owned)).toBeUndefined();
    expect(await page.locator('img, svg, script:not(head script), iframe, object').count()).toBe(0);
    expect(await shownIn(page, '.api h2')).toEqual([words(`${name} REST API`)]);
    expect(await shownIn(page, 'tbody tr:first-child th')).toEqual([words(`GET /${part}`)]);
    expect(words(await page.locator('article').first().textContent())).toContain(
      words(`access-control-allow-origin: ${name}`),
    );
  });

  test('could not run even as markup', async () => {
    const content = await report(restApi([get('/pets')]));
    const page = await open(
      content.replace(
        '<main>',
        '<main><script>owned=1</script><img src="x" onerror="owned=1"><b style="color:red">x</b>',
      ),
    );
    expect(await page.evaluate(() => (globalThis as any).owned)).toBeUndefined();
    expect(await page.locator('td button').first().isVisible()).toBe(true);
  });
});

/** As `check --html` writes it, for two origins. */
async function report(template: object): Promise<string> {
  const path = file('report.html', '');
  const { err } = await run([
    'check',
    file('template.json', template),
    '--origin',
    APP,
    '--origin',
    OTHER,
    '--html',
    path,
  ]);
  expect(err).toBe('');
  return readFileSync(path, 'utf8');
}

async function tab(): Promise<Page> {
  return (await engine.newTab()) as unknown as Page;
}

async function open(content: string): Promise<Page> {
  return goTo(await tab(), content);
}

async function goTo(page: Page, content: string): Promise<Page> {
  html = content;
  await page.goto('http://report.example/');
  return page;
}

function rowOf(page: Page, method: string, route: string) {
  return page.locator('tbody tr:not(.panel)', { hasText: new RegExp(`^\\s*${method}\\s*${route}\\s*https`) });
}

/** The texts of what is not hidden; whether a font is there does not matter. */
async function shownIn(page: Page, selector: string): Promise<string[]> {
  const texts: string[] = await page
    .locator(selector)
    .evaluateAll((all) => all.filter((each: any) => each.checkVisibility()).map((each: any) => each.textContent));
  return texts.map(words);
}

function words(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
