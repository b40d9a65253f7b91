import { type Attachment, identity } from './attachments';

/**
 * Notes in the cloud assembly that a policy was put on a construct, so that advice about a template
 * can name the options to change. It goes to the metadata of the assembly, never into the template.
 * `src/verify/template/policy-marks.ts` reads it.
 */
export function markPolicy({ construct, origin, calledAs }: Attachment, isOneResource: boolean): void {
  const mark = { calledAs, on: identity(origin).node.path, ...(isOneResource && { only: true }) };
  identity(construct).node.addMetadata('cdk-cors:policy', mark);
}
