/** What a row of the table of causes holds, and what a message of a browser tells. */
import type { Gaps } from './wording';

export type Engine = 'chromium' | 'firefox' | 'webkit';

/** What a browser said, as far as its text goes. */
export interface Message {
  readonly engine?: Engine;
  readonly url?: string;
  readonly redirectedFrom?: string;
  /** Of the page. */
  readonly origin?: string;
  /** Of the actual request. */
  readonly method?: string;
  /** Whether it was said of the preflight; undefined where the text leaves it open. */
  readonly preflight?: boolean;
  readonly status?: number;
  /** What stood in the gaps of the wording: `value`, `method`, `header`, … */
  readonly gaps: Gaps;
}

/**
 * One row: how browsers say it, what it means, what leads to it,
 * and what to change. Texts may hold gaps.
 */
export interface Cause {
  /** Never changes: an anchor of docs/troubleshooting.md. */
  readonly id: string;
  readonly title: string;
  readonly prints: readonly Print[];
  /** The ids of causes with the same wording that this one is a special case of, and when. */
  readonly refines?: readonly string[];
  readonly when?: (message: Message) => boolean;
  /** One sentence. */
  readonly happened: string;
  /** What people take it for. */
  readonly isNot?: string;
  /** The most likely one first. */
  readonly leads: readonly Lead[];
  readonly see: string;
  readonly fixes: Fixes;
}

/** The text of one browser, as it prints it today unless `older` says otherwise. */
export interface Print {
  readonly engine: Engine;
  readonly text: string;
  /** Where only a preflight can be meant. */
  readonly preflight?: true;
  readonly older?: true;
  /** The text stands alone: it is not the reason within a frame, see frames.ts. */
  readonly alone?: true;
  /** What developer tools and MDN call it. */
  readonly key?: string;
}

export interface Lead {
  readonly text: string;
  /** The statuses that it shows itself by; undefined: any. */
  readonly status?: readonly number[];
  readonly when?: (message: Message) => boolean;
}

/** By what the API is made with; `any` where it makes no difference. */
export type Fixes = Partial<Record<'any' | 'rest' | 'http' | 'lambda' | 'sam' | 'cdk', string>>;

export const PLACES: Record<keyof Fixes, string> = {
  any: 'Everywhere',
  rest: 'REST API',
  http: 'HTTP API',
  lambda: 'Lambda function',
  sam: 'SAM',
  cdk: 'Plain CDK',
};
