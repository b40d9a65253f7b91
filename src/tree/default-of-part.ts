import type { IConstruct } from 'constructs';
import { type Attachment, identity } from './attachments';
import { defaultPolicyOf } from './default-policies';

/**
 * The default that a method, a route or a resource follows: that of the API, or the import of one,
 * that it was added to, and for an L1 that of its own scope.
 */
export function defaultOfPart(part: IConstruct): ReturnType<typeof defaultPolicyOf> {
  return defaultPolicyOf(apiAddedTo(part) ?? part);
}

/**
 * The policy that a part of an API has by the API. What was put on the API, or on an import of it,
 * is for all its parts. A default is not: an API of another app has a different one wherever it is
 * imported, and what is added through an import that opted out stays closed.
 *
 * @param ofApi the policies of the API and its imports, the API's own first
 */
export function policyOfPart(ofApi: Attachment[], part: IConstruct, isMadeHere: boolean): Attachment | undefined {
  const [first] = ofApi;
  if (!first?.isDefault) return first;
  const its = defaultOfPart(part);
  if (!isMadeHere) return ofApi.find(({ source }) => source === its?.policy);
  const optedOut = apiAddedTo(part) && its && !its.policy;
  return optedOut ? undefined : first;
}

/** The API, or the import of one, that the user added an L2 to. */
function apiAddedTo(part: IConstruct): IConstruct | undefined {
  const { api, httpApi } = identity(part) as { api?: IConstruct; httpApi?: IConstruct };
  return httpApi ?? api;
}
