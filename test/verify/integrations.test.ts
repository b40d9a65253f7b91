import { APP } from '../support/pages';
import { ask, get, prefixed, restApi } from '../support/templates';

/** How a REST API gets from the request to its integration, and from there to the response. */

const ALLOWED = `#set($context.responseOverride.header.Access-Control-Allow-Origin = "${APP}")`;
const declared = (status: string): object => ({
  StatusCode: status,
  ResponseParameters: prefixed('method.response.header.', { 'Access-Control-Allow-Origin': true }),
});

describe('of several integration responses that match', () => {
  const response = (StatusCode: string, SelectionPattern: string, origin?: string): object => ({
    StatusCode,
    SelectionPattern,
    ResponseParameters: origin && { 'method.response.header.Access-Control-Allow-Origin': `'${origin}'` },
  });
  const mock = (status: number, responses: object[]): any => {
    const RequestTemplates = { 'application/json': `{"statusCode": ${status}}` };
    const properties = { MethodResponses: ['200', '201', '404', '500'].map(declared) };
    return restApi([get('/pets', { properties, integration: { RequestTemplates, IntegrationResponses: responses } })]);
  };

  test('the one that leads to the same status is taken, wherever it stands', () => {
    expect(ask(mock(201, [response('200', '2..'), response('201', '20.', APP)]))).toMatchObject({
      outcome: 'ALLOWED',
      response: { status: 201 },
    });
  });

  test('which one of others is open', () => {
    expect(ask(mock(404, [response('200', '4..'), response('500', '40.', APP)]))).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(/200 and 500 both match 404/),
    });
  });

  test('does not matter where they say the same', () => {
    expect(ask(mock(404, [response('500', '4..', APP), response('500', '40.', APP)])).outcome).toBe('ALLOWED');
  });
});

describe('overrides', () => {
  const mock = (request: string, response: string): any =>
    restApi([
      get('/pets', {
        headers: {},
        integration: {
          RequestTemplates: { 'application/json': `${request}{"statusCode": 200}` },
          IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': response } }],
        },
      }),
    ]);

  test.each([
    [599, 599],
    [600, 200],
    [99, 200],
    [-1, 200],
  ])('a status of %d is sent as %d', (status, sent) => {
    expect(ask(mock('', `#set($context.responseOverride.status = ${status})`)).response?.status).toBe(sent);
  });

  test('of the request can be read in the template of the response', () => {
    const reflected =
      '#set($context.responseOverride.header.Access-Control-Allow-Origin = $context.requestOverride.path.site)';
    expect(ask(mock(`#set($context.requestOverride.path.site = "${APP}")`, reflected)).outcome).toBe('ALLOWED');
  });

  test('of the response can be read there, and set again', () => {
    const first = `#set($context.responseOverride.header.X-Site = "${APP}")`;
    const then =
      '#set($context.responseOverride.header.Access-Control-Allow-Origin = $context.responseOverride.header.X-Site)';
    expect(ask(mock(first, then)).outcome).toBe('ALLOWED');
  });

  test('that depend on what nobody knows are open in the template of the response', () => {
    const request = `#if($context.stage == "prod")#set($context.requestOverride.path.site = "${APP}")#end`;
    const response = `#if($context.requestOverride.path.site == "${APP}")${ALLOWED}#end`;
    expect(ask(mock(request, response)).outcome).toBe('UNKNOWN');
  });
});

test('some headers leave under another name', () => {
  const headers = { Date: "'today'", 'Access-Control-Allow-Origin': `'${APP}'` };
  expect(ask(restApi([get('/pets', { headers })])).response?.headers).toEqual({
    'access-control-allow-origin': APP,
    'x-amzn-remapped-date': 'today',
  });
});

test.each(['HTTP_PROXY', 'HTTP'])(
  'a mapping of %s that sets a header of API Gateway’s own fails every request',
  (Type) => {
    const integration = (name: string): object => ({
      Type,
      Uri: 'https://backend.example.com',
      RequestParameters: { [`integration.request.header.${name}`]: "'x'" },
    });
    const template = (name: string): any => restApi([get('/pets', { integration: integration(name) })]);
    expect(ask(template('Transfer-Encoding'))).toMatchObject({
      response: { status: 500 },
      reason: expect.stringContaining('its integration maps Transfer-Encoding'),
    });
    expect(ask(template('X-From')).response?.status).not.toBe(500);
  },
);

test('CUSTOM authorization without an authorizer cannot be deployed', () => {
  const template = restApi([get('/pets', { properties: { AuthorizationType: 'CUSTOM' } })]);
  expect(ask(template)).toMatchObject({ rule: 'deployment', reason: expect.stringContaining('no AuthorizerId') });
});
