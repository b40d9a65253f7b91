import {
  App,
  Aspects,
  CfnParameter,
  CfnResource,
  ConstructSelector,
  Mixins,
  NestedStack,
  Shims,
  Stack,
} from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { addCors, CorsEnabledRestApi, EnableCors } from '../../src';
import { ASPECT_MODES, appWith, headersOf, mock, preflightsOf, resourcesOf, warningsOf } from './apps';

const policy = (name: string) => ({ allowOrigins: [`https://${name}.example.com`] });

/** `/`, `/pets`, `/pets/{id}` and `/orders`, each with a GET. */
function petStore(stack: Stack) {
  const api = new apigateway.RestApi(stack, 'Api');
  const pets = api.root.addResource('pets');
  const pet = pets.addResource('{id}');
  const orders = api.root.addResource('orders');
  for (const resource of [api.root, pets, pet, orders]) resource.addMethod('GET', mock());
  return { api, pets, pet, orders };
}

/** Who may call what: `{ '/pets': 'app' }` where https://app.example.com may. */
function allowed(stack: Stack): Record<string, string> {
  const paths: Record<string, string> = {
    ApiOPTIONS: '/',
    ApipetsOPTIONS: '/pets',
    ApipetsidOPTIONS: '/pets/{id}',
    ApiordersOPTIONS: '/orders',
  };
  return Object.fromEntries(
    Object.entries(preflightsOf(stack)).map(([id, preflight]) => [
      paths[id.slice(0, -8)],
      headersOf(preflight)['Access-Control-Allow-Origin'].replace(/^https:..(.*).example.com$/, '$1'),
    ]),
  );
}

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

describe('addCors', () => {
  test('on a resource covers that resource alone', () => {
    const { pets } = petStore(stack);
    addCors(pets, policy('app'));
    expect(allowed(stack)).toEqual({ '/pets': 'app' });
  });

  test('on an API covers all of it, but for resources with a policy of their own', () => {
    const { api, pets } = petStore(stack);
    addCors(pets, policy('pets'));
    addCors(api, policy('app'));
    expect(allowed(stack)).toEqual({ '/': 'app', '/pets': 'pets', '/pets/{id}': 'app', '/orders': 'app' });
  });

  test('without options lets every origin in, without credentials', () => {
    const { pets } = petStore(stack);
    addCors(pets);
    expect(Object.values(preflightsOf(stack)).map(headersOf)).toEqual([
      expect.objectContaining({ 'Access-Control-Allow-Origin': '*' }),
    ]);
    expect(Object.values(preflightsOf(stack)).map(headersOf)).not.toEqual([
      expect.objectContaining({ 'Access-Control-Allow-Credentials': 'true' }),
    ]);
  });

  test('on the root covers "/" alone', () => {
    const { api } = petStore(stack);
    addCors(api.root, policy('app'));
    expect(allowed(stack)).toEqual({ '/': 'app' });
  });

  test('on a resource’s L1 is addCors on the resource', () => {
    const { pets } = petStore(stack);
    addCors(pets.node.defaultChild!, policy('app'));
    expect(allowed(stack)).toEqual({ '/pets': 'app' });
  });

  test.each(['before', 'after'])(
    'on an import in a nested stack covers what that stack adds, %s the call on the API',
    (order) => {
      const { api } = petStore(stack);
      if (order === 'after') addCors(api, policy('app'));
      const nested = new NestedStack(stack, 'Nested');
      const imported = apigateway.RestApi.fromRestApiAttributes(nested, 'Api', {
        restApiId: api.restApiId,
        rootResourceId: api.restApiRootResourceId,
      });
      imported.root.addResource('admin').addMethod('GET', mock());
      addCors(imported, policy('admin'));
      if (order === 'before') addCors(api, policy('app'));
      expect(Object.values(preflightsOf(nested)).map(headersOf)).toEqual([
        expect.objectContaining({ 'Access-Control-Allow-Origin': 'https://admin.example.com' }),
      ]);
      expect(Object.values(allowed(stack))).toEqual(['app', 'app', 'app', 'app']);
      const errors = Object.values(resourcesOf(stack, 'AWS::ApiGateway::GatewayResponse'));
      const origin = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://app.example.com'" };
      expect(errors.map(({ Properties }) => Properties.ResponseParameters)).toEqual([origin, origin]);
    },
  );
});

