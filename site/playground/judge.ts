/**
 * What the playground answers: the simulator's verdicts on a text that was pasted, and the meaning of a message of the
 * console. Text in, a report or words out; nothing here loads or sends anything.
 */
import picocolors from 'picocolors';
import { incidentLines, notRecognized } from '../../src/cli/explain/output';
import { routesFor } from '../../src/cli/explain/route';
import { tally } from '../../src/cli/outcomes';
import { reportOf } from '../../src/cli/report/page';
import type { Terminal } from '../../src/cli/terminal';
import { checkOrigin } from '../../src/verify/browser/origin';
import { checkWays } from '../../src/verify/check-ways';
import { recognize } from '../../src/verify/console/recognize';
import { type Entrance, Entrances } from '../../src/verify/entrances';
import { readApis } from '../../src/verify/model/read-apis';
import { whyNoApi } from '../../src/verify/model/unreadable-templates';
import { originsOf } from '../../src/verify/requests/named-origins';
import { pageHeaderFault } from '../../src/verify/requests/page-headers';
import { Deployment } from '../../src/verify/template/deployment';
import { templateAlone } from '../../src/verify/template/template-alone';
import { templateOrDocument } from '../../src/verify/template/template-or-document';
import type { CorsOutcome } from '../../src/verify/verdict';

/** What a page would send. */
export interface Page {
  /** None: those that the API itself names. */
  readonly origins: string[];
  readonly credentials: boolean;
  /** 'X-Tenant' or 'X-Tenant: value'. */
  readonly headers: string[];
}

export interface Subject {
  readonly text: string;
  readonly kind?: 'rest' | 'http';
}

export interface Report {
  /** A page of its own, as the command line writes it. */
  readonly html: string;
  readonly summary: string;
  readonly outcomes: {
    api: string;
    via?: string;
    method: string;
    path: string;
    origin: string;
    outcome: CorsOutcome;
  }[];
}

const NAME = 'pasted text';

export function judged(subject: Subject, page: Page): Report {
  const { ways, notes } = waysTo(subject);
  for (const origin of page.origins) checkOrigin(origin);
  const options = { headers: headersOf(page.headers), credentials: page.credentials };
  const results = checkWays(ways, (way) => (page.origins.length > 0 ? page.origins : originsOf(way)), options);
  return {
    html: reportOf(NAME, ways, results),
    summary: [tally(results.map(({ verdict }) => verdict.outcome)), ...notes].join('\n'),
    outcomes: results.map(({ api, via, request: { method, path, origin }, verdict: { outcome } }) => ({
      api: api.id,
      ...(via && { via: via.id }),
      method,
      path,
      origin,
      outcome,
    })),
  };
}

/** The same words as `cdk-cors explain`; with a template beside it, about its routes as well. */
export function explained(message: string, subject?: Subject): string {
  const incidents = recognize(message).slice(0, 20);
  if (incidents.length === 0) return notRecognized(PLAIN);
  const apis = subject ? waysTo(subject).ways.flatMap(({ api, via }) => (via ? [] : [api])) : [];
  return incidents
    .map((incident) => incidentLines(incident, routesFor(incident, apis), subject && NAME, PLAIN))
    .join('\n\n');
}

function waysTo({ text, kind }: Subject): { ways: Entrance[]; notes: string[] } {
  const notes: string[] = [];
  const source = templateOrDocument(text, { name: NAME, id: 'Api', kind, notes });
  const scopes = [templateAlone(source, new Deployment(), NAME)];
  const apis = readApis(scopes);
  if (apis.length === 0)
    throw new Error(`There is no REST or HTTP API of API Gateway in it, and no function URL.${whyNoApi(scopes)}`);
  return { ways: new Entrances(apis, scopes).waysTo(apis), notes };
}

function headersOf(lines: string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value = 'some'] = /^\s*([^:]*?)\s*(?::\s*(.*?)\s*)?$/.exec(line) ?? [];
      const fault = pageHeaderFault(name, value, 'the box for cookies');
      if (fault) throw new Error(fault);
      return [name.toLowerCase(), value];
    }),
  );
}

const PLAIN: Terminal = {
  write: () => undefined,
  complain: () => undefined,
  colors: picocolors.createColors(false),
  width: Number.POSITIVE_INFINITY,
  interrupted: () => Promise.resolve(),
};
