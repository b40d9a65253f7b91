import { kindOfDocument } from '../../../src/api-gateway/open-api/document-kind';

const INTEGRATIONS = 'x-amazon-apigateway-integrations';

test.each([
  ['http_proxy', 'HTTP'],
  ['aws_proxy', 'HTTP'],
  ['http', 'REST'],
  ['mock', 'REST'],
])('shared integrations of the type %s are for an API of the kind %s', (type, kind) => {
  const document = { openapi: '3.0.1', components: { [INTEGRATIONS]: { items: { type } } }, paths: {} };
  expect(kindOfDocument(document).kind).toBe(kind);
});
