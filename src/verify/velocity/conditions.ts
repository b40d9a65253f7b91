import { compileExpression, type Expression } from './expressions';
import { JavaException } from './java-string';
import type { Run } from './run';
import type { ExpressionNode, MathNode } from './syntax';
import { compare, equal, isEmpty, Unknowable, type Value } from './values';

export type Condition = (run: Run) => boolean | Unknowable;

/** A condition that has to decide now. */
export function compileCondition(node: ExpressionNode): Condition {
  const condition = compile(node);
  return (run) => settled(condition(run), run);
}

export function isLogical({ operator }: MathNode): boolean {
  return LOGICAL.has(operator);
}

const LOGICAL = new Set(['&&', '||', 'not', '==', '!=', '<', '>', '<=', '>=']);

/** An answer that Velocity 1.7 and 2 give differently. */
class Disputed {
  public constructor(
    public readonly in17: boolean,
    public readonly where: string,
  ) {}
}

type Answer = boolean | Unknowable | Disputed;

/** Conditions know more than two answers. `&&` and `||` can be sure although one side is not. */
function compile(node: ExpressionNode): (run: Run) => Answer {
  if (node.type !== 'math') return compileTruth(node);
  if (node.operator === 'parenthesis') return compile(node.expression[0]);
  if (!isLogical(node)) return compileTruth(node);
  const [left, right] = node.expression;
  switch (node.operator) {
    case 'not': {
      const condition = compile(left);
      return (run) => negate(condition(run));
    }
    case '&&':
    case '||':
      return compileJunction(compile(left), compile(right), node.operator === '||');
    case '==':
    case '!=':
      return compileEquality(compileExpression(left), compileExpression(right), node.operator === '!=');
    default: {
      const [a, b] = [compileExpression(left), compileExpression(right)];
      return (run) => compare(node.operator, a(run), b(run));
    }
  }
}

/**
 * What is there is true, except `false`. What is empty is true in 1.7 only, a literal on its own in
 * 2 only.
 */
function compileTruth(node: ExpressionNode): (run: Run) => Answer {
  const value = compileExpression(node);
  if (node.type === 'string' || node.type === 'integer' || node.type === 'decimal') {
    return (run) => !isEmpty(value(run)) && new Disputed(false, 'whether a literal is true');
  }
  return (run) => truth(value(run));
}

function truth(value: Value): Answer {
  if (value instanceof Unknowable || typeof value === 'boolean') return value;
  if (value === null) return false;
  return isEmpty(value) ? new Disputed(true, 'whether an empty text is true') : true;
}

/** `decisive` is the answer of either side that decides: true for `||`, false for `&&`. */
function compileJunction(
  left: (run: Run) => Answer,
  right: (run: Run) => Answer,
  decisive: boolean,
): (run: Run) => Answer {
  return (run) => {
    let first = left(run);
    if (first === decisive) return decisive;
    if (first instanceof Disputed) {
      if (unlessItFails(right, run) === decisive) return decisive; // in either version
      first = settled(first, run);
      if (first === decisive) return decisive;
    }
    const second = right(run);
    return second === decisive || !(first instanceof Unknowable) ? second : first;
  };
}

function unlessItFails(condition: (run: Run) => Answer, run: Run): Answer | undefined {
  try {
    return condition(run);
  } catch (error) {
    if (error instanceof JavaException) return undefined;
    throw error;
  }
}

function compileEquality(left: Expression, right: Expression, differs: boolean): (run: Run) => Answer {
  return (run) => {
    const answer = equal(left(run), right(run));
    return differs ? negate(answer) : answer;
  };
}

function negate(answer: Answer): Answer {
  if (answer instanceof Disputed) return new Disputed(!answer.in17, answer.where);
  return answer instanceof Unknowable ? answer : !answer;
}

function settled(answer: Answer, run: Run): boolean | Unknowable {
  if (!(answer instanceof Disputed)) return answer;
  return run.followsVelocity2(answer.where) !== answer.in17;
}
