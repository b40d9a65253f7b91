import { callMethod, indexInto, readProperty } from './access';
import { compileCondition, isLogical } from './conditions';
import { programOf } from './program';
import type { Run } from './run';
import {
  type ExpressionNode,
  type List,
  type MathNode,
  type PathStep,
  type RangeEnd,
  type Reference,
  textOf,
} from './syntax';
import { calculate, HostObject, toText, Unknowable, type Value } from './values';

export type Expression = (run: Run) => Value;

export function compileExpression(node: ExpressionNode): Expression {
  switch (node.type) {
    case 'references':
      return compileLookup(node);
    case 'string':
      return node.isEval && /[$#]/.test(node.value) ? interpolated(node.value) : () => node.value;
    case 'integer':
    case 'decimal':
      return () => Number(node.value);
    case 'bool':
      if (node.value === 'null') throw new Error('`null` is not a word of Velocity');
      return () => node.value === 'true';
    case 'array':
      return compileArray(node);
    case 'map':
      return compileMap(node.value ?? {});
    case 'math':
      return compileMath(node);
    default:
      throw new Error(`"${(node as { type: string }).type}" is an expression that this simulator does not follow`);
  }
}

function compileMath(node: MathNode): Expression {
  if (isLogical(node)) return compileCondition(node);
  const [left, right] = node.expression.map(compileExpression);
  if (node.operator === 'parenthesis') return left;
  if (node.operator === 'minus') return (run) => calculate('-', 0, left(run));
  return (run) => calculate(node.operator, left(run), right(run));
}

function compileArray(node: List): Expression {
  if (node.isRange) {
    const [from, to] = node.value.map(compileEnd);
    return (run) => range(from(run), to(run));
  }
  const items = node.value.map(compileExpression);
  return (run) => items.map((item) => item(run));
}

function compileEnd(end: RangeEnd): Expression {
  return typeof end === 'object' ? compileExpression(end) : () => Number(end);
}

function range(from: Value, to: Value): Value {
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  if (Math.abs(to - from) > 10_000) return new Unknowable(`a range from ${from} to ${to}`);
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => (from <= to ? from + index : from - index));
}

function compileMap(value: Readonly<Record<string, ExpressionNode>>): Expression {
  const entries = Object.entries(value).map(([key, item]) => [key, compileExpression(item)] as const);
  return (run) => new Map(entries.map(([key, item]) => [key, item(run)]));
}

/** A text in double quotes is a template of its own. */
function interpolated(text: string): Expression {
  const program = programOf(text);
  return (run) => run.capture(() => program(run));
}

/** A reference in the output: `$a` reads as it is written where it is null, `$!a` as nothing. */
export function compileReference(node: Reference): (run: Run) => void {
  const lookup = compileLookup(node);
  const source = node.leader === '$!' ? '' : textOf(node);
  return (run) => {
    const value = lookup(run);
    run.write(value === null ? source : toText(value));
  };
}

type Step = (value: Value, run: Run) => Value;

function compileLookup(node: Reference): Expression {
  const steps = (node.path ?? []).map(compileStep);
  return (run) => {
    let value = run.variables.get(node.id) ?? null;
    for (const step of steps) {
      if (value === null) return null;
      value = step(value, run);
    }
    return value;
  };
}

function compileStep(step: PathStep): Step {
  if (step.type === 'property') return (value) => readProperty(value, step.id);
  if (step.type === 'index') {
    const index = compileExpression(step.id);
    return (value, run) => indexInto(value, index(run));
  }
  const parameters = (step.args || []).map(compileExpression);
  return (value, run) =>
    callMethod(
      value,
      step.id,
      parameters.map((parameter) => parameter(run)),
    );
}

/** The left side of a #set. */
export function compileTarget(node: Reference): (run: Run, value: Value) => void {
  const path = node.path ?? [];
  if (path.length === 0) return (run, value) => run.restore(node.id, value ?? undefined);
  const owner = compileLookup({ ...node, path: path.slice(0, -1) });
  const last = path[path.length - 1];
  const key: Expression =
    last.type === 'property' ? () => last.id : last.type === 'index' ? compileExpression(last.id) : () => null;
  return (run, value) => {
    const [target, name] = [owner(run), key(run)];
    if (target instanceof Unknowable || name instanceof Unknowable) return;
    if (target instanceof Map && name !== null) target.set(toText(name), value);
    else if (target instanceof HostObject && name !== null) target.call('put', [name, value]);
    else if (Array.isArray(target) && typeof name === 'number') target[name] = value;
  };
}
