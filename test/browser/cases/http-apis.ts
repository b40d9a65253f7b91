import type { GatewayRequest } from '../../../src/verify/gateway/gateway';
import { ADMIN, APP, EVIL, LOCAL } from '../../support/pages';
import { type Case, willing } from '../trial';
import { type Cors, httpApi, httpDocument, quickApi } from './http-api-templates';

const OPEN: Cors = { AllowOrigins: [APP, LOCAL], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['x-tenant'] };
const WITH_COOKIES: Cors = { ...OPEN, AllowCredentials: true };
const TENANT = { 'X-Tenant': 'a' };
const put = { origin: APP, path: '/pets', method: 'PUT' };
const get = { origin: APP, path: '/pets' };

/**
 * [configuration, routes, request, what decides, why]; see http-api-templates.ts for the
 * authorizers of routes.
 */
const ROWS: [Cors | undefined, string[], Case['request'], string, string][] = [
  [OPEN, ['GET /pets', 'PUT /pets'], get, 'ok', 'the gateway answers for its backend'],
  [OPEN, ['GET /pets', 'PUT /pets'], put, 'ok', 'no route matches OPTIONS: the gateway answers'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...put, origin: LOCAL }, 'ok', 'another listed origin'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...get, origin: ADMIN }, 'response-origin', 'an origin that is not listed'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...put, origin: EVIL }, 'preflight-origin', 'an origin that is not listed'],
  [OPEN, ['GET /pets', 'PUT /pets'], { ...put, headers: TENANT }, 'ok', 'header names are stored in lower case'],
  [
    OPEN,
    ['GET /pets', 'PUT /pets'],
    { ...put, headers: { 'X-Other': 'a' } },
    'preflight-header',
    'a header that is not listed',
  ],
  [
    OPEN,
    ['GET /pets', 'DELETE /pets'],
    { ...put, method: 'DELETE' },
    'preflight-method',
    'a method that is not listed',
  ],
  [OPEN, ['PUT /pets!jwt'], put, 'gateway-error', 'an authorizer on PUT is none on OPTIONS: the page reads the 401'],
  [OPEN, ['GET /pets'], { ...get, credentials: true }, 'response-credentials', 'credentials are not allowed'],
  [OPEN, ['PUT /pets'], { ...put, credentials: true }, 'preflight-credentials', 'credentials are not allowed'],
  [WITH_COOKIES, ['GET /pets'], { ...get, credentials: true }, 'ok', 'credentials'],
  [WITH_COOKIES, ['PUT /pets'], { ...put, credentials: true }, 'ok', 'credentials after a preflight'],
  [
    { AllowOrigins: ['*'], AllowMethods: ['*'], AllowHeaders: ['*'] },
    ['PUT /pets'],
    { ...put, headers: TENANT },
    'ok',
    'stars',
  ],
  [{ AllowOrigins: ['*'] }, ['GET /pets'], { ...get, origin: EVIL }, 'ok', 'everybody'],
  [
    { AllowOrigins: ['*'] },
    ['GET /pets'],
    { ...get, credentials: true },
    'response-origin',
    'everybody, without credentials',
  ],
  [{ ...OPEN, AllowOrigins: ['https://*'] }, ['PUT /pets'], put, 'ok', 'a scheme'],
  [
    { ...OPEN, AllowOrigins: ['https://*'] },
    ['PUT /pets'],
    { ...put, origin: LOCAL },
    'preflight-origin',
    'another scheme',
  ],
  [OPEN, ['ANY /pets'], get, 'ok', 'an ANY route: the gateway sets the headers of the response'],
  [OPEN, ['ANY /pets'], put, 'backend', 'an ANY route takes the preflight, and its status is the backend’s'],
  [OPEN, ['$default'], put, 'backend', 'so does $default'],
  [OPEN, ['PUT /pets', 'OPTIONS /pets'], put, 'backend', 'and so does an OPTIONS route'],
  [OPEN, ['PUT /pets', '$default'], put, 'backend', '$default takes what no other route does'],
  [OPEN, ['ANY /pets!jwt'], put, 'preflight-answer', 'an authorizer on ANY takes the preflight for a stranger'],
  [OPEN, ['$default!jwt'], put, 'preflight-answer', 'so does one on $default'],
  [OPEN, ['PUT /pets', 'OPTIONS /{proxy+}!jwt'], put, 'preflight-answer', 'and one on a greedy OPTIONS'],
  [OPEN, ['ANY /pets!jwt', 'OPTIONS /pets'], put, 'backend', 'an open OPTIONS beside a closed ANY'],
  [OPEN, ['$default!jwt', 'OPTIONS /{proxy+}'], put, 'backend', 'the cure that AWS describes'],
  [
    OPEN,
    ['$default!jwt', 'OPTIONS /{proxy+}'],
    { ...put, origin: EVIL },
    'preflight-origin',
    'the cure is not for strangers',
  ],
  [OPEN, ['ANY /pets!iam'], put, 'preflight-answer', 'an ANY that has to be signed'],
  [OPEN, ['ANY /pets!lambda'], put, 'preflight-answer', 'an ANY whose authorizer is a function that wants a token'],
  [OPEN, ['PUT /pets!iam'], put, 'gateway-error', 'a PUT that nobody signed: the page reads the 403'],
  [OPEN, ['PUT /pets!lambda'], put, 'gateway-error', 'a PUT whose authorizer is a function: the page reads the 401'],
  [OPEN, ['GET /pets!jwt'], { ...get, gatewayError: 'UNAUTHORIZED' }, 'ok', 'a refusal that the page can read'],
  [OPEN, ['GET /pets!iam'], { ...get, gatewayError: 'ACCESS_DENIED' }, 'ok', 'a refusal that the page can read'],
  [
    OPEN,
    ['GET /pets!jwt'],
    { ...get, origin: EVIL, gatewayError: 'UNAUTHORIZED' },
    'response-origin',
    'a refusal that a stranger cannot read',
  ],
  [
    { ...WITH_COOKIES, ExposeHeaders: ['x-total'] },
    ['PUT /pets'],
    { ...put, credentials: true, headers: TENANT },
    'ok',
    'everything at once',
  ],
  [{ AllowOrigins: [APP] }, ['PUT /pets'], put, 'preflight-method', 'no methods'],
  [
    { AllowOrigins: [APP] },
    ['POST /pets'],
    { ...put, method: 'POST', headers: TENANT },
    'preflight-method',
    'no headers, and no methods either',
  ],
  [{ AllowMethods: ['PUT'] }, ['PUT /pets'], put, 'preflight-origin', 'no origins'],
  [{ ...OPEN, MaxAge: -1 }, ['PUT /pets'], put, 'ok', 'no preflight cache'],
  [{ ...OPEN, AllowOrigins: ['http://*'] }, ['PUT /pets'], { ...put, origin: LOCAL }, 'ok', 'the other scheme'],
  [
    { ...OPEN, AllowOrigins: [ADMIN] },
    ['ANY /pets'],
    put,
    'preflight-origin',
    'a stranger is one whatever the backend answers',
  ],
  [undefined, ['GET /pets'], get, 'backend', 'without a configuration the backend answers'],
  [undefined, ['PUT /pets'], put, 'preflight-answer', 'without a configuration nobody answers a preflight'],
  [undefined, ['ANY /pets'], put, 'backend', 'without a configuration the backend answers preflights, too'],
  [undefined, ['ANY /pets!jwt'], put, 'preflight-answer', 'without a configuration, and closed'],
];

