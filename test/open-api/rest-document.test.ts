import * as fc from 'fast-check';
import { restDocumentWithCors } from '../../src/open-api/rest-document';
import type { PolicyInput } from '../../src/policy/policy';
import { policyFrom } from '../../src/policy/policy-from';
import { APP } from '../support/pages';
import { ABOUT_CORS, additions, losses } from './losses';
import { documentOf, http, httpProxy, lambdaProxy, mock, type Shape, SOME_FUNCTION, type Version } from './shapes';

const ONE = { allowOrigins: [APP] };
const SEVERAL = { allowOrigins: [APP, 'http://localhost:*'] };
const INTEGRATION = 'x-amazon-apigateway-integration';
const ANY = 'x-amazon-apigateway-any-method';

function withCors(document: object, input: PolicyInput = ONE, rest = {}) {
  return restDocumentWithCors(document, { policy: policyFrom(input), ...rest });
}

function openApi(paths: object, others: object = {}): any {
  return { openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths, ...others };
}

const GET = {
  responses: { 200: { description: 'Pets' } },
  [INTEGRATION]: { type: 'http', responses: { default: { statusCode: '200' } } },
};

/** The methods that the preflight of a path announces. */
function announced(document: any, path: string): string {
  return document.paths[path].options[INTEGRATION].responses.default.responseParameters[
    'method.response.header.Access-Control-Allow-Methods'
  ];
}

test('an OPTIONS of the user’s that a condition takes away is stood in for on the other side', () => {
  const own = { responses: {}, [INTEGRATION]: { type: 'mock' } };
  const conditional = { 'Fn::If': ['InProduction', own, { Ref: 'AWS::NoValue' }] };
  const { document } = withCors(openApi({ '/pets': { get: GET, options: conditional } }));
  const [condition, yes, no] = document.paths['/pets'].options['Fn::If'];
  expect([condition, yes]).toEqual(['InProduction', own]);
  expect(no).toEqual(withCors(openApi({ '/pets': { get: GET } })).document.paths['/pets'].options);
  expect(withCors(document).document).toEqual(document);
});

