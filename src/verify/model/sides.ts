import type { Answer, Asked, Deployment } from '../template/deployment';
import type { ApiModel, ApiSide } from './api-model';

/** An API as it was read, and what it asked about its deployment. */
export interface Reading {
  readonly model?: ApiModel;
  readonly asked: Asked;
}

/**
 * The API with each way in which the open conditions around it may turn out: `model.sides`. Where
 * there are too many, it stays as it was read, with its doubts, and what cannot be there together
 * is not a fault.
 */
export function withSides(first: Reading, deployment: Deployment, readAgain: () => Reading): ApiModel | undefined {
  const { model, asked } = first;
  if (!model || asked.questions.length === 0) return model;
  const open = [...asked.conditions].flatMap(([name, holds]) => (holds === undefined ? [name] : []));
  try {
    const sides: ApiSide[] = [];
    const isComplete = explore([], first, deployment, readAgain, ({ model: side, asked: { conditions } }) => {
      if (side) sides.push({ when: whenOf(open, conditions), model: side });
      return sides.length <= MANY;
    });
    if (!isComplete)
      return { ...model, faults: [], incomplete: [model.incomplete, TOO_MANY].filter(Boolean).join('; ') };
    if (sides.length === 0) return model;
    const [main, ...others] = sides.map((side) => side.model);
    const faults = main.faults.filter((fault) => others.every((other) => other.faults.includes(fault)));
    return { ...main, faults, sides };
  } finally {
    deployment.assume([]);
  }
}

const MANY = 16;
const TOO_MANY = 'what it holds depends on more conditions than can be tried';

/** Answers one question after the other, both ways; false where `take` has had enough. */
function explore(
  answers: Answer[],
  { asked }: Reading,
  deployment: Deployment,
  readAgain: () => Reading,
  take: (leaf: Reading) => boolean,
): boolean {
  const [question] = asked.questions;
  return [true, false].every((isSo) => {
    const next = [...answers, { ...question, isSo }];
    deployment.assume(next);
    const reading = readAgain();
    return reading.asked.questions.length === 0 ? take(reading) : explore(next, reading, deployment, readAgain, take);
  });
}

/** 'where IsProd holds', in the names of the conditions that are open. */
function whenOf(open: string[], conditions: Map<string, boolean | undefined>): string {
  const holding = open.filter((name) => conditions.get(name) === true);
  if (holding.length > 0) return `where ${holding.join(' and ')} ${holding.length > 1 ? 'hold' : 'holds'}`;
  return open.length > 1
    ? `where none of ${open.join(', ')} holds`
    : `where ${open[0] ?? 'the condition'} does not hold`;
}
