// Appends to API.md what jsii does not know: the functions and the error that are TypeScript's alone.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const reference = join(__dirname, '../../API.md');
const own = readFileSync(join(__dirname, 'typescript.md'), 'utf8');
const [generated] = readFileSync(reference, 'utf8').split(own.split('\n')[0]);
writeFileSync(reference, `${generated.trimEnd()}\n\n${own}`);
