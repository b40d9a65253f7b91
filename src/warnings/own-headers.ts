import type { IConstruct } from 'constructs';
import { ownErrorHeaders } from '../api-gateway/gateway-response';
import { mayReflect, ownHeadersOf, statusOf } from '../api-gateway/integration-response';
import { deviation, isOneOrigin, NOTHING_OWN, type OwnHeaders } from '../api-gateway/own-headers';
import { warn } from './warn';

/** A response whose mappings a user wrote. */
export interface OwnResponse {
  /** As the user knows it: `GET /pets, response 200`. */
  readonly name: string;
  readonly own: OwnHeaders;
  /** Whether a template of the user's may name any page as the one that may read. */
  readonly reflects: boolean;
}

/** Of an integration: on every side of its conditions. */
export function ownResponses(where: string, response: any): OwnResponse[] {
  const [name, reflects] = [`${where} ${statusOf(response)}`, mayReflect(response)];
  const own = ownHeadersOf(response);
  return (own.length > 0 ? own : [NOTHING_OWN]).map((each) => ({ name, own: each, reflects }));
}

/** Of the gateway itself. */
export function ownErrorResponses(type: string, parameters: unknown): OwnResponse[] {
  return ownErrorHeaders(parameters).map((own) => ({ name: `the gateway response ${type}`, own, reflects: false }));
}

interface Expected {
  /** The one value that the policy sends, if it is one. */
  readonly origin?: string;
  readonly credentials: boolean;
}

/**
 * What users wrote themselves stays, and may not be what they expect of the policy.
 *
 * @param prefix of a header's name in such a mapping: `method.response.header.`
 */
export function warnAboutOwnHeaders(
  construct: IConstruct,
  responses: OwnResponse[],
  expected: Expected,
  prefix: string,
): void {
  warnAboutOwnOrigins(construct, responses, expected);
  warnAboutRefusedValues(construct, responses, prefix);
  const fixedVary = responses.filter(({ own }) => expected.origin === undefined && own.vary !== undefined);
  if (fixedVary.length > 0) {
    warn(construct, 'OwnVary', { responses: fixedVary.map(({ name }) => name) });
  }
}

function warnAboutOwnOrigins(construct: IConstruct, responses: OwnResponse[], expected: Expected): void {
  const said = responses.flatMap(({ name, own, reflects }) => {
    const why = own.origin === undefined ? undefined : deviation(own.origin, expected.origin);
    if (why) return [`${name} maps Access-Control-Allow-Origin to ${shown(own.origin)} itself, so ${why}`];
    const others = 'so who may read it is not decided by the policy';
    return reflects ? [`${name} has a template that sets Access-Control-Allow-Origin itself, ${others}`] : [];
  });
  if (said.length === 0) return;
  const mayBeAnyone = responses.some(
    ({ own, reflects }) => reflects || (own.origin !== undefined && !isOneOrigin(own.origin)),
  );
  warn(construct, 'OwnOrigin', { responses: said, opensNoCredentials: expected.credentials && mayBeAnyone });
}

function warnAboutRefusedValues(construct: IConstruct, responses: OwnResponse[], prefix: string): void {
  const refused = responses.flatMap(({ name, own }) =>
    own.refused.map(({ header, value, instead }) => `${name} maps ${header} to ${value}: write "${instead}"`),
  );
  if (refused.length > 0) {
    warn(construct, 'RefusedMapping', { mappings: refused });
  }
  const doubled = responses.flatMap(({ name, own }) => own.doubled.map((key) => `${name}: ${key}`));
  if (doubled.length > 0) {
    warn(construct, 'DoubledPrefix', { keys: doubled, prefix });
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : 'a value that only the deployment knows';
}
