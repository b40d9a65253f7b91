import { Command, CommanderError } from 'commander';
import { defineCheck } from './check/command';
import { defineExplain } from './explain/command';
import { defineInit } from './init/command';
import { defineProbe } from './probe/command';
import { defineServe } from './serve/command';
import { guarded, printable, type Terminal } from './terminal';

/**
 * Runs the command line and returns the exit code: 0 all is well, 1 something is blocked, 2 the
 * command could not do its work.
 */
export async function main(argv: string[], unguarded: Terminal): Promise<number> {
  const terminal = guarded(unguarded);
  let exitCode = 0;
  const end = (code: number): void => {
    exitCode = code;
  };
  const program = new Command('cdk-cors')
    .description('Tells what a browser makes of the CORS of an API, before and after it is deployed.')
    .version(require('../../package.json').version)
    .configureOutput({
      writeOut: (text) => terminal.write(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    })
    .exitOverride();
  defineCheck(program, terminal, end);
  defineInit(program, terminal);
  defineServe(program, terminal);
  defineProbe(program, terminal, end);
  defineExplain(program, terminal, end);

  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has said why
    terminal.complain(`cdk-cors: ${told(error as Error)}`);
    return 2;
  }
}

/**
 * An error that users can correct is a line for each fault. Anything else is a fault of this
 * program, whose authors need to know where.
 */
function told({ name, message, stack }: Error): string {
  return name === 'Error' ? message.split('\n').map(printable).join('\n') : (stack ?? message);
}
