import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CorsSimulator } from '../../src/verify/simulator';
import type { BrowserRequest, CorsVerdict } from '../../src/verify/verdict';
import { APP } from '../support/pages';

const SHOP = 'https://shop.example.com';

/**
 * A pet store as aws-cdk-lib makes it: GET /pets answers from a mock that sends the header itself.
 */
function petStore(cors: apigateway.CorsOptions, props: apigateway.RestApiProps = {}): CorsSimulator {
  const stack = new Stack(new App(), 'Shop');
  const api = new apigateway.RestApi(stack, 'Api', { ...props, defaultCorsPreflightOptions: cors });
  const pets = api.root.addResource('pets');
  for (const verb of ['GET', 'PUT', 'DELETE']) {
    const header = 'method.response.header.Access-Control-Allow-Origin';
    pets.addMethod(
      verb,
      new apigateway.MockIntegration({
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        integrationResponses: [{ statusCode: '200', responseParameters: { [header]: `'${cors.allowOrigins[0]}'` } }],
      }),
      { methodResponses: [{ statusCode: '200', responseParameters: { [header]: true } }] },
    );
  }
  return CorsSimulator.fromStack(stack);
}

function verdict(simulator: CorsSimulator, request: Partial<BrowserRequest>): CorsVerdict {
  return simulator.request({ origin: APP, path: '/pets', ...request });
}

describe("aws-cdk-lib's own preflights", () => {
  test('let a page of the one origin send a PUT', () => {
    const result = verdict(petStore({ allowOrigins: [APP] }), { method: 'PUT' });
    expect(result).toMatchObject({
      outcome: 'ALLOWED',
      rule: 'ok',
      preflight: { status: 204 },
      response: { status: 200 },
    });
  });

  test('keep out a page of any other origin', () => {
    const result = verdict(petStore({ allowOrigins: [APP] }), { method: 'PUT', origin: SHOP });
    expect(result).toMatchObject({ outcome: 'BLOCKED', rule: 'preflight-origin' });
  });

  test('answer the second origin by their template, which compares the header that browsers send', () => {
    const result = verdict(petStore({ allowOrigins: [SHOP, APP] }), { method: 'PUT' });
    expect(result.preflight?.headers['access-control-allow-origin']).toBe(APP);
  });

  test('name the first origin to a page of an unlisted one', () => {
    const result = verdict(petStore({ allowOrigins: [SHOP, APP] }), { method: 'PUT', origin: 'https://evil.example' });
    expect(result.preflight?.headers['access-control-allow-origin']).toBe(SHOP);
    expect(result.rule).toBe('preflight-origin');
  });

  test('keep out a method that is not listed', () => {
    const result = verdict(petStore({ allowOrigins: [APP], allowMethods: ['PUT'] }), { method: 'DELETE' });
    expect(result).toMatchObject({ outcome: 'BLOCKED', rule: 'preflight-method' });
  });

  test('keep out a header that is not listed', () => {
    const result = verdict(petStore({ allowOrigins: [APP], allowHeaders: ['X-One'] }), { headers: { 'X-Two': '2' } });
    expect(result).toMatchObject({ outcome: 'BLOCKED', rule: 'preflight-header' });
  });

  test('let credentials in where both answers say so, and here only the preflight does', () => {
    const result = verdict(petStore({ allowOrigins: [APP], allowCredentials: true }), {
      method: 'PUT',
      credentials: true,
    });
    expect(result).toMatchObject({ outcome: 'BLOCKED', rule: 'response-credentials' });
  });

  test('carry their status, max-age and exposed headers', () => {
    const options = { allowOrigins: [APP], statusCode: 200, maxAge: Duration.minutes(5), exposeHeaders: ['X-Total'] };
    expect(verdict(petStore(options), { method: 'PUT' }).preflight).toEqual({
      status: 200,
      headers: {
        'access-control-allow-headers':
          'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
        'access-control-allow-methods': 'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD',
        'access-control-allow-origin': APP,
        'access-control-expose-headers': 'X-Total',
        'access-control-max-age': '300',
        vary: 'Origin',
      },
    });
  });

  test('fail with 500 on an API for which everything is binary', () => {
    const result = verdict(petStore({ allowOrigins: [APP] }, { binaryMediaTypes: ['*/*'] }), { method: 'PUT' });
    expect(result).toMatchObject({ outcome: 'BLOCKED', rule: 'preflight-answer', preflight: { status: 500 } });
    expect(result.reason).toMatch(/CONVERT_TO_TEXT/);
  });
});
