import { type Output, writeOutputs } from '../outputs';
import type { GuardedTerminal } from '../terminal';
import type { Compared } from './compared';
import { annotationsOf, jsonOf, markdownOf, textOf } from './report';

/** Writes a comparison in each format that is asked for. */
export function writeDiff(compared: Compared, outputs: Output[], terminal: GuardedTerminal): void {
  const renderers = {
    table: (written: string[]) => [textOf(compared, terminal), ...written].join('\n'),
    json: () => jsonOf(compared),
    list: () => jsonOf(compared),
    github: () => annotationsOf(compared),
    markdown: () => markdownOf(compared),
  };
  writeOutputs(outputs, { asker: '--diff', renderers }, terminal);
}
