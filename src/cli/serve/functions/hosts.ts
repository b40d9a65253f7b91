/**
 * What runs in the process of a function: it loads the handler, takes events as lines of JSON on
 * the file descriptor 3, and writes results to 4. Standard output is the function's own. Texts,
 * since they run in another process and language.
 */

/**
 * A stream as Lambda's runtime client gives it to a handler, and with its words: what `from` gets
 * is sent in front of the first `write`, and is lost where nothing is written. Each write is a line
 * at once.
 */
const RESPONSE_STREAM = `
const { Writable } = require('node:stream');
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
  HttpResponseStream: class {
    static from(stream, prelude) {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      const text = JSON.stringify(prelude);
      stream._onBeforeFirstWrite = (write) => {
        write(text);
        write(new Uint8Array(8));
      };
      return stream;
    }
  },
};
function responseStream(say) {
  let contentType = 'application/octet-stream';
  let hasBegun = false;
  const begin = () => {
    if (!hasBegun) say({ begins: contentType });
    hasBegun = true;
  };
  const stream = new Writable({
    write(chunk, encoding, done) {
      begin();
      say({ chunk: chunk.toString('base64') });
      done();
    },
  });
  const write = stream.write.bind(stream);
  let isFirst = true;
  stream.write = (chunk, ...rest) => {
    if (isFirst) stream._onBeforeFirstWrite?.(write);
    isFirst = false;
    const isBytes = typeof chunk === 'string' || chunk instanceof Uint8Array;
    return write(isBytes ? chunk : JSON.stringify(chunk), ...rest);
  };
  stream.setContentType = (type) => {
    if (!isFirst) throw new Error('Cannot set content-type, too late.');
    contentType = type;
  };
  return { stream, begin };
}
`;

/** Layers are found from ES modules, too: Node.js alone looks for these beside the file. */
const LAYERS_FOR_MODULES = `
const { register } = require('node:module');
const hooks = \`
  import { createRequire } from 'node:module';
  import { delimiter, join } from 'node:path';
  import { pathToFileURL } from 'node:url';
  export async function resolve(specifier, context, next) {
    try {
      return await next(specifier, context);
    } catch (error) {
      for (const folder of process.env.NODE_PATH.split(delimiter)) {
        try {
          const file = createRequire(join(folder, 'layer.js')).resolve(specifier);
          return { url: pathToFileURL(file).href, shortCircuit: true };
        } catch {}
      }
      throw error;
    }
  }\`;
if (process.env.NODE_PATH) register('data:text/javascript,' + encodeURIComponent(hooks));
`;

export const NODE_HOST = `${RESPONSE_STREAM}${LAYERS_FOR_MODULES}
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
  const { id, event, context, streams } = JSON.parse(line);
  current = id;
  const end = Date.now() + context.timeLimit;
  try {
    const handler = await loaded;
    const getRemainingTimeInMillis = () => Math.max(0, end - Date.now());
    const given = { ...context, getRemainingTimeInMillis, callbackWaitsForEmptyEventLoop: false };
    if (handler[STREAMING] === 'response') {
      if (!streams) throw new Error('its handler streams, and is called for a whole response');
      const { stream, begin } = responseStream((message) => current === id && say(message));
      const finished = new Promise((resolve, reject) => stream.on('finish', resolve).on('error', reject));
      finished.catch(() => undefined);
      const returned = handler(event, stream, given);
      if (typeof returned?.then !== 'function') throw new Error('Streaming does not support non-async handlers.');
      await returned;
      await finished;
      begin();
      say({ ended: true });
      return;
    }
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