describe('EnableCors', () => {
  test('on an API covers the API, whatever is added later', () => {
    const { api, orders } = petStore(stack);
    api.with(new EnableCors(policy('app')));
    orders.addResource('{id}').addMethod('GET', mock());
    expect(Object.keys(preflightsOf(stack))).toHaveLength(5);
  });

  test('on a resource covers those that are below it now', () => {
    const { pets } = petStore(stack);
    pets.with(new EnableCors(policy('app')));
    pets.addResource('later').addMethod('GET', mock());
    expect(allowed(stack)).toEqual({ '/pets': 'app', '/pets/{id}': 'app' });
  });

  test('on itself only is addCors', () => {
    const { pets } = petStore(stack);
    Mixins.of(pets, ConstructSelector.onlyItself()).apply(new EnableCors(policy('app')));
    expect(allowed(stack)).toEqual({ '/pets': 'app' });
  });

  test.each(['before', 'after'])('applied %s to an ancestor gives way to the nearer one', (order) => {
    const { api, pets, pet } = petStore(stack);
    const outer = () => api.with(new EnableCors(policy('app')));
    const inner = () => pets.with(new EnableCors(policy('pets')));
    const direct = () => addCors(pet, policy('pet'));
    const calls = order === 'before' ? [outer, inner, direct] : [direct, inner, outer];
    for (const call of calls) call();
    expect(allowed(stack)).toEqual({ '/': 'app', '/orders': 'app', '/pets': 'pets', '/pets/{id}': 'pet' });
  });

  test('on a stack covers each API in it', () => {
    petStore(stack);
    new apigateway.RestApi(stack, 'Second').root.addMethod('GET', mock());
    Mixins.of(stack).apply(new EnableCors(policy('app')));
    expect(Object.keys(preflightsOf(stack))).toHaveLength(5);
  });

  test.each(ASPECT_MODES)('works as an Aspect of an app, with Aspects $aspects', ({ context }) => {
    stack = new Stack(appWith(context), 'Stack');
    const { api } = petStore(stack);
    for (let i = 0; i < 150; i++) api.root.addResource(`r${i}`).addMethod('GET', mock());
    Aspects.of(stack.node.root).add(Shims.asAspect(new EnableCors(policy('app'))));
    expect(Object.keys(preflightsOf(stack))).toHaveLength(154);
  });

  test('twice with one instance is once', () => {
    const { pets } = petStore(stack);
    const mixin = new EnableCors(policy('app'));
    pets.with(mixin, mixin);
    expect(allowed(stack)).toEqual({ '/pets': 'app', '/pets/{id}': 'app' });
  });

  test('supports REST APIs and their resources, and nothing else', () => {
    const { api, pets } = petStore(stack);
    const websocket = new apigatewayv2.WebSocketApi(stack, 'WebSocket');
    const mixin = new EnableCors();
    const imported = apigateway.RestApi.fromRestApiId(stack, 'Imported', 'abc');
    const supported = [api, api.root, pets, api.node.defaultChild!, pets.node.defaultChild!, imported];
    expect(supported.map((construct) => mixin.supports(construct))).toEqual(supported.map(() => true));
    const unsupported = [stack, websocket, websocket.node.defaultChild!, api.deploymentStage, pets.addMethod('PUT')];
    expect(unsupported.map((construct) => mixin.supports(construct))).toEqual(unsupported.map(() => false));
  });
});

