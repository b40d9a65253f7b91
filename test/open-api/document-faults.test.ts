import { documentFaults } from '../../src/open-api/document-faults';

const SOUND = { openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths: {} };
const ANY = 'x-amazon-apigateway-any-method';

test.each([
  ['nothing', undefined, '#: an OpenAPI document is an object, not empty.'],
  ['a list', [], '#: an OpenAPI document is an object, not a list.'],
  ['text', 'openapi', '#: an OpenAPI document is an object, not a string.'],
  [
    'an include',
    { 'Fn::Transform': { Name: 'AWS::Include' } },
    '#: the document is known only at deployment, so CORS cannot be put into it. Write it out; conditions may stand inside.',
  ],
  [
    'a template',
    { Resources: {} },
    '#: neither swagger: "2.0" nor openapi: "3.0.x" says that this is an OpenAPI document',
  ],
  [
    'an old version',
    { swagger: '1.2', paths: {} },
    '#/swagger: "1.2" is not a version that API Gateway imports. It knows 2.0 and 3.0.',
  ],
  ['a new version', { openapi: '3.2.0', paths: {} }, '#/openapi: "3.2.0" is not a version that API Gateway imports.'],
  [
    'a version without quotes',
    { swagger: 2, paths: {} },
    '#/swagger: 2 is a number. Put the version into quotes: swagger: "2.0".',
  ],
  [
    'another version without quotes',
    { openapi: 3, paths: {} },
    '#/openapi: 3 is a number. Put the version into quotes: openapi: "3.0.3".',
  ],
  ['no paths', { openapi: '3.0.1' }, '#/paths: is missing.'],
  ['a list of paths', { openapi: '3.0.1', paths: [] }, '#/paths: is a list, not an object.'],
  ['a path without slash', { ...SOUND, paths: { pets: {} } }, '#/paths/pets: a path starts with "/".'],
  [
    'an included path',
    { ...SOUND, paths: { 'Fn::Transform': {} } },
    '#/paths/Fn::Transform: these paths are known only at deployment',
  ],
  [
    'an empty path item',
    { ...SOUND, paths: { '/pets': null } },
    '#/paths/~1pets: a path item is an object, not empty.',
  ],
  [
    'an operation that is none',
    { ...SOUND, paths: { '/pets': { get: 'all' } } },
    '#/paths/~1pets/get: an operation is an object, not a string.',
  ],
  [
    'a security that is text',
    { ...SOUND, security: 'jwt' },
    '#/security: security is a list such as [{"jwt": []}], not a string. Empty, it asks for nothing.',
  ],
  [
    'a security that is an object',
    { ...SOUND, paths: { '/pets': { get: { security: { jwt: [] } } } } },
    '#/paths/~1pets/get/security: security is a list such as [{"jwt": []}], not an object. Empty, it asks for nothing.',
  ],
  [
    'a security that is text on one side of a condition',
    { ...SOUND, paths: { '/pets': { 'Fn::If': ['C', { get: { security: { 'Fn::If': ['D', 'jwt', []] } } }, {}] } } },
    '#/paths/~1pets/get/security: security is a list such as [{"jwt": []}], not a string. Empty, it asks for nothing.',
  ],
  [
    'a security that lists names',
    { ...SOUND, paths: { '/pets': { [ANY]: { security: ['jwt'] } } } },
    '#/paths/~1pets/x-amazon-apigateway-any-method/security: a requirement is an object such as {"jwt": []}, not a string.',
  ],
  [
    'the parameters of a path that are no list',
    { ...SOUND, paths: { '/pets': { parameters: {} } } },
    '#/paths/~1pets/parameters: parameters are a list, not an object.',
  ],
  [
    'a path item that leads nowhere',
    { ...SOUND, paths: { '/pets': { $ref: '#/components/pathItems/Pets' } } },
    '#/paths/~1pets/$ref: "#/components/pathItems/Pets" leads nowhere.',
  ],
  [
    'a response that leads nowhere',
    { ...SOUND, paths: { '/pets': { get: { responses: { default: { $ref: '#/components/responses/None' } } } } } },
    '#/paths/~1pets/get/responses/default/$ref: "#/components/responses/None" leads nowhere.',
  ],
  [
    'a reference that does so at its second step',
    { ...SOUND, paths: { '/pets': { $ref: '#/paths/~1cats' }, '/cats': { $ref: '#/paths/~1dogs' } } },
    '#/paths/~1pets/$ref: "#/paths/~1dogs" leads nowhere.',
  ],
  [
    'a circle',
    { ...SOUND, paths: { '/pets': { $ref: '#/paths/~1cats' }, '/cats': { $ref: '#/paths/~1pets' } } },
    '#/paths/~1pets/$ref: "#/paths/~1cats" leads in a circle.',
  ],
  [
    'a path item in another file',
    { ...SOUND, paths: { '/pets': { $ref: 'pets.yaml' } } },
    '#/paths/~1pets/$ref: "pets.yaml" leads to another file, and API Gateway takes one only. Bundle the files into one document first.',
  ],
])('%s is told of', (_, document, fault) => {
  expect(documentFaults(document).join('\n')).toContain(fault);
});

