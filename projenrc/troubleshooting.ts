/** Writes docs/troubleshooting.md from the table behind `cdk-cors explain`, so that the two cannot drift apart. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cause, type Engine, type Fixes, type Message, PLACES, type Print } from '../src/verify/console/cause';
import { CAUSES } from '../src/verify/console/causes';
import { OF_PREFLIGHT } from '../src/verify/console/frames';
import { told } from '../src/verify/console/telling';

export const PAGE = join(__dirname, '..', 'docs', 'troubleshooting.md');

export function troubleshootingPage(): string {
  return [HEAD, ...CAUSES.map(linkTo), '', ...CAUSES.map(sectionOf), SOURCES].join('\n');
}

const HEAD = `# Troubleshooting, by what the browser says

<!-- Written by \`npx projen docs:troubleshooting\` from src/verify/console/causes: change the table, not this page. -->

Paste the line, or the whole console, and let the command line read it. It also finds the route in your \`cdk.out\`:

\`\`\`shell
npx cdk-cors explain "Access to fetch at 'https://…' from origin 'https://…' has been blocked by CORS policy: …"
\`\`\`

The frame of a message is always the same, and the reason in it tells:

- **Chrome, Edge**: \`Access to fetch at '<url>' from origin '<origin>' has been blocked by CORS policy: <reason>\`. Of a preflight, the reason begins with \`${OF_PREFLIGHT.trim()}\`
- **Firefox**: \`Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at <url>. (Reason: <reason>).\` A failed preflight has a second line, \`CORS request did not succeed\`.
- **Safari**: the reason, and below it \`Fetch API cannot load <url> due to access control checks.\`

A message of CORS for a status of 4xx or 5xx is rarely about CORS: the request failed first, and the error lacks the header that would let the page read it.
`;

const SOURCES = `## Where these texts come from

Those of Chromium are held against a real one in the tests of this project, word by word. Those of Firefox are the ones in the
text file of the installed Firefox ESR, read by a test. Those of Safari were printed by WebKitGTK 2.50; what Safari says of
connections that fail comes from the macOS networking library. Texts marked as older come from reports of users.
`;

function linkTo({ id, title }: Cause): string {
  return `- [${title}](#${id})`;
}

function sectionOf({ id, title, prints, happened, isNot, leads, see, fixes, refines }: Cause): string {
  const messages = prints.map(
    (print) => `| ${NAMES[print.engine]}${print.older ? ', older' : ''} | \`${worded(print)}\` |`,
  );
  const base = CAUSES.filter((cause) => refines?.includes(cause.id)).map((cause) => `[${cause.title}](#${cause.id})`);
  return [
    `<a id="${id}"></a>`,
    '',
    `## ${title}`,
    '',
    ...(messages.length > 0 ? ['| Browser | Says |', '|---|---|', ...messages, ''] : []),
    ...(base.length > 0 ? [`The same words as under ${base.join(', ')} can mean this.`, ''] : []),
    plain(happened),
    ...(isNot ? ['', `**Not:** ${plain(isNot)}`] : []),
    '',
    '**What leads to it**, the most likely first:',
    '',
    ...leads.map(({ text, status }) => `1. ${status ? `(${status.join(', ')}) ` : ''}${plain(text)}`),
    '',
    `**How to see it:** ${plain(see)}`,
    '',
    '**Fix:**',
    '',
    ...Object.entries(fixes).map(([place, text]) => `- **${PLACES[place as keyof Fixes]}**: ${plain(text)}`),
    '',
  ].join('\n');
}

const NAMES: Record<Engine, string> = { chromium: 'Chrome, Edge', firefox: 'Firefox', webkit: 'Safari' };

/** As the browser prints it, with names in the gaps. */
function worded({ text, preflight, alone, engine }: Print): string {
  const prefix =
    !alone && preflight && engine === 'chromium' && !/in preflight response/.test(text) ? OF_PREFLIGHT : '';
  return (prefix + text)
    .replace(/\{(\w+)\}/g, '<$1>')
    .replace(/\|/g, '\\|')
    .replace(/`/g, "'");
}

const OF_NOBODY: Message = { gaps: {} };
const plain = (text: string) =>
  told(text, OF_NOBODY)
    .replace(/<(?=(?:url|method|header)>)/g, '\\<')
    .replace(/`([^`]*)`/g, (code) => code.replace(/\\</g, '<'));

if (require.main === module) writeFileSync(PAGE, troubleshootingPage());