describe('a fault is told where the user called', () => {
  test('for every fault of a policy at once', () => {
    const { pets } = petStore(stack);
    expect(() => addCors(pets, { allowOrigins: ['https://App.example.com/', '*'], statusCode: 301 })).toThrow(
      /cors\.allowOrigins\[0\].*did you mean "https:\/\/app\.example\.com"\?.*\n.*cors\.statusCode: 301/is,
    );
  });

  test('for a second policy on one resource, with how the first came there', () => {
    const { pets } = petStore(stack);
    addCors(pets, policy('app'));
    expect(() => pets.with(new EnableCors(policy('admin')))).toThrow(
      'Stack/Api/Default/pets: EnableCors puts a second CORS policy here; the first came by addCors. Keep one of them.',
    );
  });

  test('for a second policy on the L1 of a resource that has one', () => {
    const { pets } = petStore(stack);
    addCors(pets, policy('app'));
    expect(() => addCors(pets.node.defaultChild!)).toThrow(
      'Stack/Api/Default/pets/Resource: addCors puts a second CORS policy here; the first came by addCors on Stack/Api/Default/pets. Keep one of them.',
    );
  });

  test('for addCors on a construct that was made with cors', () => {
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: policy('app') });
    expect(() => addCors(api)).toThrow('the first came by cors of CorsEnabledRestApi');
  });

  test('for defaultCorsPreflightOptions beside cors', () => {
    const both = { cors: policy('app'), defaultCorsPreflightOptions: { allowOrigins: ['*'] } };
    expect(() => new CorsEnabledRestApi(stack, 'Api', both)).toThrow(
      "defaultCorsPreflightOptions: Stack/Api has aws-cdk-lib's own preflights already, and one OPTIONS method cannot follow two policies. Remove defaultCorsPreflightOptions; the names in cors are the same.",
    );
  });

  test('for a list of origins that is known only at deployment', () => {
    const { api } = petStore(stack);
    const origins = new (require('aws-cdk-lib').CfnParameter)(stack, 'Origins', { type: 'CommaDelimitedList' })
      .valueAsList;
    expect(() => addCors(api, { allowOrigins: origins })).toThrow(
      'cors.allowOrigins: the whole list is known only at deployment',
    );
  });

  test('for a construct that has no CORS', () => {
    const websocket = new apigatewayv2.WebSocketApi(stack, 'WebSocket');
    expect(() => addCors(websocket)).toThrow(/^Stack\/WebSocket: .*a WebSocket API has no CORS/);
  });
});

test.each([undefined, null, 'api'])('%s is not a target', (target) => {
  expect(() => addCors(target as any)).toThrow(/^CORS goes on a REST API.* and no construct\.$/);
});

test.each([
  ['AWS::Serverless::Api', 'Use its own Cors property.'],
  ['AWS::Serverless::HttpApi', 'Use its own CorsConfiguration property.'],
])('%s has its own', (type, advice) => {
  expect(() => addCors(new CfnResource(stack, 'Sam', { type }))).toThrow(advice);
});

test('a construct of another kind is refused by its path and kind', () => {
  expect(() => addCors(stack)).toThrow(/^Stack: CORS goes on .* not on a Stack/);
});

test('what a policy warns about is said once, where it was put', () => {
  const { api } = petStore(stack);
  api.with(new EnableCors({ allowOrigins: ['https://*.github.io'] }));
  expect(warningsOf(stack)).toEqual([
    expect.stringMatching(/^Stack\/Api: cors\.allowOrigins.*cdk-cors:PublicSuffixWildcard/),
  ]);
});

