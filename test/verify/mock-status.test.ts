import { mockStatus } from '../../src/verify/gateway/rest/mock-status';
import { unknown } from '../../src/verify/unknown';
import { ask, get, restApi } from '../support/templates';

test.each([
  ['{"statusCode": 200}', '200'],
  ['{ statusCode: 204 }', '204'],
  ["{'statusCode': 200, '': ''}", '200'],
  ['{"statusCode": 200 ,, }', '200'],
  ['{"statusCode": 200, null: null}', '200'],
  ['{statusCode: 200, }foo: [ba r]}', '200'],
  ['{"note": "it\'s {odd}", "list": [1, {"a": "]"}], "statusCode": 404}', '404'],
  [`{"statusCode": 200, "id": "${unknown('the id')}"}`, '200'],
])('%j names the status %s', (output, status) => {
  expect(mockStatus(output)).toEqual({ status });
});

test.each([
  ['{"statusCode": "200"}', 'has to be a number'],
  ['{"statusCode": null}', 'has to be a number'],
  ['{"status": 200}', 'names no statusCode'],
  ['{"body": {"statusCode": 200}}', 'names no statusCode'],
  ['{"statusCode": 200', 'is not closed'],
  ['statusCode: 200', 'is not an object in braces'],
  ['', 'gives nothing'],
  ["{'statusCode: 200 }", 'a quote that nothing closes'],
  ['{"statusCode\': 200 }', 'a quote that nothing closes'],
  ['{statusCode: 200, {foo: [ba r]}', 'a brace too many'],
])('%j is a 500', (output, fault) => {
  expect(mockStatus(output)).toEqual({ fault: expect.stringContaining(fault) });
});

test.each([
  ['{"statusCode" 200}'],
  ['{"statusCode": 200} and more'],
  ['{"statusCode": 200, "statusCode": 500}'],
  ['{"statusCode": 200.5}'],
  ['{statusCode: 200, "x}'],
  [`{"statusCode": ${unknown('the body')}}`],
  [unknown('the whole template')],
])('what comes of %j nobody has tried', (output) => {
  expect(mockStatus(output)).toEqual({ unknown: expect.any(String) });
});

describe('a mock', () => {
  const mock = (integration: object): any => restApi([get('/pets', { integration })]);

  test('with a quoted status answers 500', () => {
    const verdict = ask(mock({ RequestTemplates: { 'application/json': '{"statusCode": "200"}' } }));
    expect(verdict).toMatchObject({ response: { status: 500 }, reason: expect.stringContaining('has to be a number') });
  });

  test('without any request template is documented in one way, and reported in another', () => {
    expect(ask(mock({ RequestTemplates: undefined })).outcome).toBe('UNKNOWN');
  });

  test('never finds a template whose type has a parameter', () => {
    const template = mock({ RequestTemplates: { 'application/json; charset=utf-8': '{"statusCode": 200}' } });
    expect(ask(template).response?.status).toBe(500);
  });

  test('leaves open what the template $default serves', () => {
    expect(ask(mock({ RequestTemplates: { $default: '{"statusCode": 200}' } })).outcome).toBe('UNKNOWN');
  });
});
