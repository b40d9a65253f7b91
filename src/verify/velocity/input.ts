import type { Value } from './values';

/** What a mapping template can see. */
export interface VelocityInput {
  /** Names are compared case-sensitively. */
  readonly headers?: Record<string, string>;
  readonly querystring?: Record<string, string>;
  readonly path?: Record<string, string>;
  /** undefined: a backend's, and unknown. */
  readonly body?: string;
  /** A name that is not among them may be set elsewhere, unless `allStageVariables`. */
  readonly stageVariables?: Record<string, string>;
  readonly allStageVariables?: boolean;
  /** What is known of `$context`. */
  readonly context?: Record<string, any>;
  /** What the template of the integration request overrode, for that of the response. */
  readonly overridden?: Overridden;
  /**
   * Whether a parameter that was not sent reads as an empty text rather than as null; default:
   * true, see input-variable.ts.
   */
  readonly emptyIfMissing?: boolean;
}

export interface VelocityResult {
  /** May hold a part that is unknown, between two marks. */
  readonly output: string;
  readonly headerOverrides: Record<string, string>;
  readonly statusOverride?: number;
  /** Headers that the template asks for in a spelling that was not sent. */
  readonly misspelled?: string[];
  /** What it overrode in all, for the template that comes after it. */
  readonly overridden?: Overridden;
  /** Why API Gateway answers 500 instead. */
  readonly error?: string;
  /** Why the result can't be known. */
  readonly unknown?: string;
  /** Why the status can't be known, though the headers can. */
  readonly statusUnknown?: string;
}

/** The values behind `$context.requestOverride` and `$context.responseOverride`. */
export interface Overridden {
  readonly request?: Map<string, Value>;
  readonly response: Map<string, Value>;
}
