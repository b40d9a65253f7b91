import * as fc from 'fast-check';
import { httpDocumentWithCors } from '../../src/open-api/http-document';
import type { PolicyInput } from '../../src/policy/policy';
import { policyFrom } from '../../src/policy/policy-from';
import { APP } from '../support/pages';

const INTEGRATION = 'x-amazon-apigateway-integration';
const ANY = 'x-amazon-apigateway-any-method';

const BACKEND = {
  type: 'http_proxy',
  httpMethod: 'ANY',
  uri: 'https://backend.example.com',
  payloadFormatVersion: '1.0',
};
const OPEN = { responses: { default: { description: 'Any' } }, [INTEGRATION]: BACKEND };
const CLOSED = { ...OPEN, security: [{ jwt: ['pets'] }] };

const NOTHING = { Ref: 'AWS::NoValue' };
const either = (yes: unknown, no: unknown) => ({ 'Fn::If': ['InProduction', yes, no] });

const JWT = {
  components: {
    securitySchemes: {
      jwt: {
        type: 'oauth2',
        'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization' },
      },
    },
  },
};

function withCors(
  paths: object,
  rest: object = {},
  input: PolicyInput = { allowOrigins: [APP] },
  others: object = JWT,
) {
  const document = { openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths, ...others };
  return httpDocumentWithCors(document, { policy: policyFrom(input), ...rest });
}

