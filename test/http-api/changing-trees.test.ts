import { App, Aspects, CfnCondition, Fn, type IAspect, Stack } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { addCors, EnableCors } from '../../src/enable-cors';
import { PreflightHandler } from '../../src/options/preflight-handler';
import { APP } from '../support/pages';
import { ASPECT_MODES, backend, corsOf, l1Api, routesOf, stackWith, warningsOf } from './apps';

const cors = { allowOrigins: [APP], preflightHandler: PreflightHandler.backend() };
const [, { context: stabilized }] = ASPECT_MODES;
const CLOSED = { authorizationType: 'AWS_IAM' };

/**
 * Changes the one construct of its type at the end of the first pass: when this library has looked
 * at it.
 */
function whenVisited<T>(isIt: (construct: any) => construct is T, change: (construct: T) => void): IAspect {
  return { visit: (construct) => (isIt(construct) ? change(construct) : undefined) };
}

const isRoute = (construct: any): construct is apigatewayv2.CfnRoute =>
  construct instanceof apigatewayv2.CfnRoute && construct.node.id === 'Pets';

describe('an OPTIONS route of ours goes again', () => {
  test('when an Aspect has the backend called with one method', () => {
    const stack = stackWith(stabilized);
    const { api, route } = l1Api(stack);
    route('Pets', 'ANY /pets', CLOSED);
    addCors(api, cors);
    const isIntegration = (construct: any): construct is apigatewayv2.CfnIntegration =>
      construct instanceof apigatewayv2.CfnIntegration;
    Aspects.of(stack).add(whenVisited(isIntegration, (integration) => (integration.integrationMethod = 'POST')));
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /pets']);
  });

  test.each([
    ['backend()', PreflightHandler.backend()],
    ['builtIn()', PreflightHandler.builtIn()],
    ['integration()', PreflightHandler.integration(backend('Own'))],
  ])('when an Aspect lists methods instead of ANY, with %s', (_, preflightHandler) => {
    const stack = stackWith(stabilized);
    const { api, route } = l1Api(stack);
    route('Pets', 'ANY /pets', CLOSED);
    addCors(api, { ...cors, preflightHandler });
    Aspects.of(stack).add(whenVisited(isRoute, (pets) => (pets.routeKey = 'GET /pets')));
    expect(Object.keys(routesOf(stack))).toEqual(['GET /pets']);
  });

  test('when an Aspect adds one of its own', () => {
    const stack = stackWith(stabilized);
    const { api, route } = l1Api(stack);
    route('Pets', 'ANY /pets', CLOSED);
    addCors(api, cors);
    const add = () => stack.node.tryFindChild('Own') ?? route('Own', 'OPTIONS /pets', { target: 'integrations/own' });
    Aspects.of(stack).add(whenVisited(isRoute, add));
    expect(routesOf(stack)['OPTIONS /pets'].Target).toBe('integrations/own');
  });

  test('when its route has another key at the next synthesis', () => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Stack');
    const { api, route } = l1Api(stack);
    const pets = route('Pets', 'ANY /pets', CLOSED);
    addCors(api, cors);
    app.synth();
    pets.routeKey = 'ANY /cats';
    const { Resources } = app.synth({ force: true }).getStackByName('Stack').template;
    const keys = Object.values<any>(Resources).flatMap(({ Properties }) => Properties.RouteKey ?? []);
    expect(keys.sort()).toEqual(['ANY /cats', 'OPTIONS /cats']);
  });
});

test('an OPTIONS route follows when another route comes to take its preflights', () => {
  const stack = stackWith(stabilized);
  const { api, integration, route } = l1Api(stack);
  route('Pets', 'ANY /pets', CLOSED);
  addCors(api, cors);
  const other = new apigatewayv2.CfnIntegration(stack, 'Other', { apiId: api.ref, integrationType: 'AWS_PROXY' });
  const replace = () => {
    stack.node.tryRemoveChild('Pets');
    route('New', 'ANY /pets', { ...CLOSED, target: `integrations/${other.ref}` });
  };
  Aspects.of(stack).add(whenVisited(isRoute, replace));
  const { Target } = routesOf(stack)['OPTIONS /pets'];
  expect(Target).toEqual(stack.resolve(`integrations/${other.ref}`));
  expect(Target).not.toEqual(stack.resolve(`integrations/${integration.ref}`));
});

