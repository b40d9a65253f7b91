import { readable, unknown } from '../unknown';
import { Budget, TooMuch } from './budget';
import { Choices } from './choices';
import { ContextVariable, overriddenInDoubt } from './context-variable';
import type { VelocityInput, VelocityResult } from './input';
import { InputVariable } from './input-variable';
import { JavaException } from './java-string';
import { programOf } from './program';
import { Run } from './run';
import { UtilVariable } from './util-variable';
import { type Dialect, toText, Unknowable, Unset, type Value } from './values';

/**
 * Runs a mapping template as API Gateway would. AWS does not say which Velocity it runs: where 1.7
 * and 2 would lead to different responses, the result is unknown and says why.
 */
export function evaluate(template: string, input: VelocityInput): VelocityResult {
  if (!/[$#]/.test(template)) return { output: template, headerOverrides: {} }; // a mock's {"statusCode": 200}
  const budget = new Budget();
  const { result, doubts } = evaluateAs('1.7', template, input, budget);
  if (doubts.size === 0 || result.unknown) return result;
  const other = evaluateAs('2', template, input, budget).result;
  if (sameResponse(result, other)) return result;
  return {
    ...result,
    unknown: `it depends on ${Array.from(doubts).join(' and ')}, which Velocity 1.7 and 2 treat differently`,
  };
}

/**
 * Runs a mapping template by the rules of one version of Velocity, once for each way that it may
 * take; hyphens in names are allowed in both, as API Gateway does.
 */
export function evaluateAs(
  dialect: Dialect,
  template: string,
  input: VelocityInput,
  budget = new Budget(),
): { result: VelocityResult; doubts: Set<string> } {
  const choices = new Choices();
  const doubts = new Set<string>();
  const way = (): VelocityResult => oneWay(template, input, new Run(new Map(), dialect, choices, doubts, budget));
  const first = way();
  if (choices.why === undefined) return { result: first, doubts };
  const others: VelocityResult[] = [];
  while (choices.next() && others.length < MOST_WAYS) others.push(way());
  return { result: agreed(first, others, choices.why), doubts };
}

const MOST_WAYS = 256;

function oneWay(template: string, input: VelocityInput, run: Run): VelocityResult {
  const context = new ContextVariable(input.context ?? {}, input.overridden);
  const variable = new InputVariable(input);
  run.variables.set('input', variable);
  run.variables.set('util', new UtilVariable());
  run.variables.set('context', context);
  run.variables.set('stageVariables', new StageVariables(input));
  const trouble = attempt(template, run);
  if (trouble?.unknown) return { output: '', headerOverrides: {}, ...trouble };
  const { headerOverrides, statusOverride, statusUnknown, error } = overridesOf(context);
  return {
    output: run.output,
    headerOverrides,
    statusOverride,
    statusUnknown,
    misspelled: variable.misspelled,
    overridden: context.overridden,
    error: trouble?.error ?? error,
    unknown: undefined,
  };
}

/** What all ways lead to. The status and the output may differ where headers and errors do not. */
function agreed(first: VelocityResult, others: VelocityResult[], why: string): VelocityResult {
  if (others.length === MOST_WAYS || !others.every((other) => sameHeaders(first, other)))
    return { ...first, unknown: why };
  const differ = (of: (result: VelocityResult) => unknown): boolean => others.some((other) => of(other) !== of(first));
  return {
    ...first,
    overridden: overriddenInDoubt(
      [first, ...others].flatMap(({ overridden }) => overridden ?? []),
      why,
    ),
    output: differ(({ output }) => output) ? unknown(why) : first.output,
    statusUnknown:
      first.statusUnknown ??
      (differ(({ statusOverride, statusUnknown }) => statusUnknown ?? statusOverride) ? why : undefined),
  };
}

/**
 * A variable that is not set renders as nothing; whether it equals an empty text has not been seen.
 */
class StageVariables extends Map<string, Value> {
  private readonly all: boolean;

  public constructor({ stageVariables = {}, allStageVariables = false }: VelocityInput) {
    super(Object.entries(stageVariables));
    this.all = allStageVariables;
  }

  public override get(name: string): Value {
    return super.get(name) ?? new (this.all ? Unset : Unknowable)(`stage variable ${name}`);
  }
}

function attempt(template: string, run: Run): Pick<VelocityResult, 'error' | 'unknown'> | undefined {
  let program: ReturnType<typeof programOf>;
  try {
    program = programOf(template);
  } catch (error) {
    return { unknown: `its mapping template cannot be read: ${(error as Error).message.split('\n')[0]}` };
  }
  try {
    program(run);
    return undefined;
  } catch (error) {
    if (error instanceof JavaException) return { error: `its mapping template fails: ${error.message}` };
    if (error instanceof TooMuch) return { unknown: `its mapping template ${error.message}` };
    if (error instanceof RangeError) return { unknown: 'its mapping template calls itself too deeply' };
    throw error;
  }
}

function overridesOf(
  context: ContextVariable,
): Pick<VelocityResult, 'headerOverrides' | 'statusOverride' | 'error' | 'statusUnknown'> {
  const headerOverrides: Record<string, string> = {};
  for (const [name, value] of context.headerOverrides) if (value !== null) headerOverrides[name] = toText(value);
  const { twice } = context.headerOverrides;
  return {
    headerOverrides,
    ...statusOf(context.statusOverride),
    error: twice && `its mapping template overrides ${twice} twice, which API Gateway answers with an error`,
  };
}

/** A status that HTTP does not have is ignored. */
function statusOf(override: Value): Pick<VelocityResult, 'statusOverride' | 'statusUnknown'> {
  if (override === null) return {};
  if (override instanceof Unknowable) return { statusUnknown: override.why };
  const text = toText(override);
  if (!/^-?\d+$/.test(text))
    return { statusUnknown: `what API Gateway makes of the status ${readable(text)} is not known` };
  const status = Number(text);
  return status >= 100 && status <= 599 ? { statusOverride: status } : {};
}

function sameResponse(a: VelocityResult, b: VelocityResult): boolean {
  return (
    a.statusOverride === b.statusOverride &&
    a.statusUnknown === b.statusUnknown &&
    a.unknown === b.unknown &&
    sameHeaders(a, b)
  );
}

/** And the same error, if any. */
function sameHeaders(a: VelocityResult, b: VelocityResult): boolean {
  const names = Object.keys(a.headerOverrides);
  const sameNames = names.length === Object.keys(b.headerOverrides).length;
  return a.error === b.error && sameNames && names.every((name) => a.headerOverrides[name] === b.headerOverrides[name]);
}
