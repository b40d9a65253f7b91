import type { ConstructMetadata } from './construct-paths';

/**
 * 'lib/shop.ts:42' by construct path.
 * aws-cdk-lib notes stack traces in the metadata where it runs with CDK_DEBUG.
 */
export type Sources = ReadonlyMap<string, string>;

export function sourcesOf(metadata: ConstructMetadata): Sources {
  return new Map(
    metadata.flatMap(([path, entries]) => {
      const line = entries.flatMap(linesOf).find(isOfApp);
      const source = line === undefined ? undefined : PLACE.exec(line)?.[1];
      return source === undefined ? [] : [[path.replace(/\/Resource$/, ''), source] as const];
    }),
  );
}

/** Older releases put the trace beside each entry, newer ones into an entry of its own. */
function linesOf({ type, data, trace }: ConstructMetadata[number][1][number]): unknown[] {
  return [trace, type === 'aws:cdk:creationStack' && data].flatMap((lines) => (Array.isArray(lines) ? lines : []));
}

/** '    at new Shop (/app/lib/shop.ts:42:5)': the column tells nothing more. */
const PLACE = /(?:\(|at |^)((?:[A-Za-z]:)?[^():]+:\d+)(?::\d+)?\)?$/;

function isOfApp(line: unknown): line is string {
  return typeof line === 'string' && PLACE.test(line) && !/node_modules|node:|\(internal/.test(line);
}
