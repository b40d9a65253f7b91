import { App, Stack } from 'aws-cdk-lib';
import { HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CorsEnabledHttpApi, PreflightHandler } from '../../../src';
import type { Case } from '../trial';
import { ADMIN, APP, EVIL } from './pages';

/** [handler, what decides about a preflight that it answers, name] */
const HANDLERS: [() => PreflightHandler, string, string][] = [
  [() => PreflightHandler.backend(), 'backend', 'backend()'],
  [() => PreflightHandler.builtIn(), 'ok', 'builtIn()'],
  [() => PreflightHandler.integration(new HttpUrlIntegration('Own', 'https://preflights.example.com/')), 'backend', 'integration()'],
];

const AUTHORIZERS: [() => IHttpRouteAuthorizer, string][] = [
  [() => new HttpJwtAuthorizer('Jwt', 'https://login.example.com', { jwtAudience: ['pets'] }), 'tokens'],
  [() => new HttpIamAuthorizer(), 'signatures'],
  [() => new HttpNoneAuthorizer(), 'nothing'],
];

/** [route, paths that it takes, whether it takes their preflights] */
const ROUTES: [HttpRouteKey, string[], boolean][] = [
  [HttpRouteKey.DEFAULT, ['/', '/pets', '/pets/42/food'], true],
  [HttpRouteKey.with('/pets', HttpMethod.ANY), ['/pets'], true],
  [HttpRouteKey.with('/pets/{proxy+}', HttpMethod.ANY), ['/pets/42/food'], true],
  [HttpRouteKey.with('/pets/{id}', HttpMethod.PUT), ['/pets/42'], false],
];

/** What `CorsEnabledHttpApi` promises, whoever answers the preflights that a route takes from API Gateway. */
export const preflightHandlers: Case[] = HANDLERS.flatMap(([handler, decides, name]) =>
  AUTHORIZERS.flatMap(([authorizer, asked]) =>
    ROUTES.flatMap(([key, paths, takesPreflights]) => {
      const template = synthesized(handler(), key, authorizer());
      const common = { why: `${name} on ${key.key}, which asks for ${asked}`, template };
      return paths.flatMap((path): Case[] => {
        const put = { origin: APP, path, method: 'PUT', headers: { Authorization: 'Bearer x' }, credentials: true };
        return [
          { ...common, request: put, rule: takesPreflights ? decides : 'ok' },
          { ...common, request: { ...put, origin: ADMIN } },
          { ...common, request: { ...put, origin: EVIL }, rule: 'preflight-origin' },
        ];
      });
    }),
  ),
);

function synthesized(preflightHandler: PreflightHandler, routeKey: HttpRouteKey, authorizer: IHttpRouteAuthorizer): object {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  const httpApi = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP, ADMIN], allowCredentials: true, preflightHandler } });
  const integration = new HttpUrlIntegration('Backend', 'https://backend.example.com/');
  new HttpRoute(stack, 'Route', { httpApi, routeKey, integration, authorizer });
  return app.synth().getStackByName('Stack').template;
}
