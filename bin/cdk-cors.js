#!/usr/bin/env node
const { main } = require('../lib/cli/main.js');
const { terminalOf } = require('../lib/cli/terminal.js');

// The reader of the output may have read enough: `cdk-cors check | head`.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 2));

// Nothing left to wait for is not the same as done.
let isDone = false;
process.on('exit', (code) => {
  if (isDone || code !== 0) return;
  console.error('cdk-cors: it ended without a result.');
  process.exitCode = 2;
});

main(process.argv.slice(2), terminalOf(process)).then((code) => {
  isDone = true;
  process.exitCode = code;
});
