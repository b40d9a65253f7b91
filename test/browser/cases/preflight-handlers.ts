import { App, Stack } from 'aws-cdk-lib';
import {
  CfnApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { addCors, CorsEnabledHttpApi, PreflightHandler } from '../../../src';
import { ADMIN, APP, EVIL } from '../../support/pages';
import type { Case } from '../trial';
import { httpDocument } from './http-api-templates';

const CORS = { allowOrigins: [APP, ADMIN], allowCredentials: true };

/** [handler, what decides about a preflight that it answers, name] */
const HANDLERS: [() => PreflightHandler, string, string][] = [
  [() => PreflightHandler.backend(), 'backend', 'backend()'],
  [() => PreflightHandler.builtIn(), 'ok', 'builtIn()'],
  [
    () => PreflightHandler.integration(new HttpUrlIntegration('Own', 'https://preflights.example.com/')),
    'backend',
    'integration()',
  ],
];

/** [authorizer, its name in http-api-templates.ts, what it asks for] */
const AUTHORIZERS: [() => IHttpRouteAuthorizer, string | undefined, string][] = [
  [() => new HttpJwtAuthorizer('Jwt', 'https://login.example.com', { jwtAudience: ['pets'] }), 'jwt', 'tokens'],
  [() => new HttpIamAuthorizer(), 'iam', 'signatures'],
  [() => new HttpNoneAuthorizer(), undefined, 'nothing'],
];

/** [route, paths that it takes, whether it takes their preflights] */
const ROUTES: [HttpRouteKey, string[], boolean][] = [
  [HttpRouteKey.DEFAULT, ['/', '/pets', '/pets/42/food'], true],
  [HttpRouteKey.with('/pets', HttpMethod.ANY), ['/pets'], true],
  [HttpRouteKey.with('/pets/{proxy+}', HttpMethod.ANY), ['/pets/42/food'], true],
  [HttpRouteKey.with('/pets/{id}', HttpMethod.PUT), ['/pets/42'], false],
];

/**
 * What is promised of HTTP APIs, whoever answers the preflights that a route takes from API
 * Gateway.
 */
export const preflightHandlers: Case[] = HANDLERS.flatMap(([handler, decides, name]) =>
  AUTHORIZERS.flatMap(([authorizer, scheme, asked]) =>
    ROUTES.flatMap(([key, paths, takesPreflights]) => {
      const document = httpDocument(undefined, [scheme ? `${key.key}!${scheme}` : key.key]);
      const forms: [object, string][] = [
        [constructs(handler(), key, authorizer()), 'constructs'],
        [described(handler(), document), 'a document'],
      ];
      return forms.flatMap(([template, form]) => {
        const common = { why: `${name} on ${key.key} of ${form}, which asks for ${asked}`, template };
        return paths.flatMap((path): Case[] => {
          const put = { origin: APP, path, method: 'PUT', headers: { Authorization: 'Bearer x' }, credentials: true };
          return [
            { ...common, request: put, rule: takesPreflights ? decides : 'ok' },
            { ...common, request: { ...put, origin: ADMIN } },
            { ...common, request: { ...put, origin: EVIL }, rule: 'preflight-origin' },
          ];
        });
      });
    }),
  ),
);

function constructs(
  preflightHandler: PreflightHandler,
  routeKey: HttpRouteKey,
  authorizer: IHttpRouteAuthorizer,
): object {
  return synthesized((stack) => {
    const httpApi = new CorsEnabledHttpApi(stack, 'Api', { cors: { ...CORS, preflightHandler } });
    const integration = new HttpUrlIntegration('Backend', 'https://backend.example.com/');
    new HttpRoute(stack, 'Route', { httpApi, routeKey, integration, authorizer });
  });
}

function described(preflightHandler: PreflightHandler, { Resources }: any): object {
  return synthesized((stack) => {
    addCors(new CfnApi(stack, 'Api', { body: Resources.Api.Properties.Body }), { ...CORS, preflightHandler });
  });
}

function synthesized(build: (stack: Stack) => void): object {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  build(stack);
  return app.synth().getStackByName('Stack').template;
}
