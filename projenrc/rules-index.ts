/** Writes the index at the top of docs/rules.md from the headings below it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, ROOT, read } from './markdown';

export const RULES_PAGE = 'docs/rules.md';

const BEGIN = '<!-- Written by `npx projen docs:rules` from the headings below. -->';
const END = '<!-- End of the index. -->';

interface Paragraph {
  readonly section: string;
  readonly title: string;
}

/** The page with the index that belongs to it. */
export function withIndex(page: string): string {
  const [intro, rest] = page.includes(BEGIN)
    ? [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(END) + END.length)]
    : splitAt(page, page.indexOf('\n## '));
  return `${intro.trimEnd()}\n\n${BEGIN}\n\n${indexOf(paragraphsIn(rest))}\n${END}\n\n${rest.trimStart()}`;
}

function splitAt(text: string, position: number): [string, string] {
  return [text.slice(0, position), text.slice(position)];
}

function paragraphsIn(page: string): Paragraph[] {
  let part = '';
  let section = '';
  return [...page.matchAll(/^(#{2,4}) (.+)$/gm)].flatMap(([, level, title]) => {
    if (level === '##') part = title;
    if (level === '###') section = part === 'Findings of a check' ? part : title;
    return level === '####' ? [{ section, title }] : [];
  });
}

/** Warnings and findings have ids, which people look up; errors are found by what they are about. */
function indexOf(paragraphs: Paragraph[]): string {
  const warnings = paragraphs.filter(({ section }) => section.startsWith('Warnings'));
  const findings = paragraphs.filter(({ section }) => section === 'Findings of a check');
  const errors = paragraphs.filter((paragraph) => !warnings.includes(paragraph) && !findings.includes(paragraph));
  return [
    `**Warnings, by id**: ${links(warnings.sort(byTitle))}\n`,
    `**Findings of a check, by rule**: ${links(findings.sort(byTitle))}\n`,
    ...[...new Set(errors.map(({ section }) => section))].map(
      (section) => `**${section}**: ${links(errors.filter((error) => error.section === section))}\n`,
    ),
  ].join('\n');
}

function byTitle(a: Paragraph, b: Paragraph): number {
  return a.title.localeCompare(b.title, 'en');
}

function links(paragraphs: Paragraph[]): string {
  return paragraphs.map(({ title }) => `[${title.replace(/\*/g, '\\*')}](#${addressOf(title)})`).join(' ·\n');
}

if (require.main === module) writeFileSync(join(ROOT, RULES_PAGE), withIndex(read(RULES_PAGE)));
