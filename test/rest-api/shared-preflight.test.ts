import '../verdicts';
import { NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as fc from 'fast-check';
import {
  addCors,
  CorsEnabledRestApi,
  CorsSimulator,
  type CorsVerdict,
  EnableCors,
  PreflightPlacement,
} from '../../src';
import { APP } from '../support/pages';
import { ASPECT_MODES, appWith, headersOf, http, preflightsOf, resourcesOf } from './apps';

const EVIL = 'https://evil.example';
const SHARED = { allowOrigins: [APP], preflight: PreflightPlacement.SHARED };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

/** An API with these routes, such as `GET /pets/{id}`. */
function apiWith(routes: string[], cors: object = SHARED, of = stack): CorsEnabledRestApi {
  const api = new CorsEnabledRestApi(of, 'Api', { cors: cors as any });
  for (const route of routes) {
    const [verb, path] = route.split(' ');
    api.root.resourceForPath(path).addMethod(verb, http());
  }
  return api;
}

/** What each OPTIONS method announces, by path. */
function announced(of = stack): Record<string, string> {
  const resources = resourcesOf(of, 'AWS::ApiGateway::Resource');
  const path = (id: any): string => {
    const { PathPart, ParentId } = resources[id?.Ref]?.Properties ?? {};
    return PathPart === undefined ? '' : `${path(ParentId)}/${PathPart}`;
  };
  return Object.fromEntries(
    Object.values(preflightsOf(of)).map((preflight) => [
      path(preflight.ResourceId) || '/',
      headersOf(preflight)['Access-Control-Allow-Methods'],
    ]),
  );
}

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  test('one greedy OPTIONS and one on the root answer for all', () => {
    stack = new Stack(appWith(context), 'Stack');
    const api = apiWith(['GET /', 'GET /pets', 'PUT /pets/{id}', 'DELETE /a/b/c']);
    expect(announced()).toEqual({ '/': 'GET', '/{proxy+}': 'GET,PUT,DELETE' });
    expect(api).toAllow({ origin: APP, path: '/a/b/c', method: 'DELETE' });
    expect(api).toAllow({ origin: APP, path: '/pets/1', method: 'PUT' });
    expect(api).toBlock({ origin: EVIL, path: '/pets/1', method: 'PUT' }, 'preflight-origin');
  });

  test('synthesizing again changes nothing', () => {
    stack = new Stack(appWith(context), 'Stack');
    apiWith(['GET /pets', 'PUT /pets/{id}']);
    const synth = () => (stack.node.root as any).synth({ force: true }).getStackByName('Stack').template;
    expect(synth()).toEqual(synth());
  });
});

test('CORS costs the same few resources for any number of paths', () => {
  const count = (paths: number, cors?: object) => {
    const of = new Stack(appWith(), 'Stack');
    const routes = [...Array(paths).keys()].map((i) => `GET /path${i}`);
    if (cors) apiWith(routes, cors, of);
    else
      for (const route of routes)
        ((of.node.tryFindChild('Api') ?? new apigateway.RestApi(of, 'Api')) as apigateway.RestApi).root
          .resourceForPath(route.slice(4))
          .addMethod('GET', http());
    return Object.keys((of.node.root as any).synth().getStackByName('Stack').template.Resources).length;
  };
  expect([10, 100].map((paths) => count(paths, SHARED) - count(paths))).toEqual([4, 4]);
});