/**
 * [routes, method and path, what decides, why]; OPTIONS goes by the same rules as what it asks for.
 */
const PRIORITY: [string[], string, string, string][] = [
  [['PUT /pets', 'OPTIONS /pets!jwt'], 'PUT /pets', 'preflight-answer', 'an OPTIONS route of its own'],
  [
    ['PUT /pets', 'OPTIONS /pets', 'OPTIONS /{proxy+}!jwt'],
    'PUT /pets',
    'backend',
    'a full match comes before a greedy one',
  ],
  [
    ['PUT /pets', 'OPTIONS /pets!jwt', 'OPTIONS /{proxy+}'],
    'PUT /pets',
    'preflight-answer',
    'a full match comes first though it is closed',
  ],
  [
    ['PUT /pets', 'ANY /pets!jwt', 'OPTIONS /{proxy+}'],
    'PUT /pets',
    'preflight-answer',
    'ANY on the path is a full match, too',
  ],
  [['PUT /pets', 'OPTIONS /pets', 'ANY /pets!jwt'], 'PUT /pets', 'backend', 'a method comes before ANY'],
  [['PUT /pets', 'OPTIONS /{proxy+}', '$default!jwt'], 'PUT /pets', 'backend', 'a greedy route comes before $default'],
  [['PUT /pets', 'ANY /{proxy+}', '$default!jwt'], 'PUT /pets', 'backend', 'a greedy ANY comes before $default'],
  [
    ['PUT /pets/{id}', 'OPTIONS /pets/{proxy+}', 'OPTIONS /{proxy+}!jwt'],
    'PUT /pets/42',
    'backend',
    'the nearest greedy route',
  ],
  [
    ['PUT /pets/{id}', 'OPTIONS /pets/{proxy+}!jwt', 'OPTIONS /{proxy+}'],
    'PUT /pets/42',
    'preflight-answer',
    'the nearest, though closed',
  ],
  [['PUT /pets/{id}', 'OPTIONS /pets/{id}', '$default!jwt'], 'PUT /pets/42', 'backend', 'a variable'],
  [
    ['PUT /pets/{id}', 'OPTIONS /pets/{id}!jwt', 'OPTIONS /pets/42'],
    'PUT /pets/42',
    'backend',
    'a literal part comes before a variable',
  ],
  [
    ['PUT /pets/{id}', 'OPTIONS /pets/{id}', 'OPTIONS /pets/42!jwt'],
    'PUT /pets/43',
    'backend',
    'another literal part is none of its business',
  ],
  [
    ['PUT /', 'OPTIONS /{proxy+}', '$default!jwt'],
    'PUT /',
    'preflight-answer',
    'a greedy route does not match the root',
  ],
  [
    ['PUT /', 'OPTIONS /', 'OPTIONS /{proxy+}', '$default!jwt'],
    'PUT /',
    'backend',
    'the root needs an OPTIONS of its own',
  ],
  [['PUT /pets', 'OPTIONS /cats!jwt'], 'PUT /pets', 'ok', 'another path’s OPTIONS'],
  [['PUT /pets', 'OPTIONS /pets/{proxy+}!jwt'], 'PUT /pets', 'ok', 'a greedy OPTIONS needs a part'],
  [['PUT /pets', 'ANY /pets/{id}!jwt'], 'PUT /pets', 'ok', 'an ANY further down'],
  [['PUT /pets/{id}/food', 'ANY /pets/{id}!jwt'], 'PUT /pets/42/food', 'ok', 'an ANY further up'],
];