test.each([
  ['/a/b', '/a--b'],
  ['/a-/b', '/a/-b'],
])('%s and %s are two paths, and each has its OPTIONS route', (one, other) => {
  const stack = stackWith();
  const { api, route } = l1Api(stack);
  route('One', `ANY ${one}`, CLOSED);
  route('Other', `ANY ${other}`, CLOSED);
  addCors(api, cors);
  expect(Object.keys(routesOf(stack))).toEqual(expect.arrayContaining([`OPTIONS ${one}`, `OPTIONS ${other}`]));
});

describe('a property that is taken away by an override', () => {
  test('is not there: an open route needs no OPTIONS route', () => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    route('Pets', 'ANY /pets', CLOSED).addPropertyDeletionOverride('AuthorizationType');
    addCors(api, cors);
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /pets']);
  });

  test('may be the CORS configuration: a warning says so', () => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    route('Pets', 'GET /pets');
    addCors(api, cors);
    api.addPropertyDeletionOverride('CorsConfiguration');
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:OwnCorsConfiguration')]);
    expect(corsOf(stack)).toBeUndefined();
  });
});

test('scopes that an Aspect puts on our OPTIONS routes close them, and a warning says so', () => {
  const stack = stackWith(stabilized);
  const { api, route } = l1Api(stack);
  route('Pets', 'ANY /pets', CLOSED);
  addCors(api, { ...cors, preflightHandler: PreflightHandler.builtIn() });
  const isAny = (construct: any): construct is apigatewayv2.CfnRoute => construct instanceof apigatewayv2.CfnRoute;
  Aspects.of(stack).add(whenVisited(isAny, (any) => (any.authorizationScopes = ['pets'])));
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:ClosedPreflight')]);
});

describe('a closed route whose key is known only at deployment', () => {
  test.each([`ANY /${Fn.ref('Path')}`, Fn.ref('Key'), `${Fn.ref('Verb')} /pets`])(
    'may take preflights, and a warning says so: %#',
    (key) => {
      const stack = stackWith();
      const { api, route } = l1Api(stack);
      route('Pets', key, CLOSED);
      addCors(api, { ...cors, allowMethods: ['GET'] });
      expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Pets: .*cdk-cors:UnseenPreflight/)]);
    },
  );

  test.each([
    ['as it names a method', `GET /${Fn.ref('Path')}`, CLOSED],
    ['as it is open', `ANY /${Fn.ref('Path')}`, {}],
  ])('takes none %s', (_, key, more) => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    route('Pets', key, more);
    addCors(api, { ...cors, allowMethods: ['GET'] });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('where the route that takes the preflights of a closed one is there on a condition only', () => {
  test.each([
    ['OPTIONS /pets', 'ANY /pets'],
    ['ANY /{proxy+}', '$default'],
    ['ANY /', '$default'],
  ])('%s beside %s: a warning says what becomes of them otherwise', (conditional, closed) => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    route('Conditional', conditional).cfnOptions.condition = new CfnCondition(stack, 'IsTest');
    route('Closed', closed, CLOSED);
    addCors(api, { ...cors, preflightHandler: PreflightHandler.builtIn() });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Closed: .*cdk-cors:ConditionalPreflight/)]);
  });

  test('no warning where both depend on one condition', () => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    const condition = new CfnCondition(stack, 'IsTest');
    route('Own', 'OPTIONS /pets').cfnOptions.condition = condition;
    route('Closed', 'ANY /pets', CLOSED).cfnOptions.condition = condition;
    addCors(api, cors);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a policy that reaches an HTTP API from above', () => {
  test('is refused where API Gateway would refuse it at deployment, and the API is named', () => {
    const stack = stackWith();
    l1Api(stack);
    expect(() =>
      stack.with(new EnableCors({ allowOrigins: ['https://*.example.com', 'capacitor://localhost'] })),
    ).toThrow(/Stack\/Api: cors\.allowOrigins\[0\].*\n.*Stack\/Api: cors\.allowOrigins\[1\]/);
    expect(() => stack.with(new EnableCors({ ...cors, preflightHandler: 5 as any }))).toThrow(
      'cors.preflightHandler: 5 is no',
    );
  });

  test('may hold what only REST APIs have', () => {
    const stack = stackWith();
    l1Api(stack);
    expect(() => stack.with(new EnableCors({ ...cors, statusCode: 200 }))).not.toThrow();
  });

  test('tells its own warnings on the API', () => {
    const stack = stackWith();
    l1Api(stack).route('Pets', 'GET /pets');
    stack.with(new EnableCors({ allowOrigins: ['http://app.example.com'], allowCredentials: true }));
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Api: .*cdk-cors:PlainHttpWithCredentials/)]);
  });
});
