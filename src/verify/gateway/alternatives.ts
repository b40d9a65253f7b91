import type { GatewayAnswer } from './gateway';

/**
 * Answers of which nobody has established which one comes. Pure.
 *
 * The answer, with another one that may come in its place;
 * nothing new where no browser could tell them apart.
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

/** Whether no browser could tell them apart. */
export function isAlike(a: GatewayAnswer, b: GatewayAnswer): boolean {
  if (a === b) return true;
  return (
    a.status === b.status &&
    a.decidedBy === b.decidedBy &&
    (a.headersAreFinal ?? false) === (b.headersAreFinal ?? false) &&
    a.byFunction === b.byFunction &&
    a.gatewayError === b.gatewayError &&
    a.unknown === b.unknown &&
    coversCors(a.headers, b.headers) &&
    coversCors(b.headers, a.headers)
  );
}

/** Whether each CORS header of the first is one of the other. */
function coversCors(headers: Record<string, string>, others: Record<string, string>): boolean {
  if (headers === others) return true;
  for (const name in headers) if (name.startsWith('access-control-') && others[name] !== headers[name]) return false;
  return true;
}
