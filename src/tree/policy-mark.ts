import type { IConstruct } from 'constructs';
import { type Attachment, identity } from './attachments';

/**
 * Notes in the cloud assembly that a policy was put on a construct, so that advice about a template
 * can name the options to change. It goes to the metadata of the assembly, never into the template.
 * `src/verify/template/policy-marks.ts` reads it.
 */
export function markPolicy({ construct, origin, calledAs }: Attachment, isOneResource: boolean): void {
  const mark = { calledAs, on: identity(origin).node.path || 'the App', ...(isOneResource && { only: true }) };
  identity(construct).node.addMetadata(TYPE, mark);
}

/** Whether a policy was put on this very construct, be it by another copy of this package. */
export function isMarked(construct: IConstruct): boolean {
  return identity(construct).node.metadata.some(({ type }) => type === TYPE);
}

/** Notes that a function follows the policy of an API, which is then the place to change it. */
export function markFollower(fn: IConstruct, api: IConstruct): void {
  identity(fn).node.addMetadata('cdk-cors:follows', identity(api).node.path);
}

const TYPE = 'cdk-cors:policy';