test.each([
  ['2.0', { swagger: '2.0', paths: {} }],
  ['3.0', SOUND],
  ['3.0 without a patch number', { ...SOUND, openapi: '3.0' }],
  ['3.1 without paths', { openapi: '3.1.0', webhooks: {} }],
  ['extensions among the paths', { ...SOUND, paths: { 'x-owner': 'us' } }],
  [
    'a reference with an encoded path',
    { ...SOUND, paths: { '/a/{id}': { $ref: '#/paths/~1b~1%7Bid%7D' }, '/b/{id}': {} } },
  ],
  [
    'a model of API Gateway',
    { ...SOUND, components: { schemas: { A: { $ref: 'https://apigateway.amazonaws.com/restapis/x/models/A' } } } },
  ],
  ['references in examples', { ...SOUND, components: { examples: { A: { value: { $ref: '#/nowhere' } } } } }],
  ['references in extensions of others', { ...SOUND, 'x-tool': { $ref: '#/nowhere' } }],
  [
    'a property called $ref',
    { ...SOUND, components: { schemas: { A: { properties: { $ref: { type: 'string' } } } } } },
  ],
  ['a path that a condition chooses', { ...SOUND, paths: { '/a': { 'Fn::If': ['C', {}, { Ref: 'AWS::NoValue' }] } } }],
  [
    'what a condition chooses for security and parameters',
    {
      ...SOUND,
      security: [{ 'Fn::If': ['C', { jwt: [] }, { Ref: 'AWS::NoValue' }] }, { Ref: 'Requirement' }],
      paths: {
        '/a': {
          parameters: { 'Fn::If': ['C', [], { Ref: 'List' }] },
          get: { security: { 'Fn::If': ['C', [], { Ref: 'AWS::NoValue' }] } },
        },
      },
    },
  ],
])('%s is fine', (_, document) => {
  expect(documentFaults(document)).toEqual([]);
});

test('every fault is told at once', () => {
  expect(documentFaults({ ...SOUND, paths: { pets: {}, cats: {}, '/dogs': { $ref: '#/nowhere' } } })).toHaveLength(3);
});

test.each(['#/definitions/Empty', '#/components/schemas/Error'])(
  'a model of API Gateway, or one that is missing, is not a fault: %s',
  ($ref) => {
    const get = {
      responses: { 200: { description: 'ok', schema: { $ref } } },
      parameters: [{ in: 'body', name: 'b', schema: { $ref } }],
    };
    expect(documentFaults({ ...SOUND, paths: { '/pets': { get } } })).toEqual([]);
  },
);
