import { readFileSync } from 'node:fs';
import { PAGE, troubleshootingPage } from '../../projenrc/troubleshooting';
import { CAUSES } from '../../src/verify/console/causes';

const page = readFileSync(PAGE, 'utf8');

test('docs/troubleshooting.md is what the table of causes says: npx projen docs:troubleshooting writes it', () => {
  expect(page).toBe(troubleshootingPage());
});

test('every cause has an anchor there, which explain links to', () => {
  expect(CAUSES.filter(({ id }) => !page.includes(`<a id="${id}"></a>`))).toEqual([]);
});

test('leaves no gap open, and speaks of what is not CORS as well', () => {
  expect(page).not.toMatch(/\{(api|page|url|header|method|value|status|with[A-Z]\w*)\}/);
  expect(page).toMatch(/Local Network Access[\s\S]*Third-party cookies/);
});