describe('a preflight', () => {
  test('needs no authorization, whatever the document asks for', () => {
    const { document } = withCors(openApi({ '/pets': { get: GET } }, { security: [{ token: [] }] }));
    expect(document.paths['/pets'].options.security).toEqual([]);
  });

  test('is answered by a mock that is safe on binary APIs', () => {
    const { document } = withCors(openApi({ '/pets': { get: GET } }), SEVERAL);
    const { responses, ...mocked } = document.paths['/pets'].options[INTEGRATION];
    expect(mocked).toEqual({
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      passthroughBehavior: 'never',
      contentHandling: 'CONVERT_TO_TEXT',
    });
    expect(responses.default.contentHandling).toBe('CONVERT_TO_TEXT');
  });

  test.each([
    ['2.0', { swagger: '2.0' }, { type: 'string' }],
    ['3.0', { openapi: '3.0.3' }, { schema: { type: 'string' } }],
    ['3.1', { openapi: '3.1.0' }, { schema: { type: 'string' } }],
  ])('declares each header that it maps as OpenAPI %s does', (_version, version, type) => {
    const { document } = withCors({ ...version, paths: { '/pets': { get: GET } } });
    const { responses } = document.paths['/pets'].options;
    const mapped = Object.keys(document.paths['/pets'].options[INTEGRATION].responses.default.responseParameters);
    expect(Object.keys(responses[204].headers).map((name) => `method.response.header.${name}`)).toEqual(mapped);
    expect(Object.values(responses[204].headers)).toContainEqual(type);
  });

  test.each([
    ['the methods of its path', { '/pets': { get: GET, put: GET } }, '/pets', "'GET,PUT'"],
    ['all seven for any method', { '/pets': { [ANY]: GET } }, '/pets', "'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD'"],
    [
      'those that fall through to a greedy path',
      { '/pets': { get: GET }, '/{proxy+}': { delete: GET } },
      '/pets',
      "'GET,DELETE'",
    ],
    [
      'those that fall through to a variable',
      { '/pets/mine': { get: GET }, '/pets/{id}': { put: GET } },
      '/pets/mine',
      "'GET,PUT'",
    ],
    ['none that API Gateway does not know', { '/pets': { get: GET, trace: GET } }, '/pets', "'GET'"],
  ])('announces %s', (_, paths, path, methods) => {
    expect(announced(withCors(openApi(paths)).document, path)).toBe(methods);
  });

  test('is missing where no method is', () => {
    const { document } = withCors(openApi({ '/pets': { summary: 'Nothing yet' } }));
    expect(document.paths['/pets']).toEqual({ summary: 'Nothing yet' });
  });

  test('declares the variables of its path, unless the path does', () => {
    const { document } = withCors(
      openApi(
        {
          '/pets/{id}': { get: GET },
          '/owners/{id}/{proxy+}': { get: GET, parameters: [{ $ref: '#/components/parameters/Id' }] },
        },
        { components: { parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } } } },
      ),
    );
    expect(document.paths['/pets/{id}'].options.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    ]);
    expect(document.paths['/owners/{id}/{proxy+}'].options.parameters.map(({ name }: any) => name)).toEqual(['proxy']);
  });

  test('is not validated for what the path requires', () => {
    const { document } = withCors(
      openApi(
        {
          '/pets': { get: GET, parameters: [{ name: 'X-Shop', in: 'header', required: true }] },
          '/orders': { get: GET },
        },
        {
          'x-amazon-apigateway-request-validator': 'all',
          'x-amazon-apigateway-request-validators': { all: { validateRequestParameters: true } },
        },
      ),
    );
    const name = document.paths['/pets'].options['x-amazon-apigateway-request-validator'];
    expect(document['x-amazon-apigateway-request-validators']).toEqual({
      all: { validateRequestParameters: true },
      [name]: { validateRequestBody: false, validateRequestParameters: false },
    });
    expect(document.paths['/orders'].options).not.toHaveProperty('x-amazon-apigateway-request-validator');
  });

  test('has no validator where only the deployment knows what the path asks for', () => {
    const paths = (parameters: unknown) => ({ '/pets': { get: GET, parameters } });
    const validator = { 'x-amazon-apigateway-request-validator': 'all' };
    const asked = {
      'Fn::If': ['InProduction', { name: 'X-Shop', in: 'header', required: true }, { Ref: 'AWS::NoValue' }],
    };
    const options = (parameters: unknown) =>
      withCors(openApi(paths(parameters), validator)).document.paths['/pets'].options;
    expect(options([asked])).toHaveProperty('x-amazon-apigateway-request-validator');
    expect(options({ Ref: 'Parameters' })).toHaveProperty('x-amazon-apigateway-request-validator');
    expect(options(null)).not.toHaveProperty('x-amazon-apigateway-request-validator');
  });

  test('of the user’s stays', () => {
    const own = { description: 'ours', responses: {} };
    const { document, findings } = withCors(openApi({ '/pets': { get: GET, options: own } }));
    expect(document.paths['/pets'].options).toEqual(own);
    expect(findings.ownOptions).toEqual(['/pets']);
  });

  test('is left to constructs where they answer', () => {
    const { document, findings } = withCors(openApi({ '/': { get: GET } }), ONE, { answeredElsewhere: ['/'] });
    expect(document.paths['/']).not.toHaveProperty('options');
    expect(findings.answeredElsewhere).toEqual(['/']);
  });
});

