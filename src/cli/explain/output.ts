/**
 * An explanation as text. Whatever the message holds has been made harmless before:
 * see console/pasted-text.ts.
 */
import { type Cause, type Engine, type Fixes, type Message, PLACES } from '../../verify/console/cause';
import type { Incident } from '../../verify/console/recognize';
import { told } from '../../verify/console/telling';
import type { ApiKind } from '../../verify/model/api-model';
import { CorsOutcome } from '../../verify/verdict';
import { nameOf } from '../input';
import { shown } from '../outcomes';
import type { Terminal } from '../terminal';
import type { Match, Tried } from './route';

export function incidentLines(
  { cause, message, engines }: Incident,
  matches: Match[],
  subject: string | undefined,
  terminal: Terminal,
): string {
  const { bold, dim } = terminal.colors;
  const leads = leadsFor(cause, message).map((text, index) => `    ${index + 1}. ${told(text, message)}`);
  const who =
    engines.length > 0
      ? dim(`  Said by ${engines.map((engine) => NAMES[engine]).join(', and by ')}${ofPage(message)}.`)
      : undefined;
  return [
    bold(told(cause.happened, message)),
    who,
    cause.isNot && `  ${bold('Not')} ${told(cause.isNot, message)}`,
    ...appLines(matches, subject, message, terminal),
    `  ${bold('Likely')}${leads.length > 1 ? ', the most likely first' : ''}`,
    ...leads,
    `  ${bold('Look')} ${told(cause.see, message)}`,
    ...fixLines(cause.fixes, matches, message, terminal),
    `  ${dim('More')} ${terminal.colors.cyan(`${PAGE}#${cause.id}`)}`,
  ]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
}

const PAGE = 'https://github.com/cdkcors/cdk-cors/blob/main/docs/troubleshooting.md';

const NAMES: Record<Engine, string> = {
  chromium: 'Chrome, Edge or another Chromium',
  firefox: 'Firefox',
  webkit: 'Safari or another WebKit',
};

function ofPage({ method, origin, preflight }: Message): string {
  const details = [
    method && TOKEN.test(method) && `of ${method}`,
    origin && `to a page of ${origin.slice(0, 200)}`,
    preflight && 'about the preflight',
  ].filter(Boolean);
  return details.length > 0 ? `, ${details.join(', ')}` : '';
}

