import { execFileSync } from 'node:child_process';

/**
 * What `require('cdk-cors')` takes after `require('aws-cdk-lib')`, in milliseconds, in a process of
 * its own.
 */
export function loadingTime(): number {
  const script = `require('aws-cdk-lib'); const before = process.hrtime.bigint(); require('cdk-cors'); console.log(Number(process.hrtime.bigint() - before) / 1e6);`;
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}
