import '../verdicts';
import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { addCors, CorsEnabledRestApi, CorsEnabledSpecRestApi, ErrorOrigin, type RestApiCorsOptions } from '../../src';
import { APP } from '../support/pages';
import { appWith, mock, warningsOf } from './apps';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

describe('an errorOrigin', () => {
  const warned = (cors: RestApiCorsOptions) => {
    new CorsEnabledRestApi(stack, 'Api', { cors }).root.addMethod('GET', mock());
    return warningsOf(stack);
  };

  test('that the policy does not let in is warned about', () => {
    const cors = {
      allowOrigins: [APP, 'https://*.example.org'],
      errorOrigin: ErrorOrigin.exactly('https://ap.example.com'),
    };
    expect(warned(cors)).toEqual([
      expect.stringMatching(
        /^Stack\/Api: cors.errorOrigin: pages of https:\/\/ap\.example\.com .*ErrorOriginNotAllowed/,
      ),
    ]);
  });

  test.each([
    ['listed', { allowOrigins: [APP, 'http://localhost:3000'], errorOrigin: ErrorOrigin.exactly(APP) }],
    ['matched', { allowOrigins: ['https://*.example.com'], errorOrigin: ErrorOrigin.exactly(APP) }],
    ['any', { allowOrigins: [APP], errorOrigin: ErrorOrigin.any() }],
  ])('is fine where it is %s', (_, cors) => {
    expect(warned(cors)).toEqual([]);
  });
});

describe('a resource policy that refuses preflights', () => {
  const POLICY = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*/DELETE/*'],
      }),
    ],
  });
  const WARNING = expect.stringMatching(/^Stack\/Api: \/files: the resource policy .*cdk-cors:RefusedByResourcePolicy/);

  test('is warned about', () => {
    const api = new apigateway.RestApi(stack, 'Api', { policy: POLICY });
    api.root.addResource('files').addMethod('DELETE', mock());
    addCors(api, { allowOrigins: [APP] });
    expect(warningsOf(stack)).toEqual([WARNING]);
    expect(api).toBlock({ origin: APP, path: '/files', method: 'DELETE' }, 'preflight-answer');
  });

  test('in a document, too', () => {
    new CorsEnabledSpecRestApi(stack, 'Api', {
      cors: { allowOrigins: [APP] },
      apiDefinition: apigateway.ApiDefinition.fromInline({
        openapi: '3.0.1',
        info: { title: 'Files', version: '1' },
        paths: { '/files': { delete: { responses: {} } } },
        'x-amazon-apigateway-policy': POLICY.toJSON(),
      }),
    });
    expect(warningsOf(stack)).toContainEqual(WARNING);
  });
});
