import * as fc from 'fast-check';
import { documentRoutes, OpenApiDocument } from '../../../src/api-gateway/open-api/document';
import { isSecured, requiredSchemes } from '../../../src/api-gateway/open-api/security';
import { documentFaults } from '../../../src/open-api/document-faults';
import { httpDocumentWithCors } from '../../../src/open-api/http-document';
import { restDocumentWithCors } from '../../../src/open-api/rest-document';
import { policyFrom } from '../../../src/policy/policy-from';
import { ODD_DOCUMENT, SOUND_DOCUMENT } from './odd-documents';

test('the reader takes every document, and hands out objects alone', () => {
  fc.assert(
    fc.property(ODD_DOCUMENT, (root) => {
      const document = new OpenApiDocument(root);
      for (const { operation } of document.operations) {
        expect(operation).toEqual(expect.any(Object));
        expect(Array.isArray(operation)).toBe(false);
        expect(typeof isSecured(document, operation)).toBe('boolean');
        expect(Array.isArray(requiredSchemes(document, operation))).toBe(true);
      }
      expect(documentRoutes(root)).toHaveLength(document.operations.length);
    }),
    { numRuns: 500, seed: 16 },
  );
});

test('CORS can be put into a document without faults', () => {
  const policy = policyFrom({ allowOrigins: ['https://*.example.com'] });
  fc.assert(
    fc.property(SOUND_DOCUMENT, (root) => {
      fc.pre(documentFaults(root, { takesDefault: true }).length === 0);
      const before = documentRoutes(root);
      const rest = restDocumentWithCors(root, { policy }).document;
      const http = httpDocumentWithCors(root, { policy }).document;
      expect(documentRoutes(rest)).toEqual(expect.arrayContaining(before));
      expect(documentRoutes(http)).toEqual(expect.arrayContaining(before));
    }),
    { numRuns: 500, seed: 16 },
  );
});