const FORMS: [typeof httpApi, string][] = [
  [httpApi, 'resources'],
  [httpDocument, 'a document'],
];

const rows: Case[] = FORMS.flatMap(([written, as]) => [
  ...ROWS.map(([cors, routes, request, rule, why]) => ({
    why: `${why}, as ${as}`,
    template: written(cors, routes),
    request,
    rule,
  })),
  ...PRIORITY.map(([routes, asked, rule, why]) => {
    const [method, path] = asked.split(' ');
    return { why: `${why}, as ${as}`, template: written(OPEN, routes), request: { origin: APP, method, path }, rule };
  }),
]);

/**
 * What web frameworks answer to an OPTIONS that they do not know, and on which routes they get to
 * see it.
 */
const refusals: Case[] = ['ANY /pets', '$default', 'OPTIONS /pets', 'OPTIONS /{proxy+}', 'ANY /{kind}'].flatMap(
  (route) =>
    [400, 401, 403, 404, 405, 500].map((status): Case => {
      const refusing = (request: GatewayRequest) => ({
        ...willing(request),
        status: request.method === 'OPTIONS' ? status : 200,
      });
      const why = `${route} gets a ${status} for its preflights`;
      return {
        why,
        template: httpApi(OPEN, ['PUT /pets!jwt', route]),
        request: put,
        rule: 'backend',
        backends: [willing, refusing],
      };
    }),
);

const QUICK = { Target: 'https://backend.example.com', CorsConfiguration: OPEN };
const CLOSED = { ApiGatewayManagedOverrides: { Route: { AuthorizationType: 'AWS_IAM' } } };

/** [what the API itself says, what other resources say, what decides, why] */
const quick: Case[] = (
  [
    [QUICK, {}, 'backend', 'an API made from a target alone has a $default route'],
    [{ ...QUICK, RouteKey: 'PUT /pets' }, {}, 'ok', 'or one for its route key'],
    [QUICK, CLOSED, 'preflight-answer', 'an override closes its $default route'],
    [{ ...QUICK, RouteKey: 'PUT /pets' }, CLOSED, 'gateway-error', 'an override closes its route for PUT'],
    [
      { ...QUICK, RouteKey: 'PUT /pets', CorsConfiguration: { ...OPEN, MaxAge: { Ref: 'Age' } } },
      {},
      'ok',
      'a parameter for MaxAge',
    ],
  ] as [object, Record<string, object>, string, string][]
).map(([api, others, rule, why]) => ({ why, template: quickApi(api, others), request: put, rule }));

export const httpApis: Case[] = [...rows, ...refusals, ...quick];
