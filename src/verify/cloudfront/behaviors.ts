import type { Behavior, DistributionModel } from './distribution';

/**
 * The behavior that takes a path: the first whose pattern matches, in the order of the list. The
 * query does not count. "Path pattern" in
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export function behaviorFor({ behaviors }: DistributionModel, target: string): Behavior {
  const [path] = target.split('?');
  return behaviors.find(({ pattern }) => matches(pattern, path)) ?? behaviors[behaviors.length - 1];
}

/**
 * `*` is any run of characters, `/` included, `?` exactly one; case counts,
 * and a slash in front makes no difference.
 */
function matches(pattern: string, path: string): boolean {
  if (pattern === '*') return true;
  let expression = known.get(pattern);
  if (!expression) {
    const source = pattern
      .replace(/^\//, '')
      .replace(/\*+/g, '*')
      .replace(/[.+^${}()|[\]\\*?]/g, (sign) => MEANINGS[sign] ?? `\\${sign}`);
    expression = new RegExp(`^/?${source}$`, 's');
    known.set(pattern, expression);
  }
  return expression.test(path);
}

const MEANINGS: Record<string, string> = { '*': '.*', '?': '.' };
const known = new Map<string, RegExp>();