const TOKEN = /^[\w!#%&*+.^~-]{1,40}$/;

/** Those that fit what is known, and only them where a status tells. */
function leadsFor({ leads }: Cause, message: Message): string[] {
  const { status } = message;
  const fitting = leads.filter(({ when }) => when === undefined || when(message));
  const byStatus = fitting.filter((lead) => status !== undefined && lead.status?.includes(status));
  const others = fitting.filter((lead) => lead.status === undefined || status === undefined);
  const found = byStatus.length > 0 ? [...byStatus, ...others.filter((lead) => !byStatus.includes(lead))] : others;
  return (found.length > 0 ? found : fitting).map((lead) =>
    status === undefined && lead.status ? `${lead.status.join(', ')}: ${lead.text}` : lead.text,
  );
}

/**
 * Where the app is at hand, its own API has the last word; the others are for apps of other kinds.
 */
function fixLines(fixes: Fixes, matches: Match[], message: Message, { colors: { bold } }: Terminal): string[] {
  const kinds = new Set(matches.map(({ api }) => PLACE_OF[api.kind]));
  const isElsewhere = (place: string) =>
    kinds.size === 1 && (place === 'rest' || place === 'http') && !kinds.has(place);
  const entries = Object.entries(fixes).filter(([place]) => !isElsewhere(place));
  const lines = entries.map(([place, text]) => `    ${PLACES[place as keyof Fixes]}: ${told(text, message)}`);
  if (entries.length === 1 && fixes.any) return [`  ${bold('Fix')} ${told(fixes.any, message)}`];
  return [`  ${bold('Fix')}`, ...lines];
}

/** Under what advice for an API of this kind stands. */
const PLACE_OF: Record<ApiKind, string> = { REST: 'rest', HTTP: 'http', FUNCTION_URL: 'lambda' };

function appLines(matches: Match[], subject: string | undefined, { url }: Message, terminal: Terminal): string[] {
  const { bold, dim } = terminal.colors;
  if (subject === undefined || !url) return [];
  if (matches.length === 0) return [`  ${bold('Your app')} No route of an API in ${subject} takes this URL.`];
  return matches.slice(0, FEW).flatMap(({ api, route, path, doubt, trials, hasOrigin }) => {
    const sure = doubt
      ? `Perhaps ${route.name} of ${nameOf(api)} (${doubt}).`
      : `${route.name} of ${nameOf(api)} takes this URL.`;
    const page = hasOrigin ? '' : ` The message does not tell the page; asked for ${trials[0]?.request.origin}.`;
    return [
      `  ${bold('Your app')} ${sure}${page}`,
      ...(path === route.name ? [] : [dim(`    as ${path}`)]),
      ...verdictLines(trials, terminal),
    ];
  });
}

const FEW = 3;

function verdictLines(trials: readonly Tried[], terminal: Terminal): string[] {
  const { bold } = terminal.colors;
  const telling = tellingOf(trials);
  const alike = new Map<string, Tried[]>();
  for (const tried of telling) {
    const key = `${tried.verdict.outcome} ${tried.verdict.rule} ${tried.verdict.reason}`;
    alike.set(key, [...(alike.get(key) ?? []), tried]);
  }
  const lines = [...alike.values()].flatMap((group) => {
    const [{ verdict, request }] = group;
    const methods = [...new Set(group.map((each) => each.request.method))].join(' ');
    const fix = verdict.outcome === CorsOutcome.BLOCKED ? [`      ${bold('Change')} ${verdict.fix}`] : [];
    return [`    ${shown(verdict.outcome, terminal)} ${methods} from ${request.origin}: ${verdict.reason}.`, ...fix];
  });
  return trials.length > 0 && trials.every(({ verdict }) => verdict.outcome === CorsOutcome.ALLOWED)
    ? [...lines, `    ${AS_DEPLOYED}`]
    : lines;
}

/** What could have printed the message comes first, and what is blocked before what is open. */
function tellingOf(trials: readonly Tried[]): readonly Tried[] {
  const rank = ({ fits, verdict }: Tried): number => (fits ? 0 : 2) + (verdict.outcome === CorsOutcome.BLOCKED ? 0 : 1);
  const telling = trials.filter((tried) => rank(tried) < 3);
  return telling.length > 0 ? [...telling].sort((a, b) => rank(a) - rank(b)) : trials;
}

const AS_DEPLOYED =
  'By what is here, the browser allows it. ' +
  'So what is deployed may be older or different (deploy again; ' +
  'a stage serves the deployment it was made with), ' +
  'the API failed first, or the URL is not this API.';

export function notRecognized({ colors: { bold } }: Terminal): string {
  return [
    bold('No message of a browser was recognized in this text.'),
    '  Copy the line from the console of the browser (F12), in red most often, or all of the console. ' +
      'These are recognized:',
    ...RECOGNIZED.map((text) => `    ${text}`),
    '  Node.js, curl, Postman and mobile HTTP clients print none of them: they know no CORS, ' +
      'and what fails there is something else.',
    '  To ask the API itself: cdk-cors probe <url> --origin <origin of the page>',
  ].join('\n');
}

const RECOGNIZED = [
  "Chrome, Edge: Access to fetch at '…' from origin '…' has been blocked by CORS policy: …",
  'Firefox: Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at …. ' +
    '(Reason: …).',
  'Safari: Origin … is not allowed by Access-Control-Allow-Origin. ' +
    '/ Fetch API cannot load … due to access control checks.',
  'all of them: mixed content, Content-Security-Policy, Local Network Access, third-party cookies, net::ERR_…, ' +
    'TypeError: Failed to fetch',
];
