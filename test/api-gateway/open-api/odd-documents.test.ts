import * as fc from 'fast-check';
import { documentRoutes, OpenApiDocument } from '../../../src/api-gateway/open-api/document';
import { isSecured, requiredSchemes } from '../../../src/api-gateway/open-api/security';
import { documentFaults } from '../../../src/open-api/document-faults';
import { httpDocumentWithCors } from '../../../src/open-api/http-document';
import { restDocumentWithCors } from '../../../src/open-api/rest-document';
import { policyFrom } from '../../../src/policy/policy-from';

const POINTERS = [
  '#',
  '#/',
  '#/%',
  '#/x-parts/100%',
  '#/x-parts/a~1b',
  '#/x-parts/loop',
  '#/paths/~1a',
  '#/paths/~1a/get',
  '#/nowhere',
];
const REFERENCE = fc.constantFrom(...POINTERS, 'other.json#/x', '', '%').map(($ref) => ({ $ref }));
const ODD = fc.oneof(
  REFERENCE,
  fc.constantFrom<unknown>(
    null,
    0,
    '',
    'x',
    true,
    [],
    {},
    { $ref: 5 },
    { Ref: 'P' },
    { 'Fn::If': 5 },
    { 'Fn::If': ['C'] },
  ),
);

const OPERATION = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      { isDefaultRoute: ODD, security: ODD, 'x-amazon-apigateway-integration': ODD },
      { requiredKeys: [] },
    ),
  },
  ODD,
);
const ITEM = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      { get: OPERATION, options: OPERATION, parameters: ODD, 'x-amazon-apigateway-any-method': OPERATION },
      { requiredKeys: [] },
    ),
  },
  ODD,
  fc.tuple(OPERATION, OPERATION).map(([get, put]) => ({ 'Fn::If': ['C', { get }, { put }] })),
);
const DOCUMENT = fc.record({
  openapi: fc.constant('3.0.1'),
  security: fc.oneof(ODD, fc.constant([{ jwt: [] }])),
  components: fc.oneof(ODD, fc.record({ securitySchemes: fc.oneof(ODD, fc.record({ jwt: ODD })) })),
  paths: fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ '/a': ITEM, '/{proxy+}': ITEM, '/$default': ITEM, $default: ITEM }, { requiredKeys: [] }),
    },
    ODD,
  ),
  'x-parts': fc.record({ '100%': ITEM, 'a/b': ITEM, loop: fc.constant({ $ref: '#/x-parts/loop' }) }),
});

test('the reader takes every document, and hands out objects alone', () => {
  fc.assert(
    fc.property(DOCUMENT, (root) => {
      const document = new OpenApiDocument(root);
      for (const { operation } of document.operations) {
        expect(operation).toEqual(expect.any(Object));
        expect(Array.isArray(operation)).toBe(false);
        expect(typeof isSecured(document, operation)).toBe('boolean');
        expect(Array.isArray(requiredSchemes(document, operation))).toBe(true);
      }
      expect(documentRoutes(root)).toHaveLength(document.operations.length);
    }),
    { numRuns: 1000 },
  );
});

test('a document has faults, or CORS can be put into it', () => {
  const policy = policyFrom({ allowOrigins: ['https://*.example.com'] });
  fc.assert(
    fc.property(DOCUMENT, (root) => {
      const faults = documentFaults(root, { takesDefault: true });
      if (faults.length > 0) return;
      const before = documentRoutes(root);
      const rest = restDocumentWithCors(root, { policy }).document;
      const http = httpDocumentWithCors(root, { policy }).document;
      expect(documentRoutes(rest)).toEqual(expect.arrayContaining(before));
      expect(documentRoutes(http)).toEqual(expect.arrayContaining(before));
    }),
    { numRuns: 1000 },
  );
});
