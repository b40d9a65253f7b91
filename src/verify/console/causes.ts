/** The table of causes: the exact ones before those that they refine. */
import type { Cause, Message } from './cause';
import { failures } from './causes/failures';
import { lists } from './causes/lists';
import { lookAlikes } from './causes/look-alikes';
import { origins } from './causes/origins';
import { preflights } from './causes/preflights';

export const CAUSES: readonly Cause[] = [...preflights, ...origins, ...lists, ...lookAlikes, ...failures];

export function causeWith(id: string): Cause {
  const found = CAUSES.find((cause) => cause.id === id);
  if (!found) throw new Error(`there is no cause "${id}"`);
  return found;
}

/**
 * What a wording means once more is known than the wording says: its status,
 * its URL, the value in it.
 */
export function refined(cause: Cause, message: Message): Cause {
  return CAUSES.find(({ refines, when }) => refines?.includes(cause.id) && when?.(message)) ?? cause;
}
