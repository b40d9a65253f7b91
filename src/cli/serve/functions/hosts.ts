/**
 * What runs in the process of a function: it loads the handler, takes events as lines of JSON on
 * the file descriptor 3, and writes results to 4. Standard output is the function's own. Texts,
 * since they run in another process and language.
 */
export const NODE_HOST = `
const { writeSync, existsSync } = require('node:fs');
const { Socket } = require('node:net');
const { createInterface } = require('node:readline');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const [folder, handlerName] = process.argv.slice(1);
let current;
const say = (message) => writeSync(4, JSON.stringify({ id: current, ...message }) + '\\n');
const told = (error) => ({
  error: { errorType: error?.name ?? 'Error', errorMessage: String(error?.message ?? error) },
});
const dot = handlerName.lastIndexOf('.');
const loaded = (async () => {
  const base = join(folder, handlerName.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((end) => base + end).find(existsSync);
  if (!file) throw new Error('there is no ' + handlerName.slice(0, dot) + '.js, .mjs or .cjs');
  const module = await import(pathToFileURL(file).href);
  const handler = module[handlerName.slice(dot + 1)] ?? module.default?.[handlerName.slice(dot + 1)];
  if (typeof handler !== 'function') throw new Error(handlerName + ' is not a function');
  return handler;
})();
loaded.catch(() => undefined).then(() => say({ ready: true }));
process.on('unhandledRejection', (error) => say(told(error)));
process.on('uncaughtException', (error) => say(told(error)));
createInterface({ input: new Socket({ fd: 3, readable: true, writable: false }) }).on('line', async (line) => {
  const { id, event, context } = JSON.parse(line);
  current = id;
  const end = Date.now() + context.timeLimit;
  try {
    const handler = await loaded;
    const getRemainingTimeInMillis = () => Math.max(0, end - Date.now());
    const given = { ...context, getRemainingTimeInMillis, callbackWaitsForEmptyEventLoop: false };
    const result = await new Promise((resolve, reject) => {
      const returned = handler(event, given, (error, value) => (error ? reject(error) : resolve(value)));
      if (typeof returned?.then === 'function') returned.then(resolve, reject);
      else if (returned !== undefined && handler.length < 3) resolve(returned);
    });
    say({ result: result ?? null });
  } catch (error) {
    console.error(error);
    say(told(error));
  }
}).on('close', () => process.exit(0));
`;

export const PYTHON_HOST = `
import importlib, json, os, sys, time, traceback
folder, handler_name = sys.argv[1:3]
sys.path.insert(0, folder)
events, results = os.fdopen(3, 'r', encoding='utf-8'), os.fdopen(4, 'w', encoding='utf-8')
current = None
def say(message):
    results.write(json.dumps({'id': current, **message}) + '\\n')
    results.flush()
def told(error):
    return {'error': {'errorType': type(error).__name__, 'errorMessage': str(error)}}
class Context:
    def __init__(self, values):
        self.__dict__.update(values)
        self.aws_request_id = values['awsRequestId']
        self.function_name = values['functionName']
        self.function_version = values['functionVersion']
        self._end = time.time() + values['timeLimit'] / 1000
    def get_remaining_time_in_millis(self):
        return max(0, int((self._end - time.time()) * 1000))
handler, fault = None, None
try:
    module, name = handler_name.rsplit('.', 1)
    handler = getattr(importlib.import_module(module.replace('/', '.')), name)
except BaseException as error:
    traceback.print_exc()
    fault = error
say({'ready': True})
for line in events:
    message = json.loads(line)
    current = message['id']
    try:
        if fault:
            raise fault
        say({'result': handler(message['event'], Context(message['context']))})
    except BaseException as error:
        if not fault:
            traceback.print_exc()
        say(told(error))
`;
