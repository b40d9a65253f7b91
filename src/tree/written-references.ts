import { CfnElement, Stack } from 'aws-cdk-lib';
import { asText } from '../text/as-text';
import { rendered } from './cdk-internals';

/**
 * Whether the template of a stack names an element by this logical id where nobody would notice
 * that the id changes: in a hand-written `Ref`, `Fn::GetAtt`, `Fn::Sub` or `DependsOn`, of a
 * resource, an output or whatever else. References of the CDK follow, and do not count.
 *
 * @param logicalId that no element has (any more)
 */
export function isWrittenDown(logicalId: string, stack: Stack): boolean {
  return stack.node
    .findAll()
    .filter((construct): construct is CfnElement => CfnElement.isCfnElement(construct) && construct.stack === stack)
    .some((element) => names(resolved(element), logicalId));
}

function resolved(element: CfnElement): unknown {
  try {
    return Stack.of(element).resolve(rendered(element));
  } catch {
    return undefined; // A construct that cannot be rendered says so itself when its turn comes.
  }
}

function names(value: any, id: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub, DependsOn: before } = value;
  const [owner] = typeof attribute === 'string' ? attribute.split('.') : [attribute].flat();
  const [text] = [sub].flat();
  return (
    ref === id ||
    owner === id ||
    [before].flat().includes(id) ||
    new RegExp(`\\$\\{${id}[.}]`).test(asText(text)) ||
    Object.values(value).some((part) => names(part, id))
  );
}
