/**
 * Reads what somebody copied from a browser's console, one line or all of it, and says which causes
 * are told in it. Pure, and in linear time: the text may be long, cut off, wrapped, quoted, escaped
 * or hostile.
 */
import type { Cause, Engine, Message } from './cause';
import { causeWith, refined } from './causes';
import { messagesIn, type Said } from './messages';
import { linesOf } from './pasted-text';

/** One failure, however many lines tell it. */
export interface Incident {
  readonly cause: Cause;
  readonly message: Message;
  /** Whose words they were. */
  readonly engines: readonly Engine[];
}

export function recognize(pasted: string): Incident[] {
  const lines = linesOf(pasted);
  const reader = new Reader(lines);
  const said: Said[] = [];
  const notes: Note[] = [];
  for (let index = 0; index < lines.length && said.length < MOST; index++) {
    const note = noteIn(lines[index]);
    if (note) notes.push(note);
    for (const each of reader.messagesAt(index)) add(each, said);
  }
  return merged(withoutEchoes([...completed(said, notes), ...readable(notes, said)]));
}

/** A console that repeats itself says nothing new. */
const MOST = 2000;

/**
 * Reads each different line once, and only so many of them: a console of megabytes repeats itself.
 */
class Reader {
  private readonly known = new Map<string, Said[]>();
  private joins = 0;

  public constructor(private readonly lines: readonly string[]) {}

  /** A line that a terminal or a mail has wrapped goes on in the next ones. */
  public messagesAt(index: number): Said[] {
    const own = this.messagesOf(this.lines[index]);
    if (isWhole(own) || !STARTS.test(this.lines[index])) return own;
    for (
      let more = 2;
      more <= WRAPPED && index + more <= this.lines.length && this.joins < MOST;
      more++, this.joins++
    ) {
      const joined = messagesIn(this.lines.slice(index, index + more).join(' '));
      if (isWhole(joined)) return joined.slice(0, Math.max(1, own.length));
    }
    return own;
  }

  private messagesOf(line: string): Said[] {
    const before = this.known.get(line);
    if (before) return before;
    if (this.known.size >= MOST_LINES) return [];
    const said = messagesIn(line);
    this.known.set(line, said);
    return said;
  }
}

const isWhole = (said: Said[]) => said.length > 0 && said.every(({ isCut }) => !isCut);

const MOST_LINES = 20_000;
const WRAPPED = 5;
const STARTS = /Access to |Cross-Origin Request|cannot load |No 'Access-Control|The 'Access-Control|The value of the/;

/** WebKit tells the reason, then the URL, then the reason again. */
function add(each: Said, said: Said[]): void {
  const last = said[said.length - 1];
  const isWebkit = last?.message.engine === 'webkit' && each.message.engine === 'webkit';
  if (
    isWebkit &&
    each.cause.id === 'access-control-checks' &&
    (!last.message.url || last.message.url === each.message.url)
  ) {
    said[said.length - 1] = { ...last, message: { ...last.message, url: each.message.url } };
  } else if (isWebkit && each.cause === last.cause && sameGaps(each, last) && !each.message.url && last.message.url) {
    return;
  } else {
    said.push(each);
  }
}

const sameGaps = (a: Said, b: Said) =>
  a.message.status === b.message.status && JSON.stringify(a.message.gaps) === JSON.stringify(b.message.gaps);

/**
 * What Chromium notes of a request, whatever came of it:
 * `PUT https://… net::ERR_FAILED 504 (Gateway Timeout)`.
 */
interface Note {
  readonly method: string;
  readonly url: string;
  readonly error?: string;
  readonly status?: number;
}

function noteIn(line: string): Note | undefined {
  const [, method, url, error, status] = NOTE.exec(line.slice(0, 8192)) ?? [];
  return url ? { method, url, error, status: status ? Number(status) : undefined } : undefined;
}