describe('the configuration', () => {
  test('is that of an HTTP API', () => {
    const { document } = withCors(
      { '/pets': { get: OPEN, put: OPEN } },
      {},
      { allowOrigins: [APP], allowCredentials: true, exposeHeaders: ['ETag'] },
    );
    expect(document['x-amazon-apigateway-cors']).toEqual({
      allowOrigins: [APP],
      allowCredentials: true,
      allowMethods: ['GET', 'PUT'],
      allowHeaders: [
        'content-type',
        'x-amz-date',
        'authorization',
        'x-api-key',
        'x-amz-security-token',
        'x-amz-user-agent',
      ],
      exposeHeaders: ['etag'],
      maxAge: 600,
    });
  });

  test('of the user’s stays', () => {
    const own = { 'x-amazon-apigateway-cors': { allowOrigins: ['*'] } };
    const { document, findings } = withCors({}, {}, undefined, own);
    expect(document['x-amazon-apigateway-cors']).toEqual(own['x-amazon-apigateway-cors']);
    expect(findings.hasOwnCors).toBe(true);
  });

  test.each([
    [
      'routes that are constructs too',
      { '/pets': { get: OPEN } },
      [{ verb: 'DELETE', path: '/pets' }],
      ['GET', 'DELETE'],
    ],
    [
      'all seven for any method',
      { '/$default': { [ANY]: OPEN } },
      [],
      ['OPTIONS', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'],
    ],
    ['all seven where no route is known', {}, [], ['OPTIONS', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD']],
  ])('announces %s', (_, paths, routesElsewhere, methods) => {
    expect(withCors(paths, { routesElsewhere }).document['x-amazon-apigateway-cors'].allowMethods).toEqual(methods);
  });
});

describe('a route has an authorizer, so that preflights need a way around it, where', () => {
  const security = (value: unknown) => ({ '/pets': { [ANY]: { ...OPEN, security: value } } });
  const { jwt } = JWT.components.securitySchemes;
  const asked = security([{ jwt: [] }]);
  const rooted = { ...JWT, security: [{ jwt: [] }] };

  test.each<[string, object, object?]>([
    ['one side of a condition asks for it', security(either([], [{ jwt: [] }]))],
    ['a condition puts it into the list', security([either({ jwt: [] }, NOTHING)])],
    ['one side leaves it to the whole document', security(either([], NOTHING)), rooted],
    [
      'one side of the whole document asks for it',
      { '/pets': { [ANY]: OPEN } },
      { ...JWT, security: either([{ jwt: [] }], NOTHING) },
    ],
    ['only the deployment knows the list', security({ Ref: 'Security' })],
    ['only the deployment knows a requirement', security([{ Ref: 'Requirement' }])],
    ['only the deployment knows the scheme', asked, { components: { securitySchemes: { jwt: { Ref: 'Scheme' } } } }],
    [
      'a condition chooses the scheme',
      asked,
      { components: { securitySchemes: { jwt: either({ type: 'apiKey' }, jwt) } } },
    ],
    ['a condition chooses the schemes', asked, { components: either({ securitySchemes: { jwt } }, NOTHING) }],
    [
      'only the deployment knows the schemes',
      asked,
      { components: { securitySchemes: { 'Fn::Transform': { Name: 'AWS::Include' } } } },
    ],
    [
      'a scheme refers to another',
      asked,
      { components: { securitySchemes: { jwt: { $ref: '#/x-jwt' } } }, 'x-jwt': jwt },
    ],
    [
      'one side asks for a signature',
      { '/pets': { [ANY]: { ...OPEN, 'x-amazon-apigateway-auth': either({ type: 'AWS_IAM' }, NOTHING) } } },
    ],
    [
      'one type is a signature',
      { '/pets': { [ANY]: { ...OPEN, 'x-amazon-apigateway-auth': { type: either('NONE', 'AWS_IAM') } } } },
    ],
  ])('%s', (_, paths, others = JWT) => {
    const { document, findings } = withCors(paths, {}, undefined, others);
    expect(document.paths['/pets'].options.security).toEqual([]);
    expect(findings.hasAuthorizers).toBe(true);
  });

  test.each<[string, object, object?]>([
    ['neither side of a condition asks for one', security(either([], [{}])), rooted],
    ['the list is empty', security([]), rooted],
    ['the scheme is an API key', asked, { components: { securitySchemes: { jwt: { type: 'apiKey' } } } }],
    ['there is no such scheme', asked, {}],
    [
      'no signature is asked for',
      { '/pets': { [ANY]: { ...OPEN, 'x-amazon-apigateway-auth': { type: either('NONE', 'none') } } } },
    ],
  ])('but not where %s', (_, paths, others = JWT) => {
    const { document, findings } = withCors(paths, {}, undefined, others);
    expect(document.paths).toEqual(paths);
    expect(findings.hasAuthorizers).toBe(false);
  });
});

describe('an OPTIONS of the user’s that a condition takes away', () => {
  const options = { responses: {}, [INTEGRATION]: BACKEND };

  test('is stood in for on the other side', () => {
    const { document, findings } = withCors({ '/pets': { [ANY]: CLOSED, options: either(options, NOTHING) } });
    const [condition, yes, no] = document.paths['/pets'].options['Fn::If'];
    expect([condition, yes]).toEqual(['InProduction', options]);
    expect(no).toMatchObject({ security: [], [INTEGRATION]: BACKEND });
    expect(findings.opened).toMatchObject([{ verb: 'ANY', path: '/pets' }]);
  });

  test('together with its path item is stood in for in the other item', () => {
    const { document } = withCors({ '/pets': either({ [ANY]: CLOSED, options }, { [ANY]: CLOSED }) });
    const [, yes, no] = document.paths['/pets']['Fn::If'];
    expect(yes.options).toEqual(options);
    expect(no.options).toMatchObject({ security: [], [INTEGRATION]: BACKEND });
  });

  test('is not stood in for where both sides have one', () => {
    const paths = { '/pets': { [ANY]: CLOSED, options: either(options, OPEN) } };
    expect(withCors(paths).document.paths).toEqual(paths);
  });

  test('is not stood in for where the other side takes no preflights', () => {
    const paths = { '/pets': either({ [ANY]: CLOSED, options }, { get: CLOSED }) };
    const { document, findings } = withCors(paths);
    expect(document.paths).toEqual(paths);
    expect(findings.opened).toEqual([]);
  });

  test('is stood in for once', () => {
    const { document } = withCors({ '/pets': { [ANY]: CLOSED, options: either(options, either(NOTHING, options)) } });
    expect(httpDocumentWithCors(document, { policy: policyFrom({ allowOrigins: [APP] }) }).document).toEqual(document);
  });
});

test('the variables of a path are declared where only one side of a condition does', () => {
  const declared = (parameters: unknown) =>
    withCors({ '/pets/{id}': { [ANY]: CLOSED, parameters } }).document.paths['/pets/{id}'].options.parameters?.map(
      ({ name }: any) => name,
    );
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  expect(declared(either([id], NOTHING))).toEqual(['id']);
  expect(declared([either(id, NOTHING)])).toEqual(['id']);
  expect(declared({ Ref: 'Parameters' })).toEqual(['id']);
  expect(declared(either([id], [either(id, id)]))).toBeUndefined();
});

describe('a route that takes preflights from API Gateway', () => {
  test('and has an authorizer gets an open OPTIONS beside it, with the same integration', () => {
    const { document, findings } = withCors({ '/pets/{id}': { [ANY]: CLOSED } });
    expect(document.paths['/pets/{id}'].options).toEqual({
      summary: 'Answers CORS preflights',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { default: { description: expect.any(String) } },
      security: [],
      [INTEGRATION]: BACKEND,
    });
    expect(findings.opened).toMatchObject([{ verb: 'ANY', path: '/pets/{id}' }]);
  });

  test('and is authorized by the whole document gets one too', () => {
    const { document } = withCors({ '/pets': { [ANY]: OPEN } }, {}, undefined, { ...JWT, security: [{ jwt: [] }] });
    expect(document.paths['/pets'].options.security).toEqual([]);
  });

  test('and asks for a signature gets one too', () => {
    const { document } = withCors({ '/pets': { [ANY]: { ...OPEN, 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } } } });
    expect(document.paths['/pets'].options.security).toEqual([]);
  });

  test('for all paths gets two', () => {
    const { document } = withCors({ '/$default': { [ANY]: { ...CLOSED, isDefaultRoute: true } }, '/': { get: OPEN } });
    expect(Object.keys(document.paths)).toEqual(['/$default', '/', '/{proxy+}']);
    expect(Object.keys(document.paths['/'])).toEqual(['get', 'options']);
    expect(document.paths['/{proxy+}'].options[INTEGRATION]).toEqual(BACKEND);
    expect(document.paths['/{proxy+}'].options.parameters).toMatchObject([{ name: 'proxy' }]);
  });

  test('and refers to a shared integration refers to it again', () => {
    const $ref = '#/components/x-amazon-apigateway-integrations/All';
    const { document } = withCors({ '/pets': { [ANY]: { ...CLOSED, [INTEGRATION]: { $ref } } } }, {}, undefined, {
      components: { ...JWT.components, 'x-amazon-apigateway-integrations': { All: BACKEND } },
    });
    expect(document.paths['/pets'].options[INTEGRATION]).toEqual({ $ref });
  });

  test('without an authorizer is left alone, and named', () => {
    const { document, findings } = withCors({ '/pets': { [ANY]: OPEN } });
    expect(document.paths).toEqual({ '/pets': { [ANY]: OPEN } });
    expect(findings.open).toMatchObject([{ verb: 'ANY', path: '/pets' }]);
  });

  test.each([
    ['a service action', { type: 'aws_proxy', integrationSubtype: 'SQS-SendMessage', payloadFormatVersion: '1.0' }],
    ['one method', { ...BACKEND, httpMethod: 'post' }],
  ])('stays closed where its backend is always called with %s', (_, integration) => {
    const { document, findings } = withCors({ '/pets': { [ANY]: { ...CLOSED, [INTEGRATION]: integration } } });
    expect(document.paths['/pets']).not.toHaveProperty('options');
    expect(findings.unsafe).toMatchObject([{ verb: 'ANY', path: '/pets' }]);
  });

  test('is answered for by the integration that is chosen, with an authorizer or not', () => {
    const preflights = { type: 'aws_proxy', httpMethod: 'POST', uri: 'arn:preflights', payloadFormatVersion: '2.0' };
    const { document, findings } = withCors(
      { '/pets': { [ANY]: OPEN }, '/cats': { [ANY]: CLOSED } },
      { answererOf: () => ({ integration: preflights }) },
    );
    expect(document.paths['/pets'].options[INTEGRATION]).toEqual(preflights);
    expect(document.paths['/cats'].options[INTEGRATION]).toEqual(preflights);
    expect(findings).toMatchObject({ open: [], opened: [], unsafe: [] });
  });

  test('with an OPTIONS of the user’s is left alone, and named if that is closed', () => {
    const paths = { '/pets': { [ANY]: CLOSED, options: CLOSED }, '/cats': { [ANY]: CLOSED, options: OPEN } };
    const { document, findings } = withCors(paths);
    expect(document.paths).toEqual(paths);
    expect(findings.closedOptions).toMatchObject([{ verb: 'OPTIONS', path: '/pets' }]);
  });
});

test('an OPTIONS route that is a construct stays the only one', () => {
  const routesElsewhere = [{ verb: 'OPTIONS', path: '/pets/{petId}' }];
  const { document } = withCors({ '/pets/{id}': { [ANY]: CLOSED } }, { routesElsewhere });
  expect(document.paths['/pets/{id}']).not.toHaveProperty('options');
});

test('routes of listed methods get nothing: API Gateway answers on its own', () => {
  const paths = { '/pets': { get: CLOSED, put: OPEN } };
  expect(withCors(paths).document.paths).toEqual(paths);
});

test('the document that is given never changes, and a second time changes nothing', () => {
  const item = fc.dictionary(fc.constantFrom('get', 'put', 'options', ANY), fc.constantFrom(OPEN, CLOSED), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('/', '/pets/{id}', '/{proxy+}', '/$default'), item), (paths) => {
      const before = JSON.stringify(paths);
      const { document } = withCors(paths);
      expect(JSON.stringify(paths)).toBe(before);
      expect(document.paths).toMatchObject(paths);
      expect(httpDocumentWithCors(document, { policy: policyFrom({ allowOrigins: [APP] }) }).document).toEqual(
        document,
      );
    }),
  );
});
