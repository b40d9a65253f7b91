import { CorsSimulator } from '../../src/verify/simulator';
import { CORS, httpApi, JWT } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { ask } from '../support/templates';

const putRequest = { method: 'PUT', headers: { Authorization: 'Bearer x' } };

describe('what the template leaves open', () => {
  const open = (template: any) => ({
    ...template,
    Parameters: Object.fromEntries(['Age', 'Auth', 'K', 'Verb', 'Path'].map((name) => [name, { Type: 'String' }])),
    Conditions: { Guarded: { 'Fn::Transform': { Name: 'DecidedByMacro' } } },
  });
  const either = (yes: any, no: any) => ({ 'Fn::If': ['Guarded', yes, no] });
  const keyed = (RouteKey: any, more: object = {}) => ({ RouteKey, ...more });

  test.each([
    ['a parameter', { Ref: 'Age' }],
    ['a condition', either(60, 600)],
  ])('of MaxAge, %s, decides nothing', (_, MaxAge) => {
    expect(ask(open(httpApi({ ...CORS, MaxAge }, { 'PUT /pets': {} })), putRequest)).toMatchObject({
      outcome: 'ALLOWED',
      preflight: { headers: { 'access-control-max-age': expect.stringMatching(/^\$\{/) } },
    });
    const document = {
      openapi: '3.0.1',
      'x-amazon-apigateway-cors': { allowOrigins: [APP], maxAge: MaxAge },
      paths: { '/pets': { get: {} } },
    };
    expect(ask(open(httpApi(undefined, {}, { Body: document }))).outcome).toBe('ALLOWED');
  });

  describe.each([
    ['a parameter', { Ref: 'Auth' }, /of type \$\{Auth\}/],
    ['a condition', either('NONE', 'AWS_IAM'), /of type \$\{Fn::If Guarded\}/],
  ])('of an AuthorizationType, %s,', (_, AuthorizationType, reason) => {
    test('is a question where that route takes the preflight', () => {
      expect(ask(open(httpApi(CORS, { 'ANY /pets': { AuthorizationType } })), putRequest)).toMatchObject({
        outcome: 'UNKNOWN',
        reason: expect.stringMatching(reason),
      });
    });

    test('and decides nothing elsewhere', () => {
      expect(ask(open(httpApi(CORS, { 'PUT /pets': { AuthorizationType } })), putRequest).outcome).toBe('ALLOWED');
    });
  });

  test.each<[string, any, object]>([
    ['whose method is a parameter', { 'Fn::Sub': '${Verb} /pets' }, {}],
    ['whose method is a condition', { 'Fn::Join': [' ', [either('ANY', 'GET'), '/{kind}']] }, {}],
    ['whose path is a parameter', { 'Fn::Sub': 'ANY /${Path}' }, {}],
    ['whose path is a parameter, for OPTIONS', { 'Fn::Sub': 'OPTIONS /${Path}' }, JWT],
    ['whose path ends in a variable of any name', { 'Fn::Sub': 'ANY /{${Path}}' }, {}],
    ['that is a parameter', { Ref: 'K' }, {}],
    ['in lower case', 'any /pets', {}],
    ['in lower case, for OPTIONS', 'options /{proxy+}', {}],
    ['without a path', 'pets', {}],
  ])('of a route key %s is a question where it could take the preflight', (_, key, more) => {
    expect(ask(open(httpApi(CORS, { 'PUT /pets': {}, other: keyed(key, more) })), putRequest)).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(/the route key .* (is known only after deployment|is not known: write)/),
    });
  });

  test.each<[string, any, object]>([
    ['for another path', { 'Fn::Sub': '${Verb} /cats' }, JWT],
    ['further down', { 'Fn::Sub': '${Verb} /pets/{id}' }, JWT],
    ['for another method', { 'Fn::Sub': 'GET /${Path}' }, JWT],
    ['for another method, in lower case', 'get /pets', JWT],
  ])('of a route key %s is none of its business', (_, key, more) => {
    expect(ask(open(httpApi(CORS, { 'PUT /pets': {}, other: keyed(key, more) })), putRequest).outcome).toBe('ALLOWED');
  });

  test('of a route key decides nothing where a nearer route answers, or where both answer alike', () => {
    const closed = keyed({ 'Fn::Sub': '${Verb} /{kind}' }, JWT);
    expect(ask(open(httpApi(CORS, { 'PUT /pets': {}, 'OPTIONS /pets': {}, closed })), putRequest).outcome).toBe(
      'DEPENDS_ON_BACKEND',
    );
    const alike = keyed({ 'Fn::Sub': '${Verb} /{kind}' }, {});
    expect(ask(open(httpApi(CORS, { 'GET /{any}': {}, alike }))).outcome).toBe('ALLOWED');
    expect(ask(open(httpApi(CORS, { 'GET /{any}': {}, closed }))).outcome).toBe('UNKNOWN');
  });

  test.each([[{ IdentitySource: { Ref: 'Auth' } }], [{ IdentitySource: [{ 'Fn::Sub': '$request.header.${Auth}' }] }]])(
    'of the header that an authorizer reads leaves open whether a request gets through: %j',
    (authorizer) => {
      const template = open(httpApi(CORS, { 'GET /pets': JWT }, {}, authorizer));
      for (const headers of [undefined, { authorization: 'some' }])
        expect(ask(template, { headers })).toMatchObject({
          outcome: 'UNKNOWN',
          reason: expect.stringContaining('Jwt'),
        });
    },
  );

  test('stays open whatever stands first in the template', () => {
    const [doubtful, closed] = [keyed({ Ref: 'K' }), JWT];
    for (const routes of [
      { doubtful, $default: closed },
      { $default: closed, doubtful },
    ]) {
      expect(ask(open(httpApi(CORS, routes)), putRequest)).toMatchObject({
        outcome: 'UNKNOWN',
        reason: expect.stringMatching(/\$\{K\}/),
      });
    }
  });

  test('of a twin route that may not exist is settled by the one that does', () => {
    const template = open(httpApi(CORS, { 'ANY /pets': JWT, twin: keyed('ANY /pets') }));
    template.Resources.Route1.Condition = 'Guarded';
    expect(ask(template, putRequest).rule).toBe('preflight-answer');
  });

  test('of the routes of an API is not a typing mistake in an assertion', () => {
    const simulator = CorsSimulator.fromTemplate(open(httpApi(CORS, { a: keyed({ 'Fn::Sub': '${Verb} /pets' }) })));
    const assert = (path: string) => () => simulator.assertAllowed({ origin: APP, path, method: 'PUT' });
    expect(assert('/pets')).toThrow(/UNKNOWN/);
    expect(assert('/cats')).toThrow('It has ${Verb} /pets.');
  });

  test.each<[string, any]>([
    ['as a whole', either([{ jwt: [] }], [])],
    ['in a requirement', [either({ jwt: [] }, {})]],
  ])('of the security of a document, %s, is a question', (_, security) => {
    const guarded = {
      openapi: '3.0.1',
      'x-amazon-apigateway-cors': { allowOrigins: [APP], allowMethods: ['PUT'], allowHeaders: ['authorization'] },
      paths: {
        '/pets': {
          'x-amazon-apigateway-any-method': { security, 'x-amazon-apigateway-integration': { type: 'aws_proxy' } },
        },
      },
    };
    expect(ask(open(httpApi(undefined, {}, { Body: guarded })), putRequest)).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(/its security requirements/),
    });
  });

  test.each<[string, any]>([
    ['a scheme', either({ type: 'oauth2' }, { type: 'http' })],
    ['its authorizer', { type: 'oauth2', 'x-amazon-apigateway-authorizer': either({ type: 'jwt' }, {}) }],
  ])('of %s of a document is a question, too', (_, jwt) => {
    const guarded = {
      openapi: '3.0.1',
      'x-amazon-apigateway-cors': { allowOrigins: [APP], allowMethods: ['PUT'], allowHeaders: ['authorization'] },
      components: { securitySchemes: { jwt } },
      paths: {
        '/pets': {
          'x-amazon-apigateway-any-method': {
            security: [{ jwt: [] }],
            'x-amazon-apigateway-integration': { type: 'aws_proxy' },
          },
        },
      },
    };
    expect(ask(open(httpApi(undefined, {}, { Body: guarded })), putRequest).outcome).toBe('UNKNOWN');
  });
});

