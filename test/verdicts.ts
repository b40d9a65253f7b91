import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type BrowserRequest, CorsSimulator } from '../src';

declare global {
  namespace jest {
    interface Matchers<R> {
      /** The page's script can read the response. */
      toAllow(request: BrowserRequest): R;
      /** The browser keeps the response from the page, for this reason. */
      toBlock(request: BrowserRequest, rule: string): R;
      /** The backend decides. */
      toDependOnBackend(request: BrowserRequest): R;
    }
  }
}

const simulators = new WeakMap<IConstruct, CorsSimulator>();

/** Of an API, or a stack. */
function verdictOn(construct: IConstruct, request: BrowserRequest) {
  const stack = Stack.of(construct);
  const simulator = simulators.get(stack) ?? CorsSimulator.fromStack(stack);
  simulators.set(stack, simulator);
  return simulator.request(construct === stack ? request : { api: logicalIdOf(construct), ...request });
}

function logicalIdOf(api: IConstruct): string {
  const cfn = (CfnResource.isCfnResource(api) ? api : api.node.defaultChild) as CfnResource;
  return Stack.of(api).resolve(cfn.logicalId);
}

function judged(outcome: string, rule?: string) {
  return (construct: IConstruct, request: BrowserRequest, expectedRule = rule) => {
    const verdict = verdictOn(construct, request);
    return {
      pass: verdict.outcome === outcome && (expectedRule === undefined || verdict.rule === expectedRule),
      message: () =>
        `${request.method ?? 'GET'} ${request.path} from ${request.origin}: expected ${outcome} ${expectedRule ?? ''}, the verdict is ${JSON.stringify(verdict, undefined, 2)}`,
    };
  };
}

expect.extend({
  toAllow: judged('ALLOWED'),
  toBlock: judged('BLOCKED'),
  toDependOnBackend: judged('DEPENDS_ON_BACKEND'),
});
