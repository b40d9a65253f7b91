/** Which examples of the docs have translations, and under which key. */
import { createHash } from 'node:crypto';
import type { CodeBlock } from './markdown';

/** What exists in TypeScript alone, which rosetta does not know. */
const TYPESCRIPT_ALONE = /\b(addCors|withCors)\b|\.with\(/;

/** Blocks that rosetta must not translate are marked as tsx. */
export function isTranslated({ language, code }: CodeBlock): boolean {
  return language === 'ts' && !TYPESCRIPT_ALONE.test(code);
}

/** An example is found by what it says. */
export function keyOf(code: string): string {
  return createHash('sha256').update(code.trim()).digest('hex').slice(0, 16);
}
