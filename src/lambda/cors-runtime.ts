import { Lazy, Stack } from 'aws-cdk-lib';
import { type Function as LambdaFunction, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { CorsPolicyOptions } from '../options/cors-options';
import { PolicyError } from '../policy/faults';
import type { Policy } from '../policy/policy';
import { policyFrom } from '../policy/policy-from';
import { answeredBy, isBehindOpenedOptions, markAnswering } from '../tree/cors-aware-backends';
import { warn } from '../warnings/warn';
import { layerFor } from './layer';
import { runtimeFaults, runtimePolicy } from './runtime-policy';

/**
 * What a `CorsRuntime` is made of.
 */
export interface CorsRuntimeProps {
  /**
   * Which pages may use the functions, and how: the policy of the API in front of them.
   *
   * Without `allowMethods`, all seven methods of API Gateway are announced: a function sees a
   * preflight only where its route takes any method.
   *
   * @default - every origin, without credentials
   */
  readonly cors?: CorsPolicyOptions;
}

/**
 * Brings a CORS policy to the Lambda functions behind proxy integrations, where the function itself
 * has to send the headers.
 *
 * A layer has `withCors` for Node.js and `with_cors` for Python, which wrap a handler; an
 * environment variable has the policy. The wrapped handler answers preflights with a 2xx status,
 * and sends the headers on everything else, errors included.
 *
 * @see
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html#apigateway-enable-cors-proxy
 * @example
 * declare const fn: lambda.Function;
 * const cors = { allowOrigins: ['https://app.example.com'] };
 * const api = new CorsEnabledRestApi(this, 'Api', { cors });
 * api.root.addProxy({ defaultIntegration: new apigateway.LambdaIntegration(fn) });
 *
 * const runtime = new CorsRuntime(this, 'Cors', { cors });
 * runtime.attachTo(fn);
 */
export class CorsRuntime extends Construct {
  private readonly policy: Policy;
  private readonly layered = new Set<LambdaFunction>();

  /**
   * @throws an error that names every fault of the policy at once.
   */
  public constructor(scope: Construct, id: string, props: CorsRuntimeProps = {}) {
    super(scope, id);
    const policy = policyFrom(props.cors);
    const faults = runtimeFaults(policy);
    if (faults.length > 0) throw new PolicyError(faults);
    for (const warning of policy.warnings) warn(this, warning.id, warning.text);
    this.policy = policy;
  }

  /**
   * Gives a function the layer and the policy. Its code has to wrap the handler.
   *
   * Node.js: `import { withCors } from 'cdk-cors/lambda'`, or `require`. Python: `from
   * cdk_cors_lambda import with_cors`.
   *
   * @param fn a Node.js or Python function
   * @throws where the function can have no such layer, or has the policy of another `CorsRuntime`.
   * @example
   * declare const runtime: CorsRuntime;
   * const fn = new lambda.Function(this, 'Orders', {
   *   runtime: lambda.Runtime.NODEJS_22_X,
   *   handler: 'index.handler',
   *   code: lambda.Code.fromInline(`
   *     const { withCors } = require('cdk-cors/lambda');
   *     exports.handler = withCors(async () => ({ statusCode: 200, body: 'hello' }));
   *   `),
   * });
   * runtime.attachTo(fn);
   */
  public attachTo(fn: LambdaFunction): void {
    const { family, name } = fn.runtime;
    if (family !== RuntimeFamily.NODEJS && family !== RuntimeFamily.PYTHON)
      throw new Error(`${fn.node.path}: ${noLayer(name)}`);
    this.attachPolicyTo(fn);
    if (this.layered.has(fn)) return;
    fn.addLayers(layerFor(fn));
    this.layered.add(fn);
  }

  /**
   * Gives a function the policy without the layer: for code that brings the helper along, bundled
   * or in a container image.
   *
   * Node.js: `cdk-cors/lambda` is part of the npm package. Python: `pip install` the folder
   * `lambda/python` of it.
   *
   * @param fn a function whose code wraps its handler
   * @throws where the function has the policy of another `CorsRuntime`.
   * @example
   * declare const runtime: CorsRuntime;
   * const fn = new lambda_nodejs.NodejsFunction(this, 'Orders', { entry: 'orders.ts' });
   * runtime.attachPolicyTo(fn);
   */
  public attachPolicyTo(fn: LambdaFunction): void {
    const other = answeredBy(fn);
    if (other === this) return;
    if (other) {
      throw new Error(
        `${fn.node.path}: ${this.node.path} brings a second CORS policy here; the first came by ${other.node.path}. Keep one of them.`,
      );
    }
    // Which OPTIONS routes are opened is known when the tree is whole.
    const produce = () => Stack.of(fn).toJsonString(runtimePolicy(this.policy, isBehindOpenedOptions(fn)));
    fn.addEnvironment('CORS_POLICY', Lazy.uncachedString({ produce }));
    markAnswering(fn, this);
  }
}

function noLayer(runtime: string): string {
  return runtime === 'FROM_IMAGE'
    ? 'a container image takes no layer. Install the helper in the image, and use attachPolicyTo.'
    : `the layer has helpers for Node.js and Python, and this function runs ${runtime}. Send the headers from its own code.`;
}
