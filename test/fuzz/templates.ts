/** Mutated templates and documents against the simulator: each gets a verdict or a refusal in words, within a second. */
import { kindOfDocument } from '../../src/api-gateway/open-api/document-kind';
import { parseText } from '../../src/text/json-or-yaml';
import { gatewayFor } from '../../src/verify/gateway/gateway-for';
import { judge } from '../../src/verify/judge';
import { readApis } from '../../src/verify/model/read-apis';
import { sampleRequests } from '../../src/verify/requests/sample-requests';
import { Deployment } from '../../src/verify/template/deployment';
import { templateAlone } from '../../src/verify/template/template-alone';
import { CORS, httpApi, JWT } from '../support/http-api-templates';
import { gatewayResponse, get, options, put, restApi } from '../support/templates';
import { mutated, pick, randomFrom } from './mutations';

export interface Accident {
  readonly what: string;
  readonly template: unknown;
}

const LIMIT = 1_000; // milliseconds for one template

export function templateAccidents(count: number, seed: number): Accident[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const template = mutated(pick(TEMPLATES, random), random);
    return accidentOf(template, () => checkAll(template));
  }).flatMap((accident) => accident ?? []);
}

/** Documents are also mutated as texts: with their quotes, brackets and indentation. */
export function documentAccidents(count: number, seed: number): Accident[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const document = mutated(pick(DOCUMENTS, random), random);
    const text = broken(random() < 0.5 ? JSON.stringify(document, undefined, 1) : yamlOf(document), random);
    const asText = accidentOf(text, () => parseText(text, 'document.yaml'));
    return (
      asText ??
      accidentOf(document, () => {
        const { kind } = kindOfDocument(document);
        const [Type, more] =
          kind === 'HTTP' ? ['AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }] : ['AWS::ApiGateway::RestApi', {}];
        checkAll({ Resources: { Api: { Type, Properties: { ...more, Body: document } } } });
      })
    );
  }).flatMap((accident) => accident ?? []);
}

/** What check does: every sample request of every API. */
function checkAll(template: any): void {
  for (const api of readApis([templateAlone(template, new Deployment())])) {
    const gateway = gatewayFor(api);
    for (const { request } of sampleRequests(api, ['https://app.example.com'])) {
      const { reason } = judge(gateway, request);
      if (typeof reason !== 'string' || reason === '') throw new TypeError('a verdict without a reason');
    }
  }
}

/** A refusal is an Error of ours; anything else, and what takes too long, is an accident. */
function accidentOf(template: unknown, work: () => void): Accident | undefined {
  const started = performance.now();
  try {
    work();
  } catch (error) {
    const { stack } = error as Error;
    if ((error as Error).constructor !== Error)
      return { what: String(stack).split('\n').slice(0, 4).join(' '), template };
  }
  const took = Math.round(performance.now() - started);
  return took > LIMIT ? { what: `${took} ms`, template } : undefined;
}

function broken(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const junk = pick(
    ['', '{', ']', '"', "'", '\t', '\n', ' ', ': ', '- ', '&a ', '*a', '<<: ', '!Sub ', '---\n', '#', '|', '\u0000'],
    random,
  );
  return text.slice(0, at) + junk + text.slice(at + Math.floor(random() * 3));
}

/** Enough of YAML's block style for plain data. */
function yamlOf(value: any, indent = ''): string {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return ` ${JSON.stringify(value)}\n`;
  const lines = Array.isArray(value)
    ? value.map((item) => `${indent}-${yamlOf(item, `${indent}  `)}`)
    : Object.entries(value).map(([key, item]) => `${indent}${JSON.stringify(key)}:${yamlOf(item, `${indent}  `)}`);
  return `\n${lines.join('')}`;
}

export const AROUND = {
  Parameters: {
    List: { Type: 'CommaDelimitedList' },
    Empty: { Type: 'String', Default: '' },
    Stage: { Type: 'String', AllowedValues: ['a', 'b'] },
  },
  Conditions: { C1: { 'Fn::Equals': [{ Ref: 'Stage' }, 'a'] }, C2: { 'Fn::Not': [{ Condition: 'C1' }] } },
  Mappings: { M: { a: { b: 'c' } } },
  Outputs: { Out: { Value: { Ref: 'Api' }, Export: { Name: 'out' } } },
};

export const OPERATION = {
  parameters: [{ in: 'header', name: 'x-tenant', required: true }],
  responses: { 200: { headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } } },
  'x-amazon-apigateway-integration': {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: {
      default: {
        statusCode: '200',
        responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
      },
    },
  },
};

export const DOCUMENTS: object[] = [
  {
    openapi: '3.0.1',
    info: { title: 'Shop', version: '1' },
    security: [{ guard: [] }],
    'x-amazon-apigateway-request-validators': { all: { validateRequestParameters: true, validateRequestBody: true } },
    'x-amazon-apigateway-request-validator': 'all',
    'x-amazon-apigateway-gateway-responses': {
      DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.x': "'y'" } },
    },
    'x-amazon-apigateway-binary-media-types': ['image/png'],
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
    paths: {
      '/pets/{id}': { put: OPERATION, options: { ...OPERATION, security: [] } },
      '/{proxy+}': { 'x-amazon-apigateway-any-method': OPERATION },
    },
  },
  {
    swagger: '2.0',
    basePath: '/v1',
    securityDefinitions: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
    paths: { '/': { get: { ...OPERATION, security: [{ key: [] }] }, parameters: [{ $ref: '#/parameters/p' }] } },
  },
  {
    openapi: '3.0.1',
    'x-amazon-apigateway-cors': {
      allowOrigins: ['https://app.example.com'],
      allowMethods: ['GET'],
      allowHeaders: ['x'],
      maxAge: 5,
    },
    components: {
      securitySchemes: {
        jwt: {
          type: 'oauth2',
          'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization' },
        },
      },
    },
    paths: {
      '/pets': {
        get: {
          security: [{ jwt: [] }],
          'x-amazon-apigateway-integration': { type: 'aws_proxy', payloadFormatVersion: '2.0', uri: 'arn:x' },
        },
      },
      $default: {
        'x-amazon-apigateway-any-method': {
          isDefaultRoute: true,
          'x-amazon-apigateway-integration': { $ref: '#/components/x' },
        },
      },
    },
  },
];

const GUARDED = {
  AuthorizationType: 'CUSTOM',
  AuthorizerId: { Ref: 'Guard' },
  RequestValidatorId: { Ref: 'Validator' },
  RequestParameters: { 'method.request.header.X-Tenant': true },
};

const TEMPLATES: object[] = [
  {
    ...restApi([get('/pets'), put('/pets/{id}', { properties: GUARDED }), options('/pets/{id}'), get('/{proxy+}')], {
      Four: gatewayResponse('DEFAULT_4XX', { 'Access-Control-Allow-Origin': "'*'" }),
      Guard: {
        Type: 'AWS::ApiGateway::Authorizer',
        Properties: { RestApiId: { Ref: 'Api' }, Type: 'REQUEST', IdentitySource: 'method.request.header.Auth' },
      },
      Validator: {
        Type: 'AWS::ApiGateway::RequestValidator',
        Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', Variables: { a: 'b' } },
      },
    }),
    ...AROUND,
  },
  { ...(httpApi(CORS, { 'GET /pets': JWT, $default: {}, 'ANY /pets/{id}': {} }) as object), ...AROUND },
  ...DOCUMENTS.map((Body) => ({ ...restApi([], {}, { Body }), ...AROUND })),
];
