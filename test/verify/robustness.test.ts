import * as fc from 'fast-check';
import { CorsSimulator } from '../../src/verify/simulator';
import { APP } from '../support/pages';
import { gatewayResponse, get, options, put, restApi } from '../support/templates';

const REST = restApi([get('/pets'), put('/pets/{id}'), options('/pets/{id}')], {
  Four: gatewayResponse('DEFAULT_4XX', {}),
});
const HTTP = {
  Resources: {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: [APP], AllowMethods: ['PUT'] } },
    },
    Guard: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: { ApiId: { Ref: 'Api' }, IdentitySource: ['$request.header.Authorization'] },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: 'PUT /pets/{id}',
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: 'Guard' },
      },
    },
  },
};
const OPEN_API = restApi(
  [],
  {},
  {
    Body: {
      openapi: '3.0.1',
      security: [{ guard: [] }],
      components: {
        securitySchemes: {
          guard: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            'x-amazon-apigateway-authorizer': { type: 'token' },
          },
        },
      },
      'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseParameters: {} } },
      paths: {
        '/pets/{id}': {
          parameters: [{ in: 'path', name: 'id', required: true }],
          put: {
            responses: { 200: { headers: {} } },
            'x-amazon-apigateway-integration': { type: 'mock', responses: { default: { statusCode: 200 } } },
          },
          options: { security: [], 'x-amazon-apigateway-integration': { $ref: '#/components/nothing' } },
        },
      },
    },
  },
);

/**
 * The template with one of its values, anywhere, replaced by something that does not belong there.
 */
function damaged(template: object, place: number, value: unknown): any {
  const copy = JSON.parse(JSON.stringify(template));
  const places: [any, string][] = [];
  const visit = (node: any): void => {
    for (const key of typeof node === 'object' && node !== null ? Object.keys(node) : []) {
      places.push([node, key]);
      visit(node[key]);
    }
  };
  visit(copy.Resources);
  const [owner, key] = places[place % places.length];
  owner[key] = value;
  return copy;
}

const ODD: unknown[] = [
  null,
  0,
  '',
  'x',
  true,
  [],
  [null],
  {},
  { Ref: 'Nowhere' },
  { Ref: 5 },
  { 'Fn::GetAtt': [] },
  { 'Fn::Sub': [] },
  { 'Fn::Join': 'x' },
  { 'Fn::If': ['A'] },
  { 'Fn::Select': [1] },
  { 'Fn::Join': 5 },
  { 'Fn::Not': null },
  { 'Fn::FindInMap': {} },
  { constructor: 'x' },
  { $ref: '#/x' },
];

test.each([
  ['REST resources', REST],
  ['HTTP resources', HTTP],
  ['an OpenAPI document', OPEN_API],
])('%s with a piece that is odd get a verdict or a clear refusal, never an accident', (_, template) => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...ODD), fc.constantFrom('PUT', 'GET'), (place, value, method) => {
      try {
        const verdict = CorsSimulator.fromTemplate(damaged(template, place, value)).request({
          origin: APP,
          path: '/pets/42',
          method,
        });
        expect(verdict.reason).not.toBe('');
      } catch (error) {
        expect(error).not.toBeInstanceOf(TypeError);
        expect((error as Error).constructor).toBe(Error);
      }
    }),
    { numRuns: 1500 },
  );
});
