import { CfnParameter, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AllowedOrigins } from '../policy/allowed-origins';
import { asText } from '../text/as-text';
import { referencesOf } from '../tree/references';
import { type Warning, warning } from './catalogue';

/** Where origins are compared, and what ends a text there. */
const QUOTES = { template: "'", function: '"' };

/**
 * For origins that are compared in a mapping template or by a function, and hold values that
 * those who deploy may choose at will.
 */
export function unboundedParameter(
  origins: AllowedOrigins,
  scope: IConstruct,
  place: keyof typeof QUOTES = 'template',
): Warning | undefined {
  const { targets, rest } = referencesOf(origins.exact, scope);
  const own = parametersOf(Stack.of(scope));
  const chosen = [...targets, ...mentionedIn(rest).flatMap((id) => own.get(id) ?? [])]
    .filter((target): target is CfnParameter => target instanceof CfnParameter)
    .filter((parameter) => isLookedUp(parameter) || mayHold(QUOTES[place], parameter));
  const parameters = [...new Set(chosen)].map((parameter) => parameter.node.id);
  const looked = dynamicReferencesIn(rest);
  return parameters.length + looked.length > 0
    ? warning('UnboundedParameter', { parameters: [...parameters, ...looked], place })
    : undefined;
}

/** The pattern of such a parameter is for the name that is looked up. */
function isLookedUp({ type }: CfnParameter): boolean {
  return /^AWS::SSM::Parameter::Value</.test(type);
}

function mayHold(quote: string, { allowedPattern, allowedValues }: CfnParameter): boolean {
  if (allowedValues !== undefined) return allowedValues.some((value) => asText(value).includes(quote));
  return allowedPattern === undefined || mayMatch(quote, allowedPattern);
}

/** Whether anything in a regular expression stands for a quote; looking ahead is not followed. */
function mayMatch(quote: string, pattern: string): boolean {
  const parts = pattern.match(/\\.|\[(?:\\.|[^\]\\])*\]|[^\\]/gs) ?? [];
  return parts.some((part) => {
    // What is not a digit, a letter or a space; and characters by their numbers.
    if (part === '.' || part === quote || /^\\[DSWxup]$/.test(part)) return true;
    return part.length > 2 && part.startsWith('[') && classHolds(quote, part);
  });
}

function classHolds(quote: string, part: string): boolean {
  try {
    return new RegExp(part).test(quote);
  } catch {
    return true;
  }
}

function parametersOf(stack: Stack): Map<string, CfnParameter> {
  const parameters = stack.node.findAll().filter((each): each is CfnParameter => each instanceof CfnParameter);
  return new Map(parameters.map((parameter) => [stack.resolve(parameter.logicalId), parameter]));
}

/** The logical ids that are written by hand: `Ref`, and `${Id}` in `Fn::Sub`. */
function mentionedIn(value: any): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Ref: ref, 'Fn::Sub': sub } = value;
  const text = [sub].flat()[0];
  return [
    ...(typeof ref === 'string' ? [ref] : []),
    ...(typeof text === 'string' ? Array.from(text.matchAll(/\$\{([\w:]+)\}/g), ([, id]) => id) : []),
    ...Object.values(value).flatMap(mentionedIn),
  ];
}

/** `{{resolve:ssm:/site}}`: its value is in no template, and nothing checks it. */
function dynamicReferencesIn(value: any): string[] {
  return [...new Set(JSON.stringify(value ?? '').match(/\{\{resolve:[^}]*\}\}/g) ?? [])];
}
