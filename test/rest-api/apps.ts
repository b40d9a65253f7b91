import { App, type Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { resourcesOf } from '../support/apps';

export { ASPECT_MODES, resourcesOf, warningsOf } from '../support/apps';

export function appWith(context: Record<string, unknown> = {}): App {
  return new App({ context, analyticsReporting: false });
}

/** A backend behind a non-proxy integration. */
export function http(): apigateway.Integration {
  return new apigateway.HttpIntegration('https://backend.example.com/', {
    proxy: false,
    options: { integrationResponses: [{ statusCode: '200' }] },
  });
}

/** An answer by the gateway itself. */
export function mock(): apigateway.Integration {
  return new apigateway.MockIntegration({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    integrationResponses: [{ statusCode: '200' }],
  });
}

/** The properties of the OPTIONS methods of a stack, by logical id. */
export function preflightsOf(stack: Stack): Record<string, any> {
  const methods = Object.entries(resourcesOf(stack, 'AWS::ApiGateway::Method'));
  return Object.fromEntries(
    methods
      .filter(([, { Properties }]) => Properties.HttpMethod === 'OPTIONS')
      .map(([id, { Properties }]) => [id, Properties]),
  );
}

/** The one OPTIONS method whose logical id starts so. */
export function preflightOf(stack: Stack, idPrefix: string): any {
  const found = Object.entries(preflightsOf(stack)).filter(([id]) => id.startsWith(idPrefix));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0][1];
}

/** The static headers that an OPTIONS method answers with. */
export function headersOf(preflight: any): Record<string, string> {
  const parameters: Record<string, string> = preflight.Integration.IntegrationResponses[0].ResponseParameters ?? {};
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace('method.response.header.', ''),
      value.replace(/^'(.*)'$/s, '$1'),
    ]),
  );
}