describe('where the preflight stands', () => {
  const cases: [string, string[], Record<string, string>][] = [
    ['an existing greedy proxy at the root is used', ['GET /pets', 'PUT /{proxy+}'], { '/{proxy+}': 'GET,PUT' }],
    [
      'resources with ANY keep their own',
      ['ANY /any', 'GET /pets'],
      { '/any': 'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD', '/{proxy+}': 'GET' },
    ],
    [
      'nested greedy paths keep their own, and answer for their siblings',
      ['GET /files/{key+}', 'PUT /files/index', 'POST /pets'],
      { '/files/{key+}': 'GET,PUT', '/{proxy+}': 'GET,PUT,POST' },
    ],
    [
      'deeper than a nested greedy',
      ['GET /files/{key+}', 'PUT /files/a/b'],
      { '/files/{key+}': 'GET,PUT', '/{proxy+}': 'PUT,GET' },
    ],
    [
      'a root with a variable child has them below, where they save something',
      ['GET /{tenant}/orders', 'PUT /{tenant}/pets', 'DELETE /{tenant}/a/b', 'GET /status'],
      { '/{tenant}/{proxy+}': 'GET,PUT,DELETE', '/status': 'GET' },
    ],
    [
      'a root with a variable child and little below has one on each',
      ['GET /{tenant}/orders', 'GET /status'],
      { '/{tenant}/orders': 'GET', '/status': 'GET' },
    ],
  ];
  test.each(cases)('%s', (_why, routes, expected) => {
    apiWith(routes);
    const sorted = (methods: Record<string, string>) =>
      Object.fromEntries(Object.entries(methods).map(([path, list]) => [path, list.split(',').sort().join()]));
    expect(sorted(announced())).toEqual(sorted(expected));
  });

  test('a resource under a policy of its own keeps its own', () => {
    const api = apiWith(['GET /pets', 'GET /admin']);
    addCors(api.root.resourceForPath('/admin'), { allowOrigins: ['https://admin.example.com'] });
    expect(announced()).toEqual({ '/admin': 'GET', '/{proxy+}': 'GET' });
    expect(api).toBlock({ origin: APP, path: '/admin', headers: { 'x-api-key': 'k' } }, 'preflight-origin');
  });

  test('a literal beside a variable under another policy keeps its own', () => {
    const api = apiWith(['PUT /pets/special', 'PUT /pets/{id}']);
    addCors(api.root.resourceForPath('/pets/{id}'), { allowOrigins: ['https://admin.example.com'] });
    expect(Object.keys(announced()).sort()).toEqual(['/pets/special', '/pets/{id}', '/{proxy+}']);
    expect(api).toAllow({ origin: APP, path: '/pets/special', method: 'PUT' });
  });

  test('an OPTIONS of the user’s stays, and those that would fall to it keep their own', () => {
    const api = apiWith(['PUT /pets/special', 'OPTIONS /pets/{id}', 'GET /orders']);
    expect(announced()).toMatchObject({ '/pets/special': 'PUT', '/{proxy+}': 'GET' });
    expect(api).toAllow({ origin: APP, path: '/pets/special', method: 'PUT' });
  });

  test('nested stacks are answered for by the root', () => {
    const api = apiWith(['GET /pets']);
    const nested = new NestedStack(stack, 'Nested');
    const imported = apigateway.RestApi.fromRestApiAttributes(nested, 'Api', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    imported.root.addResource('orders').addMethod('PATCH', http());
    expect(preflightsOf(nested)).toEqual({});
    expect(api).toAllow({ origin: APP, path: '/orders', method: 'PATCH' });
  });

  test('L1s and mixins do as well', () => {
    const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'api' });
    for (const part of ['a', 'b']) {
      const resource = new apigateway.CfnResource(stack, part, {
        restApiId: api.ref,
        parentId: api.attrRootResourceId,
        pathPart: part,
      });
      new apigateway.CfnMethod(stack, `Get${part}`, {
        restApiId: api.ref,
        resourceId: resource.ref,
        httpMethod: 'GET',
        integration: {
          type: 'HTTP',
          uri: 'https://backend.example.com',
          integrationHttpMethod: 'GET',
          integrationResponses: [{ statusCode: '200' }],
        },
      });
    }
    api.with(new EnableCors(SHARED));
    expect(announced()).toEqual({ '/{proxy+}': 'GET' });
    expect(api).toAllow({ origin: APP, path: '/b', headers: { 'x-api-key': 'k' } });
  });

  test('a mixin on the API shares as well', () => {
    const api = new apigateway.RestApi(stack, 'Api');
    for (const part of ['a', 'b', 'c']) api.root.addResource(part).addMethod('GET', http());
    api.with(new EnableCors(SHARED));
    expect(announced()).toEqual({ '/{proxy+}': 'GET' });
  });

  test('nothing that a resource hands down to its children reaches the shared one', () => {
    const api = new apigateway.RestApi(stack, 'Api');
    api.root.addResource('{id}').addMethod('GET', http());
    const x = api.root.addResource('x', {
      defaultCorsPreflightOptions: { allowOrigins: ['https://other.example.com'] },
    });
    for (const pathPart of ['a', 'b', 'c', 'd']) {
      const resource = new apigateway.CfnResource(stack, pathPart, {
        restApiId: api.restApiId,
        parentId: x.resourceId,
        pathPart,
      });
      new apigateway.CfnMethod(stack, `Get${pathPart}`, {
        restApiId: api.restApiId,
        resourceId: resource.ref,
        httpMethod: 'GET',
        integration: { type: 'HTTP_PROXY', uri: 'https://backend.example.com', integrationHttpMethod: 'GET' },
      });
    }
    addCors(api, SHARED);
    const targets = Object.values(preflightsOf(stack)).map(({ ResourceId }) => JSON.stringify(ResourceId));
    expect(new Set(targets).size).toBe(targets.length);
  });

  test('the Deployment waits for it', () => {
    apiWith(['GET /pets']);
    const [{ DependsOn }] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::Deployment'));
    expect(DependsOn).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Apiproxy[0-9A-F]{8}$/),
        expect.stringMatching(/^ApiproxyOPTIONS/),
      ]),
    );
  });

  test('a single resource cannot share', () => {
    const api = new apigateway.RestApi(stack, 'Api');
    expect(() => addCors(api.root, SHARED)).toThrow(
      'cors.preflight: one preflight for all resources belongs to the whole API',
    );
  });
});

