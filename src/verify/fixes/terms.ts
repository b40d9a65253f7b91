import type { Authoring } from '../model/authoring';
import { backendTerms } from './backend-terms';
import type { Cause, Decided } from './cause';
import { cdkTerms } from './cdk-terms';
import { methodOf, routeOf } from './place';
import { policyAt } from './policy-at';
import { policyTerms } from './policy-terms';
import { templateTerms } from './template-terms';

/**
 * How to say a change to the person who has to make it. Every text is what to do, from its verb on,
 * without an end: 'add "x-tenant" to cors.allowHeaders of Shop/Api'.
 */
export interface Terms {
  /** Let in this origin, with credentials if the request has them. */
  origin(): string;
  credentials(): string;
  methods(names: string[]): string;
  headers(names: string[]): string;
  /** Have preflights of this path answered at all. */
  preflight(): string;
}

/** A request and what decided it. */
export interface Need extends Decided {
  readonly cause: Cause;
}

/** Whose words: those of whatever sends the answer. */
export function termsFor(need: Need): Terms {
  const { api, cause } = need;
  const { authoring = NO_AUTHORING } = api;
  const policy = policyAt(api, cause.answer.answeredBy);
  if (isBackends(need)) return backendTerms(need, authoring, policy);
  if (policy) return policyTerms(need, policy);
  return authoring.tool === 'cdk' ? cdkTerms(need, authoring) : templateTerms(need, authoring);
}

/**
 * Whether code behind the API sends the headers: a proxy integration,
 * where the API has no CORS configuration.
 */
function isBackends({ api, cause: { answer, of } }: Need): boolean {
  if (answer.gatewayError !== undefined || answer.answeredBy === undefined) return false;
  if (answer.byFunction !== undefined) return api.kind === 'REST' || api.cors === undefined;
  if (api.kind === 'HTTP')
    return (
      routeOf(api, answer.answeredBy) !== undefined &&
      (!api.cors || (of === 'preflight' && answer.decidedBy === 'backend'))
    );
  return methodOf(api, answer.answeredBy)?.integration?.type.endsWith('_PROXY') ?? false;
}

const NO_AUTHORING: Authoring = { tool: 'template', language: 'typescript', policies: [], sources: new Map() };
