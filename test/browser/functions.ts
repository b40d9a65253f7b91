/**
 * Lambda functions behind the gateway's model: handlers inside the helpers that are deployed,
 * Node.js in this process and Python in its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GatewayRequest } from '../../src/verify/gateway/gateway';
import type { Answer, Backend } from './server';
import { ignorant, willing } from './trial';

export type Language = 'Node.js' | 'Python';
export type Payload = '1.0' | '2.0';

/** The backends of a trial, as handlers of a function that has this CORS_POLICY. */
export function wrapped(language: Language, policy: string, payload: Payload): [Backend, Backend] {
  const host = language === 'Python' ? pythonFunction : nodeFunction;
  const [one, other] = [host('willing', policy), host('ignorant', policy)];
  const through = (fn: LambdaFunction) => async (request: GatewayRequest) =>
    responseOf(await fn(eventOf(request, payload)));
  return [through(one), through(other)];
}

type LambdaFunction = (event: object) => Promise<any>;
type Handler = 'willing' | 'ignorant';

function nodeFunction(handler: Handler, policy: string): LambdaFunction {
  const { withCors } = require('../../lambda/node');
  const answer = { willing, ignorant }[handler];
  process.env.CORS_POLICY = policy; // read where the handler is wrapped
  const fn = withCors(async ({ headers, httpMethod, requestContext }: any) => {
    const { status, ...rest } = answer({ method: httpMethod ?? requestContext.http.method, path: '/', headers });
    return { statusCode: status, ...rest };
  });
  delete process.env.CORS_POLICY;
  return fn;
}

function pythonFunction(handler: Handler, policy: string): LambdaFunction {
  return (event) => {
    python ??= new PythonHost();
    return python.invoke({ handler, policy, event });
  };
}

/** One process for all functions: an event a line in, a result a line out, in the same order. */
class PythonHost {
  private readonly waiting: ((result: any) => void)[] = [];
  private readonly process: ChildProcess;

  public constructor() {
    const PYTHONPATH = join(__dirname, '..', '..', 'lambda', 'python');
    this.process = spawn('python3', ['-B', join(__dirname, 'functions.py')], {
      env: { ...process.env, PYTHONPATH },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: this.process.stdout! }).on('line', (line) => this.waiting.shift()?.(JSON.parse(line)));
  }

  public invoke(call: object): Promise<any> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.process.stdin!.write(`${JSON.stringify(call)}\n`);
    });
  }

  public stop(): void {
    this.process.stdin!.end();
  }
}

let python: PythonHost | undefined;
afterAll(() => python?.stop());

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.proxy-format
 */
function eventOf({ method, path, headers }: GatewayRequest, payload: Payload): object {
  if (payload === '2.0')
    return {
      version: '2.0',
      rawPath: path,
      headers,
      requestContext: { http: { method, path } },
      isBase64Encoded: false,
    };
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    httpMethod: method,
    path,
    headers,
    multiValueHeaders,
    requestContext: {},
    body: null,
    isBase64Encoded: false,
  };
}

function responseOf({ statusCode, headers, body }: any): Answer {
  const lower = Object.entries<any>(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { status: statusCode, headers: Object.fromEntries(lower), body };
}
