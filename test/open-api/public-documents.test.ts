import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { CorsSimulator } from '../../src';
import { OpenApiDocument } from '../../src/api-gateway/open-api/document';
import { documentFaults } from '../../src/open-api/document-faults';
import { httpDocumentWithCors } from '../../src/open-api/http-document';
import { restDocumentWithCors } from '../../src/open-api/rest-document';
import { policyFrom } from '../../src/policy/policy-from';
import { ABOUT_CORS, additions, losses } from './losses';

/**
 * Documents that nobody here wrote: those of the package @readme/oas-examples, which has the
 * OpenAPI Initiative's own examples (petstore, uspto, …) and larger ones. They are read where npm
 * puts them; no copy is kept here.
 */

const FOLDER = dirname(require.resolve('@readme/oas-examples/package.json'));
const SEVERAL = policyFrom({
  allowOrigins: ['https://app.example.com', 'http://localhost:*'],
  exposeHeaders: ['ETag'],
});
const INTEGRATION = 'x-amazon-apigateway-integration';

const NAMES = [
  '2.0/json/api-with-examples',
  '2.0/json/petstore',
  '2.0/json/petstore-expanded',
  '2.0/json/petstore-simple',
  '2.0/json/petstore-with-external-docs',
  '3.0/json/callbacks',
  '3.0/json/circular-paths',
  '3.0/json/complex-nesting',
  '3.0/json/link-example',
  '3.0/json/parameters-common',
  '3.0/json/petstore',
  '3.0/json/petstore-expanded',
  '3.0/json/readme-legacy',
  '3.0/json/security',
  '3.0/json/star-trek',
  '3.0/json/uspto',
  '3.1/json/petstore',
  '3.1/json/train-travel',
];

function read(name: string): any {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

/** By a validator of the ecosystem; it changes what it is given. */
async function expectValid(document: object): Promise<void> {
  await SwaggerParser.validate(structuredClone(document) as never, { resolve: { external: false } });
}

/** As a team would deploy it: behind a backend that API Gateway maps. */
function deployed(document: any): any {
  const copy = structuredClone(document);
  for (const { operation, path } of new OpenApiDocument(copy).operations) {
    const uri = `https://backend.example.com${path}`;
    operation[INTEGRATION] = {
      type: 'http',
      httpMethod: 'GET',
      uri,
      responses: { default: { statusCode: '200' }, '4\\d\\d': { statusCode: '404' } },
    };
  }
  return copy;
}

describe.each(NAMES)('%s', (name) => {
  const original = read(name);

  test('is valid with CORS, and keeps what it says', async () => {
    expect(documentFaults(original)).toEqual([]);
    const before = deployed(original);
    const { document } = restDocumentWithCors(before, { policy: SEVERAL });
    expect(losses(before, document)).toEqual([]);
    expect(additions(before, document).filter((place) => !ABOUT_CORS.test(place))).toEqual([]);
    await expectValid(document);
  });

  test('is valid as the document of an HTTP API', async () => {
    const { document } = httpDocumentWithCors(original, { policy: policyFrom() });
    expect(losses(original, document)).toEqual([]);
    await expectValid(document);
  });

  test('answers the preflights of every path', () => {
    const { document } = restDocumentWithCors(original, { policy: SEVERAL });
    const read = new OpenApiDocument(document);
    const callable = read.paths.filter(({ path, items }) =>
      items.some((item) => read.operationsOf(path, item).length > 0),
    );
    expect(callable.filter(({ items }) => items.some((item) => item.options === undefined))).toEqual([]);
  });
});

test('pages can use the pet store', () => {
  const { document } = restDocumentWithCors(deployed(read('3.0/json/petstore-expanded')), { policy: SEVERAL });
  const simulator = CorsSimulator.fromTemplate({
    Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: document } } },
  });
  simulator.assertAllowed({ origin: 'http://localhost:5173', path: '/pets' });
  simulator.assertAllowed({ origin: 'https://app.example.com', path: '/pets/7', method: 'DELETE' });
  expect(simulator.request({ origin: 'https://app.example.com', path: '/pets/7', method: 'PATCH' }).outcome).toBe(
    'BLOCKED',
  );
  simulator.assertBlocked({ origin: 'https://evil.example', path: '/pets' });
});
