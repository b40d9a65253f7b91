/** The table of causes: the exact ones before those that they refine. */
import type { Cause, Message } from './cause';
import { credentials } from './causes/credentials';
import { failures } from './causes/failures';
import { forbiddenAddresses } from './causes/forbidden-addresses';
import { lists } from './causes/lists';
import { missingOrigin } from './causes/missing-origin';
import { preflights } from './causes/preflights';
import { rulesOfThePage } from './causes/rules-of-the-page';
import { wrongOrigin } from './causes/wrong-origin';

export const CAUSES: readonly Cause[] = [
  ...preflights,
  ...missingOrigin,
  ...wrongOrigin,
  ...credentials,
  ...lists,
  ...forbiddenAddresses,
  ...rulesOfThePage,
  ...failures,
];

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
