import type { Exchanges } from '../exchanges';
import type { GatewayAnswer } from '../gateway/gateway';
import type { Judgement } from '../judgement';
import type { ApiModel } from '../model/api-model';
import type { BrowserRequest } from '../verdict';

/** A request, the verdict about it, and what passed between the browser and the gateway. */
export interface Decided {
  readonly api: ApiModel;
  readonly request: BrowserRequest;
  readonly verdict: Judgement;
  readonly exchanges: Exchanges;
}

/** Which cause of its rule decided a verdict, with what a sentence about it has to name. */
export interface Cause {
  readonly id: CauseId;
  readonly of: 'preflight' | 'response';
  /** The answer that decided. */
  readonly answer: GatewayAnswer;
  /** The value of the header that is wrong, as it is sent. */
  readonly value?: string;
  /** The origin, method or header names that have to be let in. */
  readonly names: string[];
  /** What else a sentence about it says: how two origins differ, who refuses. */
  readonly detail?: string;
}

/** What looking at one answer tells. */
export type Found = Pick<Cause, 'id' | 'value' | 'names' | 'detail'>;

export type CauseId =
  | 'origin-missing'
  | 'origin-quoted'
  | 'origin-list'
  | 'origin-twice'
  | 'origin-pattern'
  | 'origin-star-with-credentials'
  | 'origin-near'
  | 'origin-other'
  | 'credentials-missing'
  | 'credentials-misspelled'
  | 'method-unlisted'
  | 'method-case-of-page'
  | 'method-case-of-list'
  | 'method-star-with-credentials'
  | 'header-unlisted'
  | 'header-of-response'
  | 'header-star-with-credentials'
  | 'list-quoted'
  | 'list-misspelled'
  | 'no-route'
  | 'no-options'
  | 'authorizer'
  | 'api-key'
  | 'resource-policy'
  | 'validator'
  | 'media-type'
  | 'integration-fails'
  | 'redirect'
  | 'status'
  | 'ignored-mappings'
  | 'backend';
