import type { CorsVerdict } from '../../src';
import { ask, get, options, put, restApi } from '../support/templates';

const INVOKE = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const GUARD = {
  Guard: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: { Ref: 'Api' }, Type: 'TOKEN' } },
};
const STAGE = {
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
};

/** A PUT of /pets/1, and the preflight before it. */
function putUnder(statements: object[], properties: object = {}, others: object = STAGE): CorsVerdict {
  const Policy = { Version: '2012-10-17', Statement: statements };
  const template = restApi([put('/pets/{id}', { properties }), options('/pets/{id}')], { ...others }, { Policy });
  return ask(template, { path: '/pets/1', method: 'PUT', headers: { authorization: 'Bearer t' } });
}

test('an empty text is not a policy, which the Serverless Framework writes', () => {
  expect(ask(restApi([get('/pets')], {}, { Policy: '' })).outcome).toBe('ALLOWED');
});

test('what a list of principals means is open', () => {
  expect(putUnder([{ ...INVOKE, Principal: ['*'] }]).outcome).toBe('UNKNOWN');
});

describe('a resource policy alone', () => {
  test.each<[string, object]>([
    ['everything', INVOKE],
    ['everything, in lists', { ...INVOKE, Principal: { AWS: ['*'] }, Action: ['execute-api:*'], Resource: ['*'] }],
    ['every action', { ...INVOKE, Action: '*' }],
    ['every path of the stage', { ...INVOKE, Resource: 'execute-api:/prod/*' }],
    ['this path', { ...INVOKE, Resource: 'execute-api:/*/*/pets/*' }],
    ['one character', { ...INVOKE, Resource: 'execute-api:/prod/*/pets/?' }],
    ['all but another path', { ...INVOKE, Resource: undefined, NotResource: 'execute-api:/*/*/orders/*' }],
    ['all but another action', { ...INVOKE, Action: undefined, NotAction: 'execute-api:ManageConnections' }],
    [
      'its ARN',
      {
        ...INVOKE,
        Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/prod/*' },
      },
    ],
    [
      'its ARN in the usual partition',
      { ...INVOKE, Resource: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:*:*' } },
    ],
  ])('that allows %s lets the request through', (_, statement) => {
    expect(putUnder([statement]).outcome).toBe('ALLOWED');
  });

  test.each<[string, object[]]>([
    ['allows PUT only', [{ ...INVOKE, Resource: 'execute-api:/*/PUT/pets/*' }]],
    ['allows another stage', [{ ...INVOKE, Resource: 'execute-api:/dev/*' }]],
    ['allows another path', [{ ...INVOKE, Resource: ['execute-api:/*/*/orders', 'execute-api:/*/*/orders/*'] }]],
    ['allows all but this path', [{ ...INVOKE, Resource: undefined, NotResource: 'execute-api:/*/*/pets/*' }]],
    ['allows all but this action', [{ ...INVOKE, Action: undefined, NotAction: 'execute-api:*' }]],
    ['allows another action', [{ ...INVOKE, Action: 'execute-api:ManageConnections' }]],
    ['allows one account', [{ ...INVOKE, Principal: { AWS: ['arn:aws:iam::111122223333:root', '111122223333'] } }]],
    ['allows a service', [{ ...INVOKE, Principal: { Service: 'apigateway.amazonaws.com' } }]],
    ['denies OPTIONS', [INVOKE, { ...INVOKE, Effect: 'Deny', Resource: 'execute-api:/*/OPTIONS/*' }]],
    ['denies everything', [{ ...INVOKE, Effect: 'Deny' }, INVOKE]],
  ])('that %s refuses the preflight', (_, statements) => {
    expect(putUnder(statements)).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-answer',
      preflight: { status: 403 },
      reason: expect.stringMatching(/resource policy (denies|allows) OPTIONS/),
    });
  });

  test.each<[string, object[], RegExp]>([
    ['an address', [{ ...INVOKE, Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } } }], /aws:SourceIp/],
    [
      'a forbidden address',
      [INVOKE, { ...INVOKE, Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
      /may deny OPTIONS .*aws:SourceIp/,
    ],
    ['a parameter', [{ ...INVOKE, Principal: { Ref: 'Who' } }], /it is for \$\{Who\}/],
    [
      'a NotPrincipal',
      [INVOKE, { ...INVOKE, Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: '1' } }],
      /NotPrincipal/,
    ],
    ['one region', [{ ...INVOKE, Resource: 'arn:aws:execute-api:eu-west-1:111122223333:*' }], /eu-west-1/],
    [
      'an ARN that ends early',
      [{ ...INVOKE, Resource: 'arn:aws:execute-api:eu-west-1:111122223333:abc/' }],
      /covers is open/,
    ],
    ['the name of a variable', [{ ...INVOKE, Resource: 'execute-api:/*/*/pets/{id}' }], /covers is open/],
  ])('that depends on %s leaves it open', (_, statements, reason) => {
    expect(putUnder(statements)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringMatching(reason) });
  });

  test('may be a text, or stand in the document', () => {
    const statement = { ...INVOKE, Resource: 'execute-api:/*/PUT/*' };
    const text = JSON.stringify({ Statement: statement });
    const request = { method: 'PUT' };
    expect(ask(restApi([put('/pets'), options('/pets')], {}, { Policy: text }), request).outcome).toBe('BLOCKED');
    const Body = { openapi: '3.0.1', paths: {}, 'x-amazon-apigateway-policy': { Statement: [statement] } };
    expect(ask(restApi([put('/pets'), options('/pets')], {}, { Body }), request).outcome).toBe('BLOCKED');
    expect(ask(restApi([put('/pets'), options('/pets')], {}, { Body, Policy: text }), request).outcome).toBe('UNKNOWN');
    expect(ask(restApi([put('/pets'), options('/pets')], {}, { Policy: { Ref: 'Who' } }), request).outcome).toBe(
      'UNKNOWN',
    );
  });

  test('differs from stage to stage', () => {
    const Properties = { RestApiId: { Ref: 'Api' }, StageName: 'dev' };
    const others = { ...STAGE, Dev: { Type: 'AWS::ApiGateway::Stage', Properties } };
    expect(putUnder([{ ...INVOKE, Resource: 'execute-api:/prod/*' }], {}, others).outcome).toBe('UNKNOWN');
  });
});

describe('beside an authorizer', () => {
  const OPTIONS_ONLY = { ...INVOKE, Resource: 'execute-api:/*/OPTIONS/*' };
  const lambda = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } };
  const user = { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Guard' } };

  test('a Lambda authorizer and IAM may allow what the policy does not mention', () => {
    expect(putUnder([OPTIONS_ONLY], lambda, { ...STAGE, ...GUARD }).outcome).toBe('ALLOWED');
    expect(putUnder([OPTIONS_ONLY], { AuthorizationType: 'AWS_IAM' }).outcome).toBe('ALLOWED');
  });

  test('but not what it denies', () => {
    const denied = [INVOKE, { ...INVOKE, Effect: 'Deny', Resource: 'execute-api:/*/PUT/*' }];
    expect(putUnder(denied, lambda, { ...STAGE, ...GUARD })).toMatchObject({
      outcome: 'BLOCKED',
      response: { status: 403 },
    });
  });

  test('to whom a Deny applies shows only in a signed request', () => {
    const denied = [INVOKE, { ...INVOKE, Effect: 'Deny', Principal: { AWS: '111122223333' } }];
    expect(putUnder(denied, { AuthorizationType: 'AWS_IAM' }).outcome).toBe('UNKNOWN');
    expect(putUnder(denied, lambda, { ...STAGE, ...GUARD }).outcome).toBe('ALLOWED');
  });

  test('after a user pool the policy has to allow the request as well', () => {
    expect(putUnder([OPTIONS_ONLY], user, { ...STAGE, ...GUARD })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'response-origin',
      reason: expect.stringContaining('no statement of the resource policy allows PUT'),
    });
  });
});

test('a GET needs no preflight, and is refused on its own', () => {
  const Policy = { Statement: [{ ...INVOKE, Resource: 'execute-api:/*/*/public' }] };
  const template = restApi([get('/public'), get('/internal')], {}, { Policy });
  expect(ask(template, { path: '/public' }).outcome).toBe('ALLOWED');
  expect(ask(template, { path: '/internal' })).toMatchObject({ outcome: 'BLOCKED', response: { status: 403 } });
});
