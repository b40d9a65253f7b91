import type { Case } from '../trial';
import { ADMIN, APP, EVIL, LOCAL } from './pages';

/** The properties of a `CorsConfiguration`. */
interface Cors {
  readonly AllowOrigins?: string[];
  readonly AllowMethods?: string[];
  readonly AllowHeaders?: string[];
  readonly ExposeHeaders?: string[];
  readonly AllowCredentials?: boolean;
  readonly MaxAge?: number;
}

const OPEN: Cors = { AllowOrigins: [APP, LOCAL], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['x-tenant'] };
const WITH_COOKIES: Cors = { ...OPEN, AllowCredentials: true };
const TENANT = { 'X-Tenant': 'a' };
const put = { origin: APP, path: '/pets', method: 'PUT' };
const get = { origin: APP, path: '/pets' };

/** [configuration, routes, request, what decides, why]; a route that ends in `!` has an authorizer. */
const ROWS: [Cors | undefined, string[], Case['request'], string, string][] = [
  [OPEN, ['GET /pets', 'PUT /pets'], get, 'ok', 'the gateway answers for its backend'],
  [OPEN, ['GET /pets', 'PUT /pets'], put, 'ok', 'no route matches OPTIONS: the gateway answers'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...put, origin: LOCAL }, 'ok', 'another listed origin'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...get, origin: ADMIN }, 'response-origin', 'an origin that is not listed'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...put, origin: EVIL }, 'preflight-origin', 'an origin that is not listed'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...put, headers: TENANT }, 'ok', 'header names are stored in lower case'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...put, headers: { 'X-Other': 'a' } }, 'preflight-header', 'a header that is not listed'],
  [OPEN, ['GET /pets', 'DELETE /pets'], { ...put, method: 'DELETE' }, 'preflight-method', 'a method that is not listed'],
  [OPEN, ['PUT /pets!'], put, 'ok', 'an authorizer on PUT is none on OPTIONS'],
  [OPEN, ['GET /pets'], { ...get, credentials: true }, 'response-credentials', 'credentials are not allowed'],
  [OPEN, ['PUT /pets'], { ...put, credentials: true }, 'preflight-credentials', 'credentials are not allowed'],
  [WITH_COOKIES, ['GET /pets'], { ...get, credentials: true }, 'ok', 'credentials'],
  [WITH_COOKIES, ['PUT /pets'], { ...put, credentials: true }, 'ok', 'credentials after a preflight'],
  [{ AllowOrigins: ['*'], AllowMethods: ['*'], AllowHeaders: ['*'] }, ['PUT /pets'], { ...put, headers: TENANT }, 'ok', 'stars'],
  [{ AllowOrigins: ['*'] }, ['GET /pets'], { ...get, origin: EVIL }, 'ok', 'everybody'],
  [{ AllowOrigins: ['*'] }, ['GET /pets'], { ...get, credentials: true }, 'response-origin', 'everybody, without credentials'],
  [{ ...OPEN, AllowOrigins: ['https://*'] }, ['PUT /pets'], put, 'ok', 'a scheme'],
  [{ ...OPEN, AllowOrigins: ['https://*'] }, ['PUT /pets'], { ...put, origin: LOCAL }, 'preflight-origin', 'another scheme'],
  [OPEN, ['ANY /pets'], get, 'ok', 'an ANY route: the gateway sets the headers of the response'],
  [OPEN, ['ANY /pets'], put, 'backend', 'an ANY route takes the preflight, and its status is the backend’s'],
  [OPEN, ['$default'], put, 'backend', 'so does $default'],
  [OPEN, ['PUT /pets', 'OPTIONS /pets'], put, 'backend', 'and so does an OPTIONS route'],
  [OPEN, ['PUT /pets', '$default'], put, 'backend', '$default takes what no other route does'],
  [OPEN, ['ANY /pets!'], put, 'preflight-answer', 'an authorizer on ANY takes the preflight for a stranger'],
  [OPEN, ['$default!'], put, 'preflight-answer', 'so does one on $default'],
  [OPEN, ['PUT /pets', 'OPTIONS /{proxy+}!'], put, 'preflight-answer', 'and one on a greedy OPTIONS'],
  [OPEN, ['ANY /pets!', 'OPTIONS /pets'], put, 'backend', 'an open OPTIONS beside a closed ANY'],
  [OPEN, ['$default!', 'OPTIONS /{proxy+}'], put, 'backend', 'the cure that AWS describes'],
  [OPEN, ['$default!', 'OPTIONS /{proxy+}'], { ...put, origin: EVIL }, 'preflight-origin', 'the cure is not for strangers'],
  [undefined, ['GET /pets'], get, 'backend', 'without a configuration the backend answers'],
  [undefined, ['PUT /pets'], put, 'preflight-answer', 'without a configuration nobody answers a preflight'],
  [undefined, ['ANY /pets'], put, 'backend', 'without a configuration the backend answers preflights, too'],
  [undefined, ['ANY /pets!'], put, 'preflight-answer', 'without a configuration, and closed'],
];

export const httpApis: Case[] = ROWS.map(([cors, routes, request, rule, why]) => ({ why, template: httpApi(cors, routes), request, rule }));

function httpApi(CorsConfiguration: Cors | undefined, routes: string[]): object {
  const ApiId = { Ref: 'Api' };
  const Resources: Record<string, object> = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'pets', ProtocolType: 'HTTP', CorsConfiguration } },
    Backend: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId,
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        IntegrationUri: 'https://backend.example.com/',
        PayloadFormatVersion: '1.0',
      },
    },
    Tokens: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: { ApiId, AuthorizerType: 'JWT', Name: 'tokens', IdentitySource: ['$request.header.Authorization'] },
    },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId, StageName: '$default', AutoDeploy: true } },
  };
  routes.forEach((route, i) => {
    const authorization = route.endsWith('!') ? { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Tokens' } } : {};
    const Target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Backend' }]] };
    Resources[`Route${i}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { ApiId, RouteKey: route.replace('!', ''), Target, ...authorization },
    };
  });
  return JSON.parse(JSON.stringify({ Resources }));
}
