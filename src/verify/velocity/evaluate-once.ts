import { getOrCreate } from '../../collections';
import { evaluate } from './evaluate';
import type { VelocityInput, VelocityResult } from './input';

/**
 * Runs a mapping template once for each input that it can see: the preflights of an API have the
 * same template on every route. Callers must not change the result.
 */
export function evaluateOnce(template: string, input: VelocityInput): VelocityResult {
  if (input.overridden || !template.includes('$')) return evaluate(template, input);
  const { headers, querystring, path, body, stageVariables, allStageVariables, emptyIfMissing } = input;
  const parameters = [headers, querystring, path, stageVariables].map((each) => Object.entries(each ?? {}));
  const context = READS_CONTEXT.test(template) ? input.context : undefined;
  const ofTemplate = getOrCreate(known, template, () => new Map<string, VelocityResult>());
  const key = JSON.stringify([parameters, body, allStageVariables, emptyIfMissing, context]);
  let result = ofTemplate.get(key);
  if (!result) {
    result = evaluate(template, input);
    if (++size >= MANY) forget();
    else ofTemplate.set(key, result);
  }
  return result;
}

/** What it overrides is no fact about the request, and the same on every route. */
const READS_CONTEXT = /\$!?\{?context(?!\.(request|response)Override\b)/;

/** A server that runs for days must not keep them all. */
const MANY = 1_000;
const known = new Map<string, Map<string, VelocityResult>>();
let size = 0;

function forget(): void {
  known.clear();
  size = 0;
}