describe('a shared part', () => {
  test('path item answers for all of its paths', () => {
    const { document } = withCors(
      openApi(
        {
          '/pets': { $ref: '#/components/pathItems/All' },
          '/cats': { $ref: '#/components/pathItems/All' },
          '/cats/{id}': { get: GET },
        },
        { components: { pathItems: { All: { get: GET } } } },
      ),
    );
    expect(document.paths['/pets']).toEqual({ $ref: '#/components/pathItems/All' });
    expect(document.components.pathItems.All.options.security).toEqual([]);
  });

  test('path item that is another path announces the methods of both', () => {
    const { document } = withCors(
      openApi({ '/pets': { get: GET }, '/cats': { $ref: '#/paths/~1pets' }, '/{proxy+}': { put: GET } }),
    );
    expect(announced(document, '/pets')).toBe("'GET,PUT'");
  });

  test.each([
    ['2.0', { swagger: '2.0' }, 'responses', (document: any) => document.responses],
    ['3.0', { openapi: '3.0.1' }, 'components/responses', (document: any) => document.components.responses],
  ])('response of OpenAPI %s is copied in, and stays as it is', (_, version, place, responsesOf) => {
    const shared = { Pets: { description: 'Pets' } };
    const { document } = withCors({
      ...version,
      paths: { '/pets': { get: { ...GET, responses: { 200: { $ref: `#/${place}/Pets` } } } } },
      ...(place === 'responses' ? { responses: shared } : { components: { responses: shared } }),
    });
    const { description, headers } = document.paths['/pets'].get.responses[200];
    expect({ description, names: Object.keys(headers) }).toEqual({
      description: 'Pets',
      names: ['Access-Control-Allow-Origin'],
    });
    expect(responsesOf(document)).toEqual({ Pets: { description: 'Pets' } });
  });

  test('integration maps the headers where it stands', () => {
    const { document } = withCors(
      openApi(
        { '/pets': { get: { ...GET, [INTEGRATION]: { $ref: '#/components/x-amazon-apigateway-integrations/Pets' } } } },
        { components: { 'x-amazon-apigateway-integrations': { Pets: GET[INTEGRATION] } } },
      ),
    );
    expect(document.components['x-amazon-apigateway-integrations'].Pets.responses.default.responseParameters).toEqual({
      'method.response.header.Access-Control-Allow-Origin': `'${APP}'`,
    });
    expect(document.paths['/pets'].get.responses[200].headers).toHaveProperty('Access-Control-Allow-Origin');
  });
});

describe('a response', () => {
  const responseOf = (backend: object, input: PolicyInput, operation: object = {}, others: object = {}) => {
    const get = { ...GET, ...operation, [INTEGRATION]: backend };
    const { document, findings } = withCors(openApi({ '/pets': { get } }, others), input);
    return { get: document.paths['/pets'].get, findings };
  };

  test('is declared for each status that the integration answers with', () => {
    const responses = {
      default: { statusCode: '200' },
      '4\\d\\d': { statusCode: '400' },
      '5\\d\\d': { statusCode: 500 },
    };
    const { get } = responseOf({ type: 'aws', responses }, ONE);
    expect(get.responses).toEqual({
      200: { description: 'Pets', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } },
      400: { description: '400 response', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } },
      500: { description: '500 response', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } },
    });
  });

  test('keeps what the user says about the origin', () => {
    const mine = { 'method.response.header.access-control-allow-origin': "'https://mine.example.com'" };
    const headers = { 'access-control-allow-origin': { schema: { type: 'string' } } };
    const { get } = responseOf(
      { type: 'http', responses: { default: { statusCode: '200', responseParameters: mine } } },
      ONE,
      {
        responses: { 200: { description: 'Pets', headers } },
      },
    );
    expect(get[INTEGRATION].responses.default.responseParameters).toEqual(mine);
    expect(get.responses[200].headers).toEqual(headers);
  });

  test.each(['aws_proxy', 'HTTP_PROXY'])('of %s is its backend’s, and named', (type) => {
    const { get, findings } = responseOf({ type, responses: { default: { statusCode: '200' } } }, ONE);
    expect(get).toEqual({ ...GET, [INTEGRATION]: { type, responses: { default: { statusCode: '200' } } } });
    expect(findings.behindProxies).toMatchObject([{ verb: 'GET', path: '/pets' }]);
  });

  test('that an integration does not have is named', () => {
    expect(responseOf({ type: 'http' }, ONE).findings.withoutResponses).toMatchObject([{ verb: 'GET', path: '/pets' }]);
  });

  test('that may be binary gets no template, and is named', () => {
    const { get, findings } = responseOf(
      { type: 'http', responses: { default: { statusCode: '200' } } },
      SEVERAL,
      {},
      {
        'x-amazon-apigateway-binary-media-types': ['*/*'],
      },
    );
    expect(get[INTEGRATION].responses.default).not.toHaveProperty('responseTemplates');
    expect(findings.losingOrigin).toMatchObject([{ verb: 'GET', path: '/pets' }]);
  });

  test('on both sides of a condition has the headers', () => {
    const conditional = {
      'Fn::If': [
        'InProduction',
        { type: 'http', responses: { default: { statusCode: '200' } } },
        { Ref: 'AWS::NoValue' },
      ],
    };
    const { get } = responseOf(conditional, ONE);
    expect(get[INTEGRATION]['Fn::If'][1].responses.default.responseParameters).toBeDefined();
    expect(get[INTEGRATION]['Fn::If'][2]).toEqual({ Ref: 'AWS::NoValue' });
  });
});

