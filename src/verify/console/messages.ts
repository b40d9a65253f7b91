/**
 * The messages in one line of a console: first those in a frame,
 * then reasons that stand alone, then bare names.
 */
import type { Cause, Engine, Message, Print } from './cause';
import { CAUSES, causeWith } from './causes';
import { FRAMES, type Frame, OF_PREFLIGHT, OLD_ORIGIN, OLD_STATUS, STATUS } from './frames';
import { comparable, cutWording, type Found, findWording, type Gaps, wordingAt } from './wording';

/** What a line says, before it is known what other lines say of the same URL. */
export interface Said {
  readonly cause: Cause;
  readonly message: Message;
  /** The text ends before the message does. */
  readonly isCut?: boolean;
}

export function messagesIn(line: string): Said[] {
  if (!HINTS.test(line)) return [];
  const framed = line.split(NEXT, MOST_IN_LINE).flatMap((part) => inFrame(part) ?? []);
  if (framed.length > 0) return framed;
  return alone(line) ?? byName(line) ?? inOtherLanguage(line) ?? [];
}

const HINTS = new RegExp(
  'access to|cors|access-control|access control|cannot load|net::err|mixed|content.security.policy|status of|' +
    'typeerror|network ?error|cookie|not allowed|settings blocked|security error|preflight|redirect|' +
    'credentials flag|address space|could not|certificate|ssl|network connection|insecure|allowed|cross.origin',
  'i',
);

const MOST_IN_LINE = 50;

