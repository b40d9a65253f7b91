import { Construct, type IConstruct } from 'constructs';
import { coverDefaultsOf } from './engine';
import type { EnableCorsOptions } from './options/cors-options';
import { CorsPolicyError, namingConstruct, quote } from './policy/faults';
import { policyFrom } from './policy/policy-from';
import { identity } from './tree/attachments';
import { beforeSynthesis } from './tree/before-synthesis';
import { hasDefaultPolicies, setDefaultPolicy } from './tree/default-policies';
import { isPartOfApi } from './uncovered-apis';

/**
 * One CORS policy for every REST and HTTP API below a scope (the App, a Stage, a Stack, any
 * construct) that has none of its own, whatever is added later.
 *
 * The policy nearest to an API holds: one that `EnableCors` or a `cors` property put on it (or on
 * a resource of it) wins, and so do defaults of a scope further down. An API with
 * `defaultCorsPreflightOptions` or `corsPreflight` stays as it is. Function URLs and WebSocket APIs
 * are not covered.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 * @example
 * declare const app: App;
 * CorsDefaults.of(app).set({ allowOrigins: ['https://app.example.com'] });
 */
export class CorsDefaults {
  /**
   * The defaults of a scope.
   *
   * @param scope an API, or what has APIs below it: the App, a Stage, a Stack, any construct
   * @throws where this is not a construct, or a part of an API, such as a resource or a route.
   */
  public static of(scope: IConstruct): CorsDefaults {
    if (!Construct.isConstruct(scope)) {
      throw new CorsPolicyError([
        `CorsDefaults.of: ${quote(scope)} is not a construct. ` +
          'Write the App, a Stage, a Stack or another construct with APIs below it.',
      ]);
    }
    if (isPartOfApi(scope)) throw new CorsPolicyError([partOfApi(scope)]);
    return new CorsDefaults(identity(scope));
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Gives every REST and HTTP API below the scope this policy unless it has one of its own.
   *
   * `statusCode`, `errorOrigin` and `preflight` hold for the REST APIs among them,
   * `preflightHandler` and `originMatching` for the HTTP APIs.
   *
   * @param options the policy (left out, every origin may use the APIs, without credentials)
   * @throws an error that names every fault of the policy at once, and where the scope has a
   * default already. What only one of the APIs cannot follow, such as a subdomain wildcard on an
   * HTTP API, is an error at synthesis, which names the API.
   * @example
   * declare const stack: Stack;
   * CorsDefaults.of(stack).set({ allowOrigins: ['https://app.example.com'], allowCredentials: true });
   */
  public set(options?: EnableCorsOptions): void {
    const policy = namingConstruct(this.scope.node.path, () => {
      if (options?.includeChildren !== undefined) throw new CorsPolicyError([FOR_WHOLE_APIS]);
      return policyFrom(options);
    });
    this.remember({ cors: policy, options });
  }

  /**
   * Leaves every API below the scope without a policy, unless it has one of its own:
   * for APIs that no page is meant to use.
   *
   * @throws where the scope has a default already.
   * @example
   * declare const internalApi: apigateway.RestApi;
   * CorsDefaults.of(internalApi).none();
   */
  public none(): void {
    this.remember();
  }

  private remember(policy?: Parameters<typeof setDefaultPolicy>[1]): void {
    setDefaultPolicy(this.scope, policy);
    watchStages();
  }
}

const FOR_WHOLE_APIS =
  'cors.includeChildren: a default is for whole APIs, every resource included. Leave includeChildren out.';

function partOfApi({ node }: IConstruct): string {
  return (
    `CorsDefaults.of: ${node.path} is a part of an API, and a default is for whole APIs. ` +
    'Write EnableCors.on(resource, …) for a policy of one resource of a REST API, ' +
    'or CorsDefaults.of(api) for all of an API.'
  );
}

let isWatching = false;

/** What is added later is there when its Stage is synthesized. */
function watchStages(): void {
  if (isWatching) return;
  isWatching = true;
  beforeSynthesis((stage) => {
    if (hasDefaultPolicies(stage)) coverDefaultsOf(stage);
  });
}
