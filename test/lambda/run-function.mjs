/**
 * What Lambda does with a Node.js function, as far as a handler can tell: `run-function.mjs MODULE EXPORT`, events on standard input, what Lambda
 * would be told on file descriptor 3.
 */
import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , module, name] = process.argv;
const handler = (await import(pathToFileURL(module)))[name];
if (handler.length >= 3) throw new Error('Runtime.CallbackHandlerDeprecated'); // as from Node.js 24 on

const outcomes = [];
for (const event of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    outcomes.push({ result: JSON.parse(JSON.stringify(await handler(event, { awsRequestId: 'r-1' })) ?? 'null') });
  } catch (error) {
    outcomes.push({ error: error.message });
  }
}
const bytes = Buffer.from(JSON.stringify(outcomes));
for (let sent = 0; sent < bytes.length; ) sent += writeSync(3, bytes, sent);
