import { Lazy, Stack, Stage } from 'aws-cdk-lib';
import { type Function as LambdaFunction, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import type { RestApiCorsOptions } from '../options/cors-options';
import { CorsPolicyError, namingConstruct } from '../policy/faults';
import type { Policy } from '../policy/policy';
import { policyFrom } from '../policy/policy-from';
import { corsRuntimeOf, isBehindOpenedOptions, markCorsAware } from '../tree/cors-aware-backends';
import { atSynthesis } from '../tree/on-synthesis';
import { markFollower } from '../tree/policy-mark';
import { askForRoutePolicies, type RoutePolicies } from '../tree/route-policies';
import { isInTree } from '../tree/tree-order';
import { unboundedParameter } from '../warnings/unbounded-parameter';
import { annotate } from '../warnings/warn';
import { differences, warnAboutFunctionUrls, warnAboutMismatches } from './diagnostics';
import { apiFault, type Followed, followedPolicy } from './followed-policy';
import { layerFor } from './layer';
import { runtimeFaults, runtimePolicy } from './runtime-policy';

/**
 * What a `CorsRuntime` is made of.
 */
export interface CorsRuntimeProps {
  /**
   * The REST or HTTP API in front of the functions, whose policy they follow: put on it before or
   * after, by `cors` or by `EnableCors`.
   *
   * A function follows the policy of the routes that end in it. Routes with different policies need
   * a function each.
   *
   * @default - the policy is the one in `cors`
   */
  readonly api?: IConstruct;

  /**
   * Which pages may use the functions, and how, where that is not a policy of an API: for a
   * function URL, or an API that is made elsewhere.
   *
   * Without `allowMethods`, all seven methods of API Gateway are announced: a function sees a
   * preflight only where its route takes any method. `errorOrigin` and `preflight` are about a REST
   * API and make no difference here.
   *
   * @default - the policy of `api`; without that, every origin, without credentials
   */
  readonly cors?: RestApiCorsOptions;
}

/**
 * Brings a CORS policy to the Lambda functions behind proxy integrations, where the function itself
 * has to send the headers.
 *
 * A layer has `withCors` for Node.js and `with_cors` for Python, which wrap a handler; an
 * environment variable has the policy. The wrapped handler answers preflights with a 2xx status,
 * and sends the headers on everything else, errors included.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html#apigateway-enable-cors-proxy
 * @example
 * declare const fn: lambda.Function;
 * const api = new CorsEnabledRestApi(this, 'Api', { cors: { allowOrigins: ['https://app.example.com'] } });
 * api.root.addProxy({ defaultIntegration: new apigateway.LambdaIntegration(fn) });
 *
 * const runtime = new CorsRuntime(this, 'Cors', { api });
 * runtime.attachTo(fn);
 */
export class CorsRuntime extends Construct {
  private readonly policy?: Policy;
  private readonly layered = new Set<LambdaFunction>();
  /** What each function follows; with `api`, known when the tree is whole. */
  private readonly followed = new Map<LambdaFunction, Followed | undefined>();

  /**
   * @throws an error that names every fault of the policy at once, and where `api` is not an API or
   * stands beside `cors`.
   */
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: CorsRuntimeProps = {},
  ) {
    super(scope, id);
    if (props.api === undefined) this.policy = this.policyOf(props.cors);
    else this.checkApi(props);
    const notes = askForRoutePolicies(this);
    const stage = Stage.of(this)!;
    const runtimes = getOrCreate(runtimesOf, stage, () => []);
    runtimes.push(this);
    atSynthesis(this, 'check', () => {
      for (const runtime of runtimes.filter(isInTree)) runtime.settle(notes);
      warnAboutFunctionUrls(stage, notes);
    });
    this.node.addValidation({ validate: () => [...this.followed.values()].flatMap(faultsOf) });
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
      throw new CorsPolicyError([noLayer(name)], fn.node.path);
    this.attachPolicyTo(fn);
    if (this.layered.has(fn)) return;
    fn.addLayers(layerFor(fn));
    this.layered.add(fn);
  }

  /**
   * Gives a function the policy without the layer: for code that brings the helper along, bundled
   * or in a container image.
   *
   * Node.js: a bundler takes `cdk-cors/lambda` from this package; `npm install cdk-cors-lambda` is
   * the helper alone. Python: `pip install cdk-cors-lambda`.
   *
   * @param fn a function whose code wraps its handler
   * @throws where the function has the policy of another `CorsRuntime`.
   * @example
   * declare const runtime: CorsRuntime;
   * const fn = new lambda_nodejs.NodejsFunction(this, 'Orders', { entry: 'orders.ts' });
   * runtime.attachPolicyTo(fn);
   */
  public attachPolicyTo(fn: LambdaFunction): void {
    const other = corsRuntimeOf(fn);
    if (other === this) return;
    if (other) {
      throw new CorsPolicyError(
        [`${this.node.path} brings a second CORS policy here; the first came by ${other.node.path}. Keep one of them.`],
        fn.node.path,
      );
    }
    const produce = () => this.variable(fn);
    fn.addEnvironment('CORS_POLICY', Lazy.uncachedString({ produce }));
    this.followed.set(fn, this.policy && { policy: this.policy });
    markCorsAware(fn, this);
    if (this.props.api) markFollower(fn, this.props.api);
  }

  private policyOf(cors?: RestApiCorsOptions): Policy {
    const policy = namingConstruct(this.node.path, () => policyFrom(cors));
    const faults = runtimeFaults(policy);
    if (faults.length > 0) throw new CorsPolicyError(faults, this.node.path);
    for (const warning of policy.warnings) annotate(this, warning);
    const unbounded = unboundedParameter(policy.origins, this, 'function');
    if (unbounded) annotate(this, unbounded);
    return policy;
  }

  private checkApi({ api, cors }: CorsRuntimeProps): void {
    const fault = apiFault(api, this);
    const both = cors && 'cors: api brings a policy already, and a function follows one. Write { api } or { cors }.';
    const faults = [fault, both].filter((each): each is string => each !== undefined);
    if (faults.length > 0) throw new CorsPolicyError(faults, this.node.path);
  }

  /** When the tree is whole: what each function follows, and whether its routes agree. */
  private settle(notes: RoutePolicies): void {
    const { api } = this.props;
    if (api) for (const fn of this.followed.keys()) this.followed.set(fn, followedPolicy(fn, api, notes));
    const mismatches = [...this.followed].flatMap(([fn, followed]) => {
      if (!followed || 'faults' in followed) return [];
      const { policy } = followed;
      const routes = notes.ofFunction(fn).filter((route) => differences(policy, route.policy).length > 0);
      return routes.length > 0 ? [{ fn, policy, routes }] : [];
    });
    warnAboutMismatches(this, mismatches);
  }

  /** A function whose policy is not known yet, or never will be, does not start. */
  private variable(fn: LambdaFunction): string {
    const followed = this.followed.get(fn);
    if (!followed) return '{}';
    if ('faults' in followed) throw new CorsPolicyError(followed.faults, this.node.path);
    // Which OPTIONS routes are opened is known when the tree is whole.
    return Stack.of(fn).toJsonString(runtimePolicy(followed.policy, isBehindOpenedOptions(fn)));
  }
}

/** Those of each Stage. */
const runtimesOf = new WeakMap<IConstruct, CorsRuntime[]>();

function faultsOf(followed: Followed | undefined): string[] {
  return followed && 'faults' in followed ? followed.faults : [];
}

function noLayer(runtime: string): string {
  return runtime === 'FROM_IMAGE'
    ? 'a container image takes no layer. Install the helper in the image, and use attachPolicyTo.'
    : `the layer has helpers for Node.js and Python, and this function runs ${runtime}. ` +
        'Send the headers from its own code.';
}
