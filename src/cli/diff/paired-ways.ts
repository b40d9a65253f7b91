import { relative } from 'node:path';
import { groupBy } from '../../collections';
import type { AskedApi } from '../../verify/asked-api';
import type { Entrance } from '../../verify/entrances';
import { nameOfWay } from '../input';

/** A way to an API in one of two inputs. */
export interface Side {
  readonly asked: AskedApi;
  readonly way: Entrance;
  /** The template of the API, as seen from the input. */
  readonly template: string;
}

/** One way to an API, as it was and as it is. */
export interface Sides {
  readonly before?: Side;
  readonly after?: Side;
}

/** All ways to the APIs of an input. */
export function sidesIn(input: string, all: AskedApi[]): Side[] {
  return all.flatMap((asked) =>
    asked.ways.map((way) => ({ asked, way, template: relative(input, asked.api.templateFile ?? input) })),
  );
}

/**
 * What has one name before and after is the same way. Where several have it in one input, such as
 * those of two stacks without construct paths, the file of their template tells them apart.
 */
export function pairedWays(before: Side[], after: Side[]): Sides[] {
  const repeated = new Set([...repeatedNames(before), ...repeatedNames(after)]);
  const keyOf = ({ way, template }: Side): string => {
    const name = nameOfWay(way);
    return repeated.has(name) ? `${name}\n${template}` : name;
  };
  const old = new Set(before);
  return groupBy([...before, ...after], keyOf).flatMap((alike) => {
    const was = alike.filter((side) => old.has(side));
    const is = alike.filter((side) => !old.has(side));
    return Array.from({ length: Math.max(was.length, is.length) }, (_, at) => ({ before: was[at], after: is[at] }));
  });
}

function repeatedNames(sides: Side[]): string[] {
  const byName = groupBy(sides, ({ way }) => nameOfWay(way));
  return byName.flatMap(([first, ...others]) => (others.length > 0 ? [nameOfWay(first.way)] : []));
}
