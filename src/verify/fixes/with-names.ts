import { isToken } from '../browser/header-list';
import { isKnown } from '../unknown';

/** What a list header names already, without quotes that spoil it, and these names. */
export function withNames(header: string | undefined, names: string[]): string[] {
  const listed = (header ?? '').split(',').map((item) => item.trim().replace(/^["']+|["']+$/g, ''));
  return [...new Set([...listed.filter((item) => isToken(item) || !isKnown(item)), ...names])];
}