/** Where several messages were copied into one line. */
const NEXT = /(?=Access to [A-Za-z]{1,40} at ')|(?=Cross-Origin Request (?:Blocked|Warning): )/;

function inFrame(part: string): Said[] | undefined {
  for (const frame of FRAMES) {
    const found = findWording(frame.text, part) ?? withoutReason(frame, part);
    if (!found || !isUrl(found.gaps.url)) continue;
    const said = reasonAt(frame, found, part);
    if (said) return [said];
  }
  return undefined;
}

/** "… blocked by CORS policy:" is all that was copied. */
function withoutReason({ text, older }: Frame, part: string): Found | undefined {
  return older ? undefined : findWording(text.trimEnd(), part);
}

const isUrl = (text: string | undefined) => text !== undefined && /^'?[a-z][a-z0-9+.-]{0,30}:[^\s]*$/i.test(text);

function reasonAt(frame: Frame, { end, gaps: framed }: Found, part: string): Said | undefined {
  const isPreflight = part.startsWith(comparable(OF_PREFLIGHT), end);
  const start = isPreflight ? end + OF_PREFLIGHT.length : end;
  const { url, redirectedFrom, origin } = framed;
  const known = { engine: frame.engine, url: url.replace(/^'|'$/g, ''), redirectedFrom, origin };
  for (const { cause, print } of REASONS[frame.engine]) {
    const found = wordingAt(print.text, part, start);
    if (!found) continue;
    const message = messageOf(print, found.gaps, part.slice(found.end), {
      ...known,
      preflight: isPreflight || undefined,
    });
    return { cause, message };
  }
  if (frame.older) return undefined;
  const rest = part.slice(start).replace(/(\.{3}|…)$/, '');
  for (const { cause, print } of REASONS[frame.engine]) {
    const gaps = cutWording(print.text, rest);
    if (gaps)
      return {
        cause,
        message: messageOf(print, gaps, '', { ...known, preflight: isPreflight || undefined }),
        isCut: true,
      };
  }
  return {
    cause: causeWith('reason-unknown'),
    message: { ...known, preflight: isPreflight || undefined, gaps: {} },
    isCut: true,
  };
}

function messageOf(print: Print, gaps: Gaps, rest: string, known: Partial<Message>): Message {
  const status = findWording(OLD_STATUS, rest)?.gaps.status ?? /^[1-5]\d\d/.exec(afterStatus(rest))?.[0] ?? gaps.code;
  const { url = known.url, origin = known.origin ?? findWording(OLD_ORIGIN, rest)?.gaps.origin, method } = gaps;
  return {
    ...known,
    engine: print.engine,
    url,
    origin,
    method,
    preflight: print.preflight ?? known.preflight,
    status: status && /^[1-5]\d\d$/.test(status) ? Number(status) : undefined,
    gaps,
  };
}

function afterStatus(rest: string): string {
  const at = rest.indexOf(STATUS);
  return at < 0 || at > 64 ? '' : rest.slice(at + STATUS.length, at + STATUS.length + 3);
}

/** Texts without a frame, and the reason alone where the frame was not copied along. */
function alone(line: string): Said[] | undefined {
  for (const { cause, print } of ALONE) {
    const found = findWording(print.text, line);
    if (!found || (found.gaps.url !== undefined && !isUrl(found.gaps.url))) continue;
    const before = line.slice(Math.max(0, found.start - OF_PREFLIGHT.length), found.start);
    const known = { url: cause.id === 'access-control-checks' ? undefined : urlBefore(line, found.start) };
    const preflight = before === comparable(OF_PREFLIGHT) || undefined;
    const message = messageOf(print, found.gaps, line.slice(found.end), { ...known, preflight });
    const url = cause.id === 'access-control-checks' ? urlIn(found.gaps.what) : message.url;
    const error = /^net::(ERR_[A-Z0-9_]{1,60})/.exec(line.slice(found.start, found.start + 80))?.[1];
    return [{ cause, message: { ...message, url, gaps: { ...message.gaps, ...(error && { error }) } } }];
  }
  return undefined;
}

/** `PUT https://localhost:8443/items net::ERR_CERT_AUTHORITY_INVALID` */
function urlBefore(line: string, end: number): string | undefined {
  return /(https?:\/\/[^\s']{1,4096}) $/.exec(line.slice(Math.max(0, end - 4096), end))?.[1];
}

function urlIn(text = ''): string | undefined {
  return text.split(' ').find((word) => isUrl(word));
}

/** The names in developer tools and in the addresses of MDN's pages. */
function byName(line: string): Said[] | undefined {
  for (const [name] of line.slice(0, 8192).matchAll(/\b(?:Preflight|CORS)?[A-Z][A-Za-z]{8,60}/g)) {
    const row = NAMES.get(name) ?? NAMES.get(name.replace(/^Preflight/, ''));
    if (row) {
      const preflight = row.print.preflight ?? (/^Preflight/.test(name) || undefined);
      return [{ cause: row.cause, message: { engine: row.print.engine, preflight, gaps: {} } }];
    }
  }
  return undefined;
}

/** Firefox is translated; the names of headers, the URL and the number of the status are not. */
function inOtherLanguage(line: string): Said[] | undefined {
  if (!/\bCORS\b|Cross-Origin/i.test(line)) return undefined;
  const header = /Access-Control-Allow-(?:Origin|Methods|Headers|Credentials)/.exec(line)?.[0];
  const url = /https?:\/\/[^\s')]{1,4096}/.exec(line)?.[0].replace(/[.,]$/, '');
  if (!header || !url || !/[(:]/.test(line)) return undefined;
  const status = / ([1-5]\d\d)\.?$/.exec(line)?.[1];
  const message = { url, status: status ? Number(status) : undefined, gaps: { namedHeader: header } };
  return [{ cause: causeWith('reason-unknown'), message, isCut: true }];
}

interface Row {
  readonly cause: Cause;
  readonly print: Print;
}

const ROWS: Row[] = CAUSES.flatMap((cause) => cause.prints.map((print) => ({ cause, print })));

const reasonsOf = (engine: Engine) => ROWS.filter(({ print }) => print.engine === engine && !print.alone);

const REASONS: Record<Engine, Row[]> = {
  chromium: reasonsOf('chromium'),
  firefox: reasonsOf('firefox'),
  webkit: reasonsOf('webkit'),
};

/** The most telling comes first: the exception stands beside a reason in the same line. */
const ALONE: Row[] = [...ROWS].sort((a, b) => weight(b) - weight(a));

function weight({ cause, print }: Row): number {
  return cause.id === 'exception-only' || cause.id === 'access-control-checks' ? 0 : print.text.length;
}

const NAMES = new Map(ROWS.flatMap((row) => (row.print.key ? [[row.print.key, row] as const] : [])));
