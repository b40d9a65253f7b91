/**
 * The sentences around the reason: which browser speaks, of which URL,
 * and of a page of which origin.
 */
import type { Engine } from './cause';

export interface Frame {
  readonly engine: Engine;
  /** Ends where the reason begins. */
  readonly text: string;
  readonly older?: true;
}

/** The more exact one first. */
export const FRAMES: readonly Frame[] = [
  {
    engine: 'chromium',
    text:
      "Access to {kind} at '{url}' (redirected from '{redirectedFrom}') from origin '{origin}' has been blocked " +
      'by CORS policy: ',
  },
  { engine: 'chromium', text: "Access to {kind} at '{url}' from origin '{origin}' has been blocked by CORS policy: " },
  {
    engine: 'firefox',
    text:
      'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. ' +
      '(Reason: ',
  },
  {
    engine: 'firefox',
    text:
      'Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} ' +
      'soon. (Reason: ',
  },
  { engine: 'chromium', text: 'XMLHttpRequest cannot load {url}. ', older: true },
  { engine: 'chromium', text: 'Fetch API cannot load {url}. ', older: true },
  { engine: 'chromium', text: 'Failed to load {url}: ', older: true },
];

/** Chromium's, in front of what the check of an answer says of a preflight. */
export const OF_PREFLIGHT = "Response to preflight request doesn't pass access control check: ";

/** What came before 2018 behind the reason. */
export const OLD_ORIGIN = "Origin '{origin}' is therefore not allowed access.";
export const OLD_STATUS = 'The response had HTTP status code {status}.';

/** Firefox and WebKit, behind the reason. */
export const STATUS = 'Status code: ';
