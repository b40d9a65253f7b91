import { codeBlocksIn } from '../projenrc/markdown.ts';
import { isTranslated, keyOf } from '../projenrc/translated.ts';
import translations from './translations.json' with { type: 'json' };

const LANGUAGES = { python: 'Python', java: 'Java', csharp: 'C#', go: 'Go' } as const;

/** Each translated example of a page becomes a group of tabs. */
export function withTabs(page: string): string {
  const known = translations as Record<string, Record<keyof typeof LANGUAGES, string>>;
  return codeBlocksIn(page)
    .filter(isTranslated)
    .reduce((text, { code }) => {
      const others = known[keyOf(code)];
      return others ? text.replace(`\`\`\`ts\n${code}\`\`\``, () => tabsOf(code, others)) : text;
    }, page);
}

function tabsOf(code: string, others: Record<keyof typeof LANGUAGES, string>): string {
  const tabs = Object.entries(LANGUAGES).map(
    ([language, name]) =>
      `\`\`\`${language} [${name}]\n${others[language as keyof typeof LANGUAGES].trimEnd()}\n\`\`\``,
  );
  return [':::code-group', `\`\`\`ts [TypeScript]\n${code}\`\`\``, ...tabs, ':::'].join('\n');
}
