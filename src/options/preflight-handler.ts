import { type CfnResource, Lazy } from 'aws-cdk-lib';
import {
  CfnRoute,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  type HttpRouteIntegration,
  HttpRouteKey,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { SwallowedPreflight } from '../api-gateway/shadowed-preflights';
import { describedIntegration, invocationOf } from '../http-api/described-integration';
import { warnAboutBackend } from '../http-api/diagnostics';
import { fixedRequestOf } from '../http-api/fixed-request';
import { apiIdOf, type HttpApiTree, homeOf, l2Of, type RouteNode } from '../http-api/http-api-tree';
import { PreflightFunction } from '../http-api/preflight-function';
import { show } from '../policy/faults';
import { property } from '../tree/properties';

/**
 * Who answers the preflights that a route of an HTTP API takes from API Gateway.
 *
 * API Gateway answers a preflight only where no route matches OPTIONS. `$default` and `ANY` routes
 * match it: their integration is called, its status decides whether the browser goes on, and an
 * authorizer refuses the preflight, as browsers send it without a token.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export abstract class PreflightHandler {
  /**
   * The integration of the route itself answers: it has to send a 2xx status to an OPTIONS request
   * without a token.
   *
   * `$default` and `ANY` routes with an authorizer get an OPTIONS route without one beside them;
   * the others already reach their integration. One CloudFormation resource for each preflight
   * path. None is added where the integration does, or may do, the same for OPTIONS as for an
   * authorized request: an AWS service action, or an HTTP backend that is always called with one
   * method.
   *
   * @example
   * const cors: HttpApiCorsOptions = { allowOrigins: ['https://app.example.com'], preflightHandler: PreflightHandler.backend() };
   */
  public static backend(): PreflightHandler {
    return new Backend();
  }

  /**
   * A Lambda function that answers 204 and does nothing else: no backend sees a preflight.
   *
   * Every `$default` and `ANY` route gets an OPTIONS route beside it, with or without an
   * authorizer. One inline Node.js function for the API, without permissions and without a log:
   * four CloudFormation resources, and one for each preflight path.
   *
   * @example
   * const cors: HttpApiCorsOptions = { allowOrigins: ['https://app.example.com'], preflightHandler: PreflightHandler.builtIn() };
   */
  public static builtIn(): PreflightHandler {
    return new BuiltIn();
  }

  /**
   * An integration of your own: it has to send a 2xx status to an OPTIONS request without a token.
   * API Gateway adds the CORS headers.
   *
   * Every `$default` and `ANY` route gets an OPTIONS route beside it, with or without an
   * authorizer.
   *
   * @param integration what OPTIONS requests are sent to; like any integration, it can serve one
   * API only
   * @throws where it is no integration.
   * @example
   * const preflights = new apigatewayv2_integrations.HttpUrlIntegration('Preflights', 'https://preflights.example.com');
   * const cors: HttpApiCorsOptions = {
   *   allowOrigins: ['https://app.example.com'],
   *   preflightHandler: PreflightHandler.integration(preflights),
   * };
   */
  public static integration(integration: HttpRouteIntegration): PreflightHandler {
    if (typeof integration?.bind !== 'function') {
      throw new Error(
        `PreflightHandler.integration: ${show(integration)} is no integration of a route. Write one such as new HttpUrlIntegration("Preflights", "https://preflights.example.com").`,
      );
    }
    return new OwnIntegration(integration);
  }

  /** @internal Whether preflights that this route takes get an OPTIONS route. */
  public abstract _answersFor(route: RouteNode): boolean;

  /**
   * @internal An OPTIONS route that anyone may call. It is `<scope>/<id>/Resource` whatever stands
   * behind it, so that its logical id stays when the handler changes: CloudFormation creates before
   * it deletes, and an API has a route key only once.
   */
  public abstract _addRoute(
    scope: Construct,
    id: string,
    preflight: SwallowedPreflight<RouteNode>,
    tree: HttpApiTree,
  ): void;

  /**
   * @internal What answers, as an OpenAPI document describes it; `undefined`: the integration of
   * the route itself.
   */
  public abstract _described(api: CfnResource): Record<string, unknown> | undefined;
}

class Backend extends PreflightHandler {
  public _answersFor(route: RouteNode): boolean {
    return route.authorization !== undefined && fixedRequestOf(route) === undefined;
  }

  public _addRoute(scope: Construct, id: string, { path, by }: SwallowedPreflight<RouteNode>): void {
    const target = Lazy.uncachedString({ produce: () => property(by.cfn, 'Target') });
    openRoute(scope, id, { apiId: apiIdOf(by), path, target });
    warnAboutBackend(by);
  }

  public _described(): undefined {}
}

class BuiltIn extends PreflightHandler {
  public _answersFor(): boolean {
    return true;
  }

  public _addRoute(scope: Construct, id: string, { path, by }: SwallowedPreflight<RouteNode>, tree: HttpApiTree): void {
    openRoute(scope, id, { apiId: apiIdOf(by), path, target: PreflightFunction.of(homeOf(tree)).target });
  }

  public _described(api: CfnResource): Record<string, unknown> {
    const { arn } = PreflightFunction.of({ scope: api, apiId: api.ref });
    return { type: 'aws_proxy', httpMethod: 'POST', uri: invocationOf(arn, api), payloadFormatVersion: '2.0' };
  }
}

class OwnIntegration extends PreflightHandler {
  private described?: { api: CfnResource; integration: Record<string, unknown> };

  public constructor(private readonly integration: HttpRouteIntegration) {
    super();
  }

  public _answersFor(): boolean {
    return true;
  }

  /**
   * An L2, as only that can bind an integration; the API's default authorizer and scopes reach it
   * unless it is told otherwise.
   */
  public _addRoute(scope: Construct, id: string, { path }: SwallowedPreflight<RouteNode>, tree: HttpApiTree): void {
    new HttpRoute(scope, id, {
      httpApi: l2Of(tree),
      routeKey: HttpRouteKey.with(path, HttpMethod.OPTIONS),
      integration: this.integration,
      authorizer: new HttpNoneAuthorizer(),
      authorizationScopes: [],
    });
  }

  public _described(api: CfnResource): Record<string, unknown> {
    this.described ??= { api, integration: describedIntegration(this.integration, api) };
    if (this.described.api !== api) {
      throw new Error(
        `PreflightHandler.integration: the integration answers for ${this.described.api.node.path} already, and serves one API only. Make another one for ${api.node.path}.`,
      );
    }
    return this.described.integration;
  }
}

function openRoute(scope: Construct, id: string, route: { apiId: string; path: string; target: string }): void {
  new CfnRoute(new Construct(scope, id), 'Resource', {
    apiId: route.apiId,
    routeKey: `OPTIONS ${route.path}`,
    authorizationType: 'NONE',
    target: route.target,
  });
}