describe('odd trees', () => {
  test('a removed target takes nobody else’s CORS with it', () => {
    const { api, pets, orders } = petStore(stack);
    addCors(orders, policy('app'));
    addCors(pets, policy('app'));
    api.root.node.tryRemoveChild('pets');
    expect(Object.keys(preflightsOf(stack))).toEqual([expect.stringMatching(/^Apiorders/)]);
  });

  test('an Aspect may call addCors on what Aspects have passed already', () => {
    stack = new Stack(appWith({ '@aws-cdk/core:aspectStabilization': false }), 'Stack');
    const apis = ['A', 'B', 'C'].map((id) => new apigateway.RestApi(stack, id));
    for (const api of apis) api.root.addMethod('GET', mock());
    addCors(apis[2], policy('app'));
    Aspects.of(stack).add({
      visit: (node) => {
        if (node === apis[1]) addCors(apis[0], policy('app'));
      },
    });
    expect(Object.keys(preflightsOf(stack))).toHaveLength(2);
  });

  test('a resource called Resource is not the root', () => {
    const { api } = petStore(stack);
    const resource = api.root.addResource('Resource');
    resource.addMethod('GET', mock());
    addCors(resource, policy('app'));
    addCors(api.root, policy('admin'));
    const origins = Object.values(preflightsOf(stack)).map(
      (preflight) => headersOf(preflight)['Access-Control-Allow-Origin'],
    );
    expect(origins.sort()).toEqual(['https://admin.example.com', 'https://app.example.com']);
  });

  test('one EnableCors applied in two places counts from the nearer one', () => {
    const { api, pets, pet } = petStore(stack);
    const strict = new EnableCors(policy('strict'));
    const calls = [() => api.with(strict), () => pets.with(new EnableCors(policy('open'))), () => pet.with(strict)];
    for (const call of calls) call();
    expect(allowed(stack)).toEqual({ '/': 'strict', '/orders': 'strict', '/pets': 'open', '/pets/{id}': 'strict' });
  });

  test.each(['before', 'after'])('a mixin on the stack gives way to addCors on the API, called %s it', (order) => {
    const { api } = petStore(stack);
    const calls = [() => addCors(api, policy('app')), () => void stack.with(new EnableCors(policy('stack')))];
    for (const call of order === 'before' ? calls : calls.reverse()) call();
    expect(allowed(stack)).toEqual({ '/': 'app', '/pets': 'app', '/pets/{id}': 'app', '/orders': 'app' });
  });

  test('a method that is known only at deployment may be any', () => {
    const { pets } = petStore(stack);
    const httpMethod = new CfnParameter(stack, 'Verb').valueAsString;
    new apigateway.CfnMethod(stack, 'Method', {
      restApiId: pets.api.restApiId,
      resourceId: pets.resourceId,
      httpMethod,
      integration: { type: 'MOCK' },
    });
    addCors(pets, policy('app'));
    expect(headersOf(Object.values(preflightsOf(stack))[0])['Access-Control-Allow-Methods']).toBe(
      'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD',
    );
  });

  test('the properties that a raw CfnResource was given are not changed', () => {
    const { api } = petStore(stack);
    const Integration = { Type: 'MOCK', IntegrationResponses: [{ StatusCode: '200' }] };
    const properties = Object.freeze({
      RestApiId: api.restApiId,
      ResourceId: api.root.resourceId,
      HttpMethod: 'PUT',
      Integration,
    });
    new CfnResource(stack, 'Raw', { type: 'AWS::ApiGateway::Method', properties });
    addCors(api, policy('app'));
    expect(resourcesOf(stack, 'AWS::ApiGateway::Method').Raw.Properties.MethodResponses).toHaveLength(1);
    expect(properties.Integration).toBe(Integration);
  });
});

test.each([
  [{ errorOrigin: 'https://app.example.com' }, /^Stack\/Api: cors\.errorOrigin: this takes an ErrorOrigin/],
  [{ errorOrigin: null }, /^Stack\/Api: cors\.errorOrigin: this takes an ErrorOrigin/],
  [
    { preflight: 'SHARED' },
    /^Stack\/Api: cors\.preflight: "SHARED" is not a PreflightPlacement\. Write PreflightPlacement\.PER_RESOURCE or/,
  ],
])('%j is refused where the user called', (option, message) => {
  const { api } = petStore(stack);
  expect(() => addCors(api, { ...policy('app'), ...(option as any) })).toThrow(message);
});

describe('a policy that reaches a REST API from above', () => {
  test('is refused where no REST API can follow it, and the API is named', () => {
    const stack = new Stack(new App(), 'Stack');
    new apigateway.RestApi(stack, 'Api').root.addMethod('GET');
    const origins = new CfnParameter(stack, 'Origins', { type: 'CommaDelimitedList' }).valueAsList;
    expect(() => stack.with(new EnableCors({ allowOrigins: origins }))).toThrow(
      /^Stack\/Api: cors\.allowOrigins: the whole list/,
    );
  });

  test('tells its own warnings once, on the API', () => {
    const stack = new Stack(new App(), 'Stack');
    new apigateway.RestApi(stack, 'Api').root.addResource('pets').addMethod('GET');
    stack.with(new EnableCors({ allowOrigins: ['http://app.example.com'], allowCredentials: true }));
    const warned = stack.node
      .findAll()
      .filter(({ node }) => node.metadata.some(({ data }) => /PlainHttpWithCredentials/.test(data)));
    expect(warned.map(({ node }) => node.path)).toEqual(['Stack/Api']);
  });
});