describe('an API that is made quickly, from a target alone', () => {
  const Target = 'https://backend.example.com';
  const overridden = (Route: object, more: object = {}) => {
    const template = httpApi(CORS, {}, { Target, ...more });
    const Properties = { ApiId: { Ref: 'Api' }, Route };
    template.Resources.Overrides = { Type: 'AWS::ApiGatewayV2::ApiGatewayManagedOverrides', Properties };
    return template;
  };

  test('has a $default route, which takes preflights', () => {
    expect(ask(httpApi(CORS, {}, { Target }), putRequest).outcome).toBe('DEPENDS_ON_BACKEND');
  });

  test('or the route that RouteKey names', () => {
    expect(ask(httpApi(CORS, {}, { Target, RouteKey: 'PUT /pets' }), putRequest).outcome).toBe('ALLOWED');
  });

  test('which is a question where that is known only after deployment', () => {
    expect(ask(httpApi(CORS, {}, { Target, RouteKey: { 'Fn::ImportValue': 'key' } }), putRequest).outcome).toBe(
      'UNKNOWN',
    );
  });

  test('refuses preflights where an override puts an authorizer before it', () => {
    expect(ask(overridden(JWT), putRequest)).toMatchObject({ rule: 'preflight-answer', preflight: { status: 401 } });
    expect(ask(overridden(JWT, { RouteKey: 'PUT /pets' }), putRequest).outcome).toBe('ALLOWED');
  });

  test('goes where an override sends it', () => {
    const template = overridden({ Target: { 'Fn::GetAtt': ['Handler', 'Arn'] } });
    const ZipFile = 'exports.handler = async () => ({ statusCode: 405 });';
    template.Resources.Handler = { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile } } };
    expect(ask(template, putRequest)).toMatchObject({ rule: 'preflight-answer', preflight: { status: 405 } });
  });

  test('is a question where what an override says is known only after deployment', () => {
    expect(ask(overridden({ 'Fn::If': ['Nobody', JWT, {}] }), putRequest)).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(/Overrides changes Api by \$\{Fn::If Nobody\}/),
    });
  });
});