describe('of any tree', () => {
  const part = fc.constantFrom('a', 'b', 'c', '{id}', '{rest+}');
  const path = fc.array(part, { maxLength: 3 }).map((parts) => {
    const greedy = parts.indexOf('{rest+}');
    return `/${(greedy < 0 ? parts : parts.slice(0, greedy + 1)).join('/')}`;
  });
  const verb = fc.constantFrom('GET', 'PUT', 'PATCH', 'ANY', 'OPTIONS');
  const routes = fc.uniqueArray(fc.tuple(verb, path), {
    minLength: 1,
    maxLength: 8,
    selector: (route) => route.join(' '),
  });
  const other = fc.option(fc.nat(7), { nil: undefined });

  /** API Gateway refuses two variable siblings, `{id}` and `{rest+}`. */
  const isDeployable = (list: [string, string][]) => {
    const variable = new Map<string, string>();
    return list.every(([, each]) =>
      each.split('/').every((name, i, all) => {
        if (!name.startsWith('{')) return true;
        const parent = all.slice(0, i).join('/');
        const known = variable.get(parent) ?? name;
        variable.set(parent, known);
        return known === name;
      }),
    );
  };

  function simulate(list: [string, string][], placement: PreflightPlacement, otherPolicy?: number) {
    const of = new Stack(appWith(), 'Stack');
    const api = apiWith(
      list.map((route) => route.join(' ')),
      { allowOrigins: [APP], preflight: placement },
      of,
    );
    const target = otherPolicy === undefined ? undefined : list[otherPolicy]?.[1];
    if (target) addCors(api.root.resourceForPath(target), { allowOrigins: ['https://admin.example.com'] });
    return CorsSimulator.fromStack(of);
  }

  test('pages may use the same routes, and get no more than a gateway error elsewhere', () => {
    fc.assert(
      fc.property(routes.filter(isDeployable), other, (list, otherPolicy) => {
        const [perResource, shared] = [PreflightPlacement.PER_RESOURCE, PreflightPlacement.SHARED].map((placement) =>
          simulate(list, placement, otherPolicy),
        );
        for (const [, route] of list) {
          for (const concrete of [
            route.replace(/\{id\}/g, 'b').replace('{rest+}', 'x/y'),
            route.replace(/\{\w+\+?\}/g, 'zzz'),
            `${route.replace(/\{\w+\+?\}/g, 'c')}/none`,
          ]) {
            for (const origin of [APP, 'https://admin.example.com', EVIL]) {
              for (const method of ['GET', 'PUT', 'PATCH']) {
                const request = { origin, path: concrete.replace('//', '/'), method, headers: { 'x-api-key': 'k' } };
                const [before, after] = [perResource.request(request), shared.request(request)];
                if (before.outcome !== after.outcome) expect(isGatewayError(after)).toBe(true);
              }
            }
          }
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  function isGatewayError(verdict: CorsVerdict): boolean {
    return verdict.response?.status === 403;
  }
});
