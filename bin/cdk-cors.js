#!/usr/bin/env node
const { main } = require('../lib/cli/main.js');
const { terminalOf } = require('../lib/cli/terminal.js');

// Whoever reads the output may have read enough: `cdk-cors check | head`.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 2));

main(process.argv.slice(2), terminalOf(process)).then((code) => {
  process.exitCode = code;
});