const NOTE = new RegExp(
  /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (https?:\/\/[^\s']+)(?= (?:net::ERR_|[1-5]\d\d\b))/.source +
    /(?: net::(ERR_[A-Z0-9_]+))?(?: ([1-5]\d\d)\b)?/.source,
);

/** Details that one line lacks may stand in another one about the same URL. */
function completed(said: Said[], notes: Note[]): Said[] {
  const byUrl = new Map<string, Said[]>();
  for (const each of said) {
    const { url } = each.message;
    if (url) byUrl.set(url, [...(byUrl.get(url) ?? []).slice(-MOST_OF_URL), each]);
  }
  return said.map((each) => {
    const { url, engine, status, preflight, origin, method } = each.message;
    const others = url ? byUrl.get(url)! : [];
    const ofUrl = notes.filter((note) => note.url === url);
    const gone = others.filter(({ cause, message }) => message.engine === 'firefox' && cause.id === 'no-answer').length;
    const known = onlyOne([...others.map(({ message }) => message.status), ...ofUrl.map((note) => note.status)]);
    const isRedirect = (status ?? known ?? 0) >= 300 && (status ?? known ?? 0) < 400;
    const isSecond = engine === 'firefox' && each.cause.id !== 'no-answer' && gone > (isRedirect ? 1 : 0);
    return {
      ...each,
      message: {
        ...each.message,
        status: status ?? (MAY_BORROW.has(each.cause.id) ? known : undefined),
        origin: origin ?? onlyOne(others.map(({ message }) => message.origin)),
        method: method ?? onlyOne(ofUrl.map((note) => note.method)),
        preflight:
          preflight ??
          (isSecond || (each.cause.id === 'no-origin' && others.some(({ message }) => message.preflight)) || undefined),
      },
    };
  });
}

const MOST_OF_URL = 20;

/** Only these mean something else once a status is known. */
const MAY_BORROW = new Set(['no-origin', 'origin-not-allowed', 'preflight-status']);

function onlyOne<T>(values: (T | undefined)[]): T | undefined {
  const known = new Set(values.filter((value) => value !== undefined));
  return known.size === 1 ? [...known][0] : undefined;
}

/** Errors that the page could read: Chromium notes those as well. */
function readable(notes: Note[], said: Said[]): Said[] {
  return notes
    .filter(({ url, error, status = 0 }) => !error && status >= 400 && !said.some(({ message }) => message.url === url))
    .map(({ url, method, status }) => ({
      cause: causeWith('error-status'),
      message: { engine: 'chromium', url, method, status, gaps: {} },
    }));
}

/** Lines that only repeat that something failed, where another line says what. */
function withoutEchoes(said: Said[]): Said[] {
  const isEcho = ({ cause, message }: Said) =>
    ECHOES.has(cause.id) ||
    (cause.id === 'no-answer' &&
      message.engine === 'firefox' &&
      said.some((other) => other.message.url === message.url && other.cause !== cause));
  const telling = said.filter((each) => !isEcho(each));
  return telling.length > 0 ? telling : said;
}

const ECHOES = new Set(['exception-only', 'access-control-checks']);

function merged(said: Said[]): Incident[] {
  const incidents = new Map<string, Incident>();
  for (const { cause, message } of said) {
    const exact = refined(cause, message);
    const { value = '', header = '', method = '' } = message.gaps;
    const key = [exact.id, message.url, message.status, value, header.toLowerCase(), method].join('\n');
    const before = incidents.get(key) ?? sameFailure([...incidents.values()], exact, message);
    const engines = [...new Set([...(before?.engines ?? []), ...(message.engine ? [message.engine] : [])])];
    const best = before ? { ...message, ...defined(before.message) } : message;
    incidents.set(before ? keyOf(incidents, before) : key, { cause: exact, message: best, engines });
  }
  return [...incidents.values()].sort((a, b) => rank(a) - rank(b));
}

/** One of several browsers may not tell the URL, the status, the header or the method. */
function sameFailure(incidents: Incident[], cause: Cause, { url, status, gaps }: Message): Incident | undefined {
  return incidents
    .slice(-MOST_OF_URL)
    .find(
      (other) =>
        other.cause === cause &&
        agree(other.message.url, url) &&
        agree(other.message.status, status) &&
        ['value', 'header', 'method'].every((name) =>
          agree(other.message.gaps[name]?.toLowerCase(), gaps[name]?.toLowerCase()),
        ),
    );
}

const agree = <T>(one: T | undefined, other: T | undefined) =>
  one === undefined || other === undefined || one === other;

function keyOf(incidents: Map<string, Incident>, wanted: Incident): string {
  for (const [key, incident] of incidents) if (incident === wanted) return key;
  return '';
}

function defined(message: Message): Message {
  return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined)) as unknown as Message;
}

/** A status alone says least, so it comes last. */
const rank = ({ cause }: Incident) => (cause.id === 'error-status' ? 1 : 0);
