import { getOrCreate } from '../../collections';
import type { Accepted } from './cors-file';
import type { FindingRule } from './finding-rules';
import type { AcceptedEntry } from './settings';

/** What can be accepted: a finding about a route, from a page of one origin. */
export interface Acceptable {
  readonly rule: FindingRule;
  readonly route: string;
  readonly method: string;
  readonly origin: string;
  /** The distribution through which the page asks, where it does not ask the API itself. */
  readonly via?: string;
}

/**
 * Takes findings, one by one, and tells at the end which acceptances nothing needs any more, of
 * those that were open: what nobody asked about may still be needed.
 */
export class Acceptances {
  private readonly entries = new Map<Accepted, Entry>();

  /** @param today such as '2030-12-31' */
  public constructor(private readonly today: string) {}

  /** What is asked about as a whole. */
  public open(accepted: AcceptedEntry[]): void {
    for (const each of accepted) this.entryOf(each).isOpen = true;
  }

  /** The entry by which a finding does not count; where its day has passed, it counts again. */
  public of(finding: Acceptable, accepted: AcceptedEntry[]): AcceptedEntry | undefined {
    const fitting = accepted.map((each) => this.entryOf(each)).filter((entry) => entry.fits(finding));
    const entry = fitting.find(({ hasEnded }) => !hasEnded);
    for (const each of entry ? [entry] : fitting) each.note(finding);
    return entry?.accepted;
  }

  /** What has ended and is still needed, and what is not needed any more, in a sentence each. */
  public get remarks(): string[] {
    return [...this.entries.values()].flatMap((entry) => entry.remark ?? []);
  }

  private entryOf(accepted: AcceptedEntry): Entry {
    const hasEnded = accepted.until !== undefined && accepted.until < this.today;
    return getOrCreate(this.entries, accepted.entry, () => new Entry(accepted, hasEnded));
  }
}

class Entry {
  public isOpen = false;
  private readonly routes?: Set<string>;
  private readonly origins?: Set<string>;
  private readonly needed = new Set<string>();

  public constructor(
    public readonly accepted: AcceptedEntry,
    public readonly hasEnded: boolean,
  ) {
    this.routes = accepted.routes && new Set(accepted.routes);
    this.origins = accepted.origins && new Set(accepted.origins);
  }

  public fits({ rule, method, route, origin, via }: Acceptable): boolean {
    if (rule !== this.accepted.rule || !(this.origins?.has(origin) ?? true) || !this.isOnWay(via)) return false;
    return !this.routes || this.routes.has(route) || this.routes.has(`${method} ${route}`);
  }

  private isOnWay(via: string | undefined): boolean {
    const ways = this.accepted.via;
    return ways === undefined || (via === undefined ? ways.length === 0 : ways.includes(via));
  }

  public note({ method, route }: Acceptable): void {
    this.needed.add(route).add(`${method} ${route}`);
  }

  public get remark(): string | undefined {
    const { rule, routes = [], via, under, until, why } = this.accepted;
    const by = via === undefined ? '' : ` ${via.length > 0 ? `via ${via.join(', ')}` : 'at its own address'}`;
    const name = `${under}: ${rule} is accepted${by} (${why})`;
    if (!this.isOpen && !(this.hasEnded && this.needed.size > 0)) return undefined;
    if (this.needed.size === 0) return `${name}, but nothing needs that any more: take it out.`;
    if (this.hasEnded) return `${under}: ${rule} was accepted${by} until ${until} (${why}), and counts again.`;
    const idle = routes.filter((route) => !this.needed.has(route));
    if (idle.length === 0) return undefined;
    return `${name}, but these routes do not need that any more: ${idle.join(', ')}.`;
  }
}