describe('a gateway error', () => {
  const gatewayResponses = (document: any) => document['x-amazon-apigateway-gateway-responses'];
  const ORIGIN = { 'gatewayresponse.header.Access-Control-Allow-Origin': `'${APP}'` };

  test('of any kind can be read', () => {
    const { document } = withCors(openApi({}));
    expect(gatewayResponses(document)).toEqual({
      DEFAULT_4XX: { responseParameters: ORIGIN },
      DEFAULT_5XX: { responseParameters: ORIGIN },
    });
  });

  test('that the user customised can be read too, and stays as customised', () => {
    const own = {
      statusCode: 429,
      responseParameters: { 'gatewayresponse.header.X-Slow': "'down'" },
      responseTemplates: { 'application/json': '{}' },
    };
    const mine = { responseParameters: { 'gatewayresponse.header.access-control-allow-origin': "'*'" } };
    const { document } = withCors(
      openApi({}, { 'x-amazon-apigateway-gateway-responses': { THROTTLED: own, DEFAULT_4XX: mine } }),
    );
    expect(gatewayResponses(document)).toEqual({
      THROTTLED: { ...own, responseParameters: { ...own.responseParameters, ...ORIGIN } },
      DEFAULT_4XX: mine,
      DEFAULT_5XX: { responseParameters: ORIGIN },
    });
  });

  test('that constructs customise where the document cannot is left to them', () => {
    const { document } = withCors(openApi({}), ONE, { responsesElsewhere: [{ type: 'DEFAULT_4XX' }] });
    expect(Object.keys(gatewayResponses(document))).toEqual(['DEFAULT_5XX']);
  });

  test('that no page may read stays as it is', () => {
    const { document } = withCors(openApi({}), { ...SEVERAL, allowCredentials: true });
    expect(document).not.toHaveProperty('x-amazon-apigateway-gateway-responses');
  });
});

describe('whatever the document', () => {
  const backends = fc.constantFrom(
    http(),
    mock(),
    lambdaProxy(),
    httpProxy(),
    http({ statusCode: '404', selectionPattern: '404' }),
  );
  const verbs = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'ANY', 'OPTIONS');
  const paths = fc.constantFrom('/', '/pets', '/pets/{id}', '/pets/{id}/owner', '/files/{proxy+}');
  const shapes: fc.Arbitrary<Shape> = fc.record({
    paths: fc.dictionary(paths, fc.dictionary(verbs, backends, { minKeys: 1 })),
  });
  const versions = fc.constantFrom<Version>('2.0', '3.0.1');
  const policies = fc.constantFrom<PolicyInput>(
    ONE,
    SEVERAL,
    { allowOrigins: ['*'] },
    { ...SEVERAL, allowCredentials: true },
  );
  const documents = fc
    .tuple(shapes, versions, fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), fc.jsonValue()))
    .map(([shape, version, extensions]) => ({ ...documentOf(shape, version, SOME_FUNCTION), ...extensions }));

  test('it is not changed itself', () => {
    fc.assert(
      fc.property(documents, policies, (document, input) => {
        const before = JSON.stringify(document);
        withCors(deepFreeze(document), input);
        expect(JSON.stringify(document)).toBe(before);
      }),
    );
  });

  test('nothing of it is lost, moved or replaced', () => {
    fc.assert(
      fc.property(documents, policies, (document, input) => {
        expect(losses(document, withCors(document, input).document)).toEqual([]);
      }),
    );
  });

  test('what is added is about CORS', () => {
    fc.assert(
      fc.property(documents, policies, (document, input) => {
        expect(
          additions(document, withCors(document, input).document).filter((place) => !ABOUT_CORS.test(place)),
        ).toEqual([]);
      }),
    );
  });

  test('a second time changes nothing', () => {
    fc.assert(
      fc.property(documents, policies, (document, input) => {
        const once = withCors(document, input).document;
        expect(JSON.stringify(withCors(once, input).document)).toBe(JSON.stringify(once));
      }),
    );
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

test.each([null, 'text', { 'Fn::If': ['Prod', null, { statusCode: '200' }] }])(
  'a response of an integration that is not an object is as good as left out: %p',
  (response) => {
    const get = { ...GET, [INTEGRATION]: { type: 'http', responses: { default: response } } };
    const { document } = withCors(openApi({ '/pets': { get } }), SEVERAL);
    expect((document as any).paths['/pets'].options).toBeDefined();
  },
);
