import { ALLOW_APP, ask, gatewayResponse, get, options, prefixed, put, restApi } from '../support/templates';

describe('what only the deployment knows', () => {
  const SSM = '{{resolve:ssm:/value}}';
  const answering = (response: object, integration: object = {}) =>
    restApi([
      get('/pets', { integration: { IntegrationResponses: [{ StatusCode: '200', ...response }], ...integration } }),
    ]);

  test.each([
    ['the pattern of a response', answering({ SelectionPattern: SSM })],
    ['its status', answering({ StatusCode: SSM })],
    ['how bodies are converted', answering({}, { ContentHandling: SSM })],
    ['whether bodies without a template are refused', answering({}, { PassthroughBehavior: SSM })],
  ])('%s', (_, template) => {
    expect(ask(template).outcome).toBe('UNKNOWN');
  });

  test.each([
    { BinaryMediaTypes: [SSM] },
    { BinaryMediaTypes: SSM },
    { BinaryMediaTypes: { 'Fn::Split': [',', SSM] } },
  ])('what counts as binary: %j', (api) => {
    const text = { integration: { ContentHandling: 'CONVERT_TO_TEXT' } };
    expect(ask(restApi([get('/pets')], {}, api))).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('CONVERT_TO_TEXT'),
    });
    expect(ask(restApi([get('/pets', text)], {}, api)).outcome).toBe('ALLOWED');
  });

  test('the whole template of a response, though not a value inside of it', () => {
    const sends = (template: string) =>
      ask(
        answering({
          ResponseParameters: prefixed('method.response.header.', ALLOW_APP),
          ResponseTemplates: { 'application/json': template },
        }),
      ).outcome;
    expect(sends(SSM)).toBe('UNKNOWN');
    expect(sends(`{"from": "${SSM}"}`)).toBe('ALLOWED');
  });

  test('the verb of a method, which may be the one that is asked for', () => {
    const verb = { properties: { HttpMethod: SSM } };
    expect(ask(restApi([put('/pets'), options('/pets', verb)]), { method: 'PUT' })).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining(SSM),
    });
    const shadowed = restApi([put('/pets'), get('/pets', verb), options('/{proxy+}')]);
    expect(ask(shadowed, { method: 'PUT' }).outcome).toBe('UNKNOWN');
    expect(ask(restApi([put('/pets'), options('/pets'), get('/pets', verb)]), { method: 'PUT' }).outcome).toBe(
      'ALLOWED',
    );
  });

  test.each([
    ['CUSTOM', { Type: 'TOKEN', IdentitySource: { 'Fn::Sub': 'method.request.header.${Name}' } }],
    ['CUSTOM', { Type: 'TOKEN', IdentitySource: { Ref: 'Name' } }],
    ['CUSTOM', { Type: 'REQUEST', IdentitySource: `method.request.header.Origin, ${SSM}` }],
    ['COGNITO_USER_POOLS', { Type: 'COGNITO_USER_POOLS', IdentitySource: SSM }],
  ])('which header an authorizer reads: %s %j', (AuthorizationType, authorizer) => {
    const closed = get('/pets', { properties: { AuthorizationType, AuthorizerId: { Ref: 'Guard' } } });
    const template = restApi([closed, options('/pets')], {
      Guard: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: { Ref: 'Api' }, ...authorizer } },
    });
    template.Parameters = { Name: { Type: 'String' } };
    for (const headers of [undefined, { authorization: 'some' }])
      expect(ask(template, { headers })).toMatchObject({
        outcome: 'UNKNOWN',
        reason: expect.stringContaining('Guard'),
      });
  });

  test('a method of which all properties come from a macro', () => {
    const macro = { 'Fn::Transform': { Name: 'House', Parameters: {} } };
    const some = restApi([put('/pets'), options('/pets', { properties: macro })]);
    expect(ask(some, { method: 'PUT' })).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('House'),
    });
  });

  test('what kind of authorizer there is', () => {
    const properties = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } };
    const guard = {
      Guard: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: { Ref: 'Api' }, Type: SSM } },
    };
    expect(ask(restApi([put('/pets'), options('/pets', { properties })], guard), { method: 'PUT' }).outcome).toBe(
      'UNKNOWN',
    );
  });

  test.each([{ StatusCode: SSM }, { ResponseParameters: SSM }])('what errors look like: %j', (properties) => {
    const allowed = { 'Access-Control-Allow-Origin': "'*'" };
    const refused = gatewayResponse('MISSING_AUTHENTICATION_TOKEN', allowed, properties);
    expect(ask(restApi([put('/pets')], { Refused: refused }), { path: '/birds' }).outcome).toBe('UNKNOWN');
  });
});
