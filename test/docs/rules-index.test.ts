import { linksIn, read } from '../../projenrc/markdown';
import { RULES_PAGE, withIndex } from '../../projenrc/rules-index';
import { FINDING_RULES } from '../../src/verify/cors-file/finding-rules';
import { TEXTS } from '../../src/warnings/catalogue';

const page = read(RULES_PAGE);

test('the index is what the headings say: npx projen docs:rules writes it', () => {
  expect(withIndex(page)).toBe(page);
});

test('every warning and every finding is in it', () => {
  const links = linksIn(page.slice(0, page.indexOf('\n## ')));
  const missing = [...Object.keys(TEXTS), ...FINDING_RULES].filter((id) => !links.includes(`#${id.toLowerCase()}`));
  expect(missing).toEqual([]);
});
