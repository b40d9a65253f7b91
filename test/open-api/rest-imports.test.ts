import '../verdicts';
import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { addCors } from '../../src';
import { appWith, resourcesOf, warningsOf } from '../rest-api/apps';
import { APP } from '../support/pages';

const ORIGIN = 'gatewayresponse.header.Access-Control-Allow-Origin';
const RESPONSES = 'x-amazon-apigateway-gateway-responses';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

function operation(responses: object = { 200: { description: 'ok' } }, more = {}): object {
  return {
    responses,
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200' } },
    },
    ...more,
  };
}

function apiFrom(get: object = operation(), root: object = {}): apigateway.SpecRestApi {
  const document = { openapi: '3.0.1', info: { title: 'News', version: '1' }, paths: { '/news': { get } }, ...root };
  const api = new apigateway.SpecRestApi(stack, 'Api', {
    apiDefinition: apigateway.ApiDefinition.fromInline(document),
  });
  addCors(api, { allowOrigins: [APP] });
  return api;
}

function body(): any {
  return Object.values(resourcesOf(stack, 'AWS::ApiGateway::RestApi'))[0].Properties.Body;
}

describe('gateway responses beside a document go into it', () => {
  test('with status, templates and headers as the user has them', () => {
    apiFrom().addGatewayResponse('Login', {
      type: apigateway.ResponseType.UNAUTHORIZED,
      statusCode: '401',
      responseHeaders: { 'X-Why': "'no token'" },
      templates: { 'application/json': `{"error": "sign in at ${stack.region}"}` },
    });
    expect(body()[RESPONSES].UNAUTHORIZED).toEqual({
      statusCode: '401',
      responseParameters: expect.objectContaining({
        'gatewayresponse.header.X-Why': "'no token'",
        [ORIGIN]: `'${APP}'`,
      }),
      responseTemplates: { 'application/json': { 'Fn::Join': ['', expect.arrayContaining([{ Ref: 'AWS::Region' }])] } },
    });
    expect(Object.keys(body()[RESPONSES])).toEqual(['DEFAULT_4XX', 'DEFAULT_5XX', 'UNAUTHORIZED']);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('but what the document itself says of a type stays', () => {
    const own = { statusCode: 418 };
    apiFrom(operation(), { [RESPONSES]: { THROTTLED: own } }).addGatewayResponse('Slow', {
      type: apigateway.ResponseType.THROTTLED,
      statusCode: '429',
    });
    expect(body()[RESPONSES].THROTTLED).toMatchObject(own);
  });

  test('under the condition that they are made under', () => {
    const api = apiFrom();
    const response = api.addGatewayResponse('All', { type: apigateway.ResponseType.DEFAULT_4XX, statusCode: '400' });
    const parameter = new CfnParameter(stack, 'Strict');
    const condition = new CfnCondition(stack, 'IsStrict', { expression: Fn.conditionEquals(parameter, 'yes') });
    (response.node.defaultChild as apigateway.CfnGatewayResponse).cfnOptions.condition = condition;
    const headers = { responseParameters: expect.objectContaining({ [ORIGIN]: `'${APP}'` }) };
    expect(body()[RESPONSES].DEFAULT_4XX).toEqual({
      'Fn::If': ['IsStrict', expect.objectContaining({ statusCode: '400', ...headers }), headers],
    });
  });

  test('unless they need the API first, which is told', () => {
    const api = apiFrom();
    api.addGatewayResponse('Login', {
      type: apigateway.ResponseType.UNAUTHORIZED,
      templates: { 'application/json': `{"api": "${api.restApiId}"}` },
    });
    expect(body()[RESPONSES].UNAUTHORIZED).toBeUndefined();
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Api: UNAUTHORIZED: .*cdk-cors:GatewayResponseBeside/),
    ]);
  });
});

describe('headers are declared in place', () => {
  const SHARED = { description: 'ok', headers: { ETag: { schema: { type: 'string' } } } };
  const declared = () => body().paths['/news'].get.responses[200];

  test.each<[string, object, object]>([
    ['a response behind a reference', { 200: { $ref: '#/components/responses/Ok' } }, { responses: { Ok: SHARED } }],
    [
      'a response behind two references',
      { 200: { $ref: '#/components/responses/Ok' } },
      { responses: { Ok: { $ref: '#/components/responses/Fine' }, Fine: SHARED } },
    ],
    [
      'all responses behind one',
      { $ref: '#/components/x-all' },
      { 'x-all': { 200: { $ref: '#/components/responses/Ok' } }, responses: { Ok: SHARED } },
    ],
  ])('%s', (_, responses, components) => {
    apiFrom(operation(responses), { components });
    expect(declared()).toMatchObject({ description: 'ok', headers: { ETag: {}, 'Access-Control-Allow-Origin': {} } });
    // What others refer to stays as it is.
    expect(body().components).toEqual(components);
  });

  test('a header of ours that the user declares behind a reference', () => {
    const allow = { schema: { type: 'string' }, description: 'who may read' };
    const headers = { 'access-control-allow-origin': { $ref: '#/components/headers/Allow' } };
    apiFrom(operation({ 200: { description: 'ok', headers } }), { components: { headers: { Allow: allow } } });
    expect(declared().headers).toEqual({ 'access-control-allow-origin': allow });
  });

  test('on the side of a condition that refers', () => {
    const either = { 'Fn::If': ['Short', { description: 'short' }, { $ref: '#/components/responses/Ok' }] };
    apiFrom(operation({ 200: either }), { components: { responses: { Ok: SHARED } } });
    const [, short, long] = declared()['Fn::If'];
    expect(short.headers).toHaveProperty('Access-Control-Allow-Origin');
    expect(long.headers).toHaveProperty('Access-Control-Allow-Origin');
  });
});

describe('security that only the root of a REST document has', () => {
  const KEY = { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } } };
  const SECURED = { ...KEY, security: [{ key: [] }] };

  test('is told', () => {
    apiFrom(operation(), SECURED);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Api: GET \/news: .*cdk-cors:RootSecurity/)]);
  });

  test.each([
    ['where operations say it themselves', operation(undefined, { security: [{ key: [] }] })],
    ['where they say that they are open', operation(undefined, { security: [] })],
  ])('is fine %s', (_, get) => {
    apiFrom(get, SECURED);
    expect(warningsOf(stack)).toEqual([]);
  });
});
