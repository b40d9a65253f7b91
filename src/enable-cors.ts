import { type CfnResource, ConstructSelector, Mixins } from 'aws-cdk-lib';
import { Construct, type IConstruct, type IMixin } from 'constructs';
import { attachPolicy } from './engine';
import { isHttpApiTarget, isWebSocketApi } from './http-api/http-api-target';
import { isFunctionUrlTarget } from './lambda/function-url';
import type { EnableCorsOptions } from './options/cors-options';
import { CorsPolicyError, namingConstruct } from './policy/faults';
import type { Policy } from './policy/policy';
import { policyFrom } from './policy/policy-from';
import { isRestApiTarget } from './rest-api/rest-api-policy';
import { MixinScope } from './tree/mixin-scope';
import { warn } from './warnings/warn';

/**
 * Lets pages of other origins use an API, a part of it, or a function URL: one CORS policy as a
 * mixin, in every language.
 *
 * `api.with(new EnableCors(…))` covers a whole API, whatever is added to it later;
 * `resource.with(new EnableCors(…))` a resource and those that are below it now; on a Stack, a
 * Stage or the App it covers the APIs that are there then. In Python it is `with_`. The policy
 * nearest to a resource holds. For one resource alone: `EnableCors.on(resource, …)`.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 * @example
 * declare const api: apigateway.RestApi;
 * EnableCors.on(api, { allowOrigins: ['https://app.example.com'] });
 */
export class EnableCors implements IMixin {
  /**
   * Puts a policy on an API (all of it, whatever is added later), one resource (it alone, or with
   * `includeChildren` all below it), an HTTP API or a function URL. The same as `addCors` in
   * TypeScript.
   *
   * @param target a `RestApi` or `SpecRestApi`, a resource of one, an `HttpApi`,
   * a `FunctionUrl`, or their L1s
   * @param options the policy (left out, every origin may use the API, without credentials)
   * @throws an error that names every fault at once: of the policy, and of the target.
   * @example
   * declare const api: apigateway.RestApi;
   * EnableCors.on(api.root.addResource('pets'), { allowOrigins: ['https://app.example.com'], includeChildren: true });
   */
  public static on(target: IConstruct, options?: EnableCorsOptions): void {
    enableCors(target, options, 'EnableCors.on');
  }

  private readonly policy: Policy;
  private readonly mixinScope = new MixinScope();
  private reach?: Reach;

  /**
   * @param options the policy (left out, every origin may use the API, without credentials)
   * @throws an error that names every fault of the policy at once.
   */
  public constructor(private readonly options?: EnableCorsOptions) {
    this.policy = policyFrom(options);
  }

  /**
   * Whether the construct is a REST API, a resource of one, an HTTP API or a function URL:
   * an L2, an L1, or imported.
   */
  public supports(construct: IConstruct): boolean {
    const isSupported = isTarget(construct);
    if (this.mixinScope.visit(construct)) this.reach = watchReach(construct);
    if (isSupported) this.reach!.isEmpty = false;
    return isSupported;
  }

  /**
   * Puts the policy on a construct. What follows from it is made at synthesis, so the order of
   * calls does not matter.
   *
   * @throws where the construct already has a policy of its own, or cannot follow this one.
   */
  public applyTo(construct: IConstruct): void {
    this._attach(construct, this.mixinScope.appliedAt(construct), 'EnableCors');
  }

  /** @internal */
  public _attach(construct: IConstruct, origin: IConstruct, calledAs: string): void {
    const attachment = {
      construct,
      origin,
      source: this,
      calledAs,
      policy: { cors: this.policy, options: this.options },
    };
    if (!isTarget(construct)) throw new CorsPolicyError([notATarget(construct)]);
    attachPolicy(attachment);
  }
}

/**
 * Lets pages of other origins use an API (all of it, whatever is added later), or one resource (it
 * alone, as `addCorsPreflight` does).
 *
 * The order relative to other calls does not matter. Other languages than TypeScript: see
 * `EnableCors`.
 *
 * @param target a `RestApi` or `SpecRestApi`, a resource of one, an `HttpApi`, a `FunctionUrl`, or
 * their L1s (a document that an API is made from has to be inline)
 * @param options the policy (left out, every origin may use the API, without credentials)
 * @throws an error that names every fault at once: of the policy, and of the target.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function addCors(target: IConstruct, options?: EnableCorsOptions): void {
  enableCors(target, options, 'addCors');
}

/** `addCors`, and the same by the `cors` property of a construct, which errors then name. */
export function enableCors(target: IConstruct, options: EnableCorsOptions | undefined, calledAs: string): void {
  if (!Construct.isConstruct(target)) throw new CorsPolicyError([notATarget(target)]);
  const mixin = namingConstruct(target.node.path, () => new EnableCors(options));
  const named: IMixin = { supports: () => true, applyTo: (construct) => mixin._attach(construct, construct, calledAs) };
  Mixins.of(target, ConstructSelector.onlyItself()).apply(named);
}

/** What one application of a mixin came to. */
interface Reach {
  isEmpty: boolean;
}

/**
 * The CDK does not say when it has asked about everything,
 * so it is looked at when the app is validated.
 */
function watchReach(construct: IConstruct): Reach {
  const reach = { isEmpty: true };
  const validate = () => {
    if (reach.isEmpty) warn(construct, 'ReachesNothing');
    return [];
  };
  construct.node.addValidation({ validate });
  return reach;
}

function isTarget(construct: IConstruct): boolean {
  return isRestApiTarget(construct) || isHttpApiTarget(construct) || isFunctionUrlTarget(construct);
}

function notATarget(construct: IConstruct): string {
  if (!Construct.isConstruct(construct)) {
    return (
      'CORS goes on a REST API, one of its resources, an HTTP API or a function URL; ' +
      `this is ${construct === null ? 'null' : `of type ${typeof construct}`}, and no construct.`
    );
  }
  const { path } = construct.node;
  const type = (construct as CfnResource).cfnResourceType ?? classOf(construct);
  if (isWebSocketApi(construct)) {
    return (
      `${path}: browsers open WebSockets to any origin without asking, so a WebSocket API has no CORS. ` +
      'Check the Origin header in its $connect route.'
    );
  }
  if (/^AWS::Serverless::(HttpApi|Api)$/.test(type)) {
    return (
      `${path}: the routes of an ${type} appear only when CloudFormation transforms the template, ` +
      `after synthesis. Use its own ${type.endsWith('HttpApi') ? 'CorsConfiguration' : 'Cors'} property.`
    );
  }
  return (
    `${path}: CORS goes on a REST API, one of its resources, an HTTP API or a function URL (RestApi, Resource, ` +
    `CfnRestApi, CfnResource, HttpApi, CfnApi, FunctionUrl, CfnUrl), not on a ${type}.`
  );
}

/** The name that users know: aws-cdk-lib's own classes are renamed when it is built. */
function classOf(construct: IConstruct): string {
  const named = construct.constructor as any;
  return named[Symbol.for('jsii.rtti')]?.fqn.split('.').pop() ?? named.name;
}
