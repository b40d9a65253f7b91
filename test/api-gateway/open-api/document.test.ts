import { OpenApiDocument, routeKeyOf } from '../../../src/api-gateway/open-api/document';
import { isAuthorizer, isSecured, requiredSchemes } from '../../../src/api-gateway/open-api/security';

const routesOf = (root: unknown) =>
  new OpenApiDocument(root).operations.map(routeKeyOf).map(({ verb, path = '$default' }) => `${verb} ${path}`);

describe('the operations of a document', () => {
  test.each([
    ['a path item that is written out', { '/a': { get: {} } }],
    ['a path item behind a reference', { '/a': { $ref: '#/x-items/a' } }],
    ['an operation behind a reference', { '/a': { get: { $ref: '#/x-items/a/get' } } }],
    ['references behind one another', { '/a': { $ref: '#/x-items/again' } }],
    ['a path item on each branch of a condition', { '/a': { 'Fn::If': ['C', { get: {} }, { Ref: 'AWS::NoValue' }] } }],
  ])('%s', (_, paths) => {
    const root = { openapi: '3.0.1', paths, 'x-items': { a: { get: {} }, again: { $ref: '#/x-items/a' } } };
    expect(routesOf(root)).toEqual(['GET /a']);
  });

  test.each([
    ['at /$default', { '/$default': { 'x-amazon-apigateway-any-method': {} } }],
    ["at SAM's $default", { $default: { 'x-amazon-apigateway-any-method': {} } }],
    ['where the operation says so', { '/rest': { 'x-amazon-apigateway-any-method': { isDefaultRoute: true } } }],
  ])('the default route is found %s', (_, paths) => {
    expect(routesOf({ openapi: '3.0.1', paths })).toEqual(['ANY $default']);
  });

  test.each([null, 5, 'x', [], {}, { paths: 5 }, { paths: [] }, { paths: { '/a': null } }, { paths: { 'Fn::If': 5 } }])(
    '%j has none',
    (root) => {
      expect(routesOf(root)).toEqual([]);
    },
  );

  test('one that cannot be read is found, but not among those that can', () => {
    const document = new OpenApiDocument({
      paths: { '/a': { get: { $ref: '#/nowhere' }, put: { Ref: 'Parameter' }, post: 'x', head: null } },
    });
    expect(document.operations).toEqual([]);
    expect(document.foundOperations.map(({ verb, operation }) => [verb, operation])).toEqual([
      ['GET', undefined],
      ['PUT', { Ref: 'Parameter' }],
      ['POST', 'x'],
    ]);
  });

  test('references lead through the branches of a condition', () => {
    const chosen = { 'Fn::If': ['C', { get: {} }, { get: { Ref: 'Parameter' } }] };
    const document = new OpenApiDocument({ paths: { '/a': { get: { $ref: '#/x/chosen/get' } } }, x: { chosen } });
    expect(document.foundOperations.map(({ operation }) => operation)).toEqual([{}, { Ref: 'Parameter' }]);
  });

  test('references in a circle lead nowhere', () => {
    const root = {
      paths: { '/a': { $ref: '#/x/one' }, '/b': { get: {} } },
      x: { one: { $ref: '#/x/two' }, two: { $ref: '#/x/one' } },
    };
    expect(routesOf(root)).toEqual(['GET /b']);
  });
});

describe('the security schemes that an operation asks for', () => {
  const scheme = { type: 'apiKey', 'x-amazon-apigateway-authorizer': { type: 'token' } };
  const document = new OpenApiDocument({
    openapi: '3.0.1',
    security: [{ all: [] }],
    components: { securitySchemes: { all: { $ref: '#/x-schemes/all' }, own: { type: 'apiKey' } } },
    'x-schemes': { all: scheme },
  });

  test.each([
    ["the document's", {}, [{ name: 'all', scheme }], true],
    ['its own', { security: [{ own: [] }] }, [{ name: 'own', scheme: { type: 'apiKey' } }], false],
    ['none', { security: [] }, [], false],
    ['one that nothing declares', { security: [{ other: [] }] }, [{ name: 'other', scheme: undefined }], false],
  ])('%s', (_, operation, schemes, secured) => {
    expect(requiredSchemes(document, operation)).toEqual(schemes);
    expect(schemes.some((each) => isAuthorizer(each.scheme))).toBe(secured);
    expect(isSecured(document, operation)).toBe(secured);
  });
});
