import type { GatewayAnswer } from './gateway';

/**
 * Answers of which nobody has established which one comes. Pure.
 *
 * The answer, with another one that may come in its place; nothing new where no browser could tell them apart.
 */
export function orElse(answer: GatewayAnswer, other: GatewayAnswer, why: string): GatewayAnswer {
  const { alternatives: own = [], ...plain } = other;
  const all = [...(answer.alternatives ?? []), { answer: plain, why }, ...own];
  const kept = all.filter(
    (each, index) =>
      !isAlike(each.answer, answer) && all.findIndex((one) => isAlike(one.answer, each.answer)) === index,
  );
  const { alternatives: _, ...main } = answer;
  return kept.length > 0 ? { ...main, alternatives: kept } : main;
}

/** Takes the answer and each alternative one step further. */
export function eachAnswer(answer: GatewayAnswer, step: (answer: GatewayAnswer) => GatewayAnswer): GatewayAnswer {
  const { alternatives = [], ...main } = answer;
  return alternatives.reduce((all, { answer: other, why }) => orElse(all, step(other), why), step(main));
}

export function isAlike(a: GatewayAnswer, b: GatewayAnswer): boolean {
  return essence(a) === essence(b);
}

function essence({
  status,
  headers,
  decidedBy,
  headersAreFinal,
  byFunction,
  gatewayError,
  unknown,
}: GatewayAnswer): string {
  const cors = Object.entries(headers).filter(([name]) => name.startsWith('access-control-'));
  return JSON.stringify([status, cors.sort(), decidedBy, headersAreFinal ?? false, byFunction, gatewayError, unknown]);
}
