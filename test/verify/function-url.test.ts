import { App, Stack } from 'aws-cdk-lib';
import { Alias, Code, FunctionUrlAuthType, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CorsSimulator } from '../../src';
import { readApis } from '../../src/verify/model/read-apis';
import { Deployment } from '../../src/verify/template/deployment';
import { templateAlone } from '../../src/verify/template/template-alone';
import type { BrowserRequest, CorsVerdict } from '../../src/verify/verdict';
import { constantly, functionUrl, LISTED, policy, type UrlParts } from '../support/function-url-templates';
import { APP } from '../support/pages';
import { get, restApi } from '../support/templates';

const JSON_PUT = { method: 'PUT', headers: { 'content-type': 'application/json' } };
const PLAIN = { backendHeaders: { 'content-type': 'application/json' } };
const SIGNED = { authorization: 'AWS4-HMAC-SHA256 Credential=some', 'x-amz-date': '20260101T000000Z' };

function verdictOf(cors: object | undefined, request: Partial<BrowserRequest>, parts?: UrlParts): CorsVerdict {
  return CorsSimulator.fromTemplate(functionUrl(cors, parts)).request({ origin: APP, path: '/items', ...request });
}

describe('a function URL with CORS settings', () => {
  test('answers preflights itself, and lets a listed page read', () => {
    const verdict = verdictOf(LISTED, { ...JSON_PUT, ...PLAIN });
    expect(verdict).toMatchObject({
      outcome: 'ALLOWED',
      preflight: {
        status: 200,
        headers: {
          'access-control-allow-origin': APP,
          'access-control-allow-methods': 'GET,PUT',
          'access-control-allow-headers': 'Content-Type',
          vary: 'Origin',
        },
      },
      response: { headers: { 'access-control-allow-origin': APP } },
    });
  });

  test.each<[string, string, object, Partial<BrowserRequest>, string, string]>([
    [
      'of a stranger',
      'BLOCKED',
      LISTED,
      { origin: 'https://evil.example', ...JSON_PUT, ...PLAIN },
      'preflight-origin',
      '',
    ],
    [
      'that reads as a stranger',
      'BLOCKED',
      LISTED,
      { origin: 'https://evil.example', ...PLAIN },
      'response-origin',
      '',
    ],
    [
      'by a method that is not listed',
      'BLOCKED',
      LISTED,
      { method: 'PATCH', ...PLAIN },
      'preflight-method',
      'AllowMethods has GET, PUT',
    ],
    [
      'with a header that is not listed',
      'BLOCKED',
      LISTED,
      { headers: { 'x-tenant': '7' }, ...PLAIN },
      'preflight-header',
      'AllowHeaders',
    ],
    [
      'by POST without listing it',
      'UNKNOWN',
      LISTED,
      { ...JSON_PUT, method: 'POST', ...PLAIN },
      'unknown',
      'compares that or leaves it to the browser',
    ],
    [
      'with cookies that are not allowed',
      'BLOCKED',
      LISTED,
      { ...JSON_PUT, ...PLAIN, credentials: true },
      'preflight-credentials',
      '',
    ],
    [
      'with cookies, from a list',
      'ALLOWED',
      { ...LISTED, AllowCredentials: true },
      { ...JSON_PUT, ...PLAIN, credentials: true },
      'ok',
      '',
    ],
    [
      'with cookies, and * as methods',
      'UNKNOWN',
      { ...LISTED, AllowMethods: ['*'], AllowCredentials: true },
      { ...JSON_PUT, ...PLAIN, credentials: true },
      'unknown',
      'Allow-Methods',
    ],
    [
      'without cookies, and * as methods',
      'ALLOWED',
      { ...LISTED, AllowMethods: ['*'] },
      { ...JSON_PUT, ...PLAIN },
      'ok',
      '',
    ],
    [
      'with any cookies from anywhere',
      'ALLOWED',
      { AllowOrigins: ['*'], AllowMethods: ['PUT'], AllowCredentials: true },
      { method: 'PUT', ...PLAIN, credentials: true },
      'ok',
      '',
    ],
    [
      'under a wildcard inside an origin',
      'UNKNOWN',
      { ...LISTED, AllowOrigins: ['https://*.example.com'] },
      { ...JSON_PUT, ...PLAIN },
      'unknown',
      'wildcard inside',
    ],
    [
      'outside of such a wildcard',
      'BLOCKED',
      { ...LISTED, AllowOrigins: ['https://*.example.org'] },
      { ...JSON_PUT, ...PLAIN },
      'preflight-origin',
      '',
    ],
    [
      'without AllowMethods',
      'UNKNOWN',
      { AllowOrigins: [APP] },
      { method: 'PUT', ...PLAIN },
      'unknown',
      'no AllowMethods',
    ],
    ['without AllowOrigins', 'BLOCKED', { AllowMethods: ['*'] }, { ...PLAIN }, 'response-origin', ''],
    ['whose function nobody sees', 'DEPENDS_ON_BACKEND', LISTED, {}, 'backend', 'two of them'],
    [
      'whose function says who may read, too',
      'BLOCKED',
      LISTED,
      { backendHeaders: { 'Access-Control-Allow-Origin': APP } },
      'response-origin',
      'goes out twice',
    ],
    [
      'whose function lets a stranger in that the URL does not list',
      'ALLOWED',
      LISTED,
      { origin: 'https://other.example', backendHeaders: { 'Access-Control-Allow-Origin': 'https://other.example' } },
      'ok',
      '',
    ],
    ['with an error of the function', 'ALLOWED', LISTED, { ...JSON_PUT, ...PLAIN, backendStatus: 500 }, 'ok', ''],
    ['that ends in an error of Lambda', 'UNKNOWN', LISTED, { gatewayError: 'THROTTLED' }, 'unknown', 'own 429'],
  ])('%s: %s', (_, outcome, cors, request, rule, reason) => {
    expect(verdictOf(cors, request)).toMatchObject({ outcome, rule, reason: expect.stringContaining(reason) });
  });

  test('tells what to change in its own terms', () => {
    expect(verdictOf(LISTED, { origin: 'https://evil.example', ...PLAIN }).fix).toContain(
      'AllowOrigins of Cors of the function URL',
    );
    expect(verdictOf(LISTED, { backendHeaders: { 'Access-Control-Allow-Origin': '*' } }).fix).toContain(
      'take Cors off the function URL',
    );
  });

  test('and a function with a policy answers twice', () => {
    const fn = policy({ origins: [APP], maxAge: 600 });
    expect(verdictOf(LISTED, {}, { fn })).toMatchObject({ outcome: 'BLOCKED', rule: 'response-origin' });
  });
});

describe('a function URL without CORS settings leaves everything to its function', () => {
  test.each<[string, string, Partial<BrowserRequest>, UrlParts]>([
    ['which nobody sees', 'DEPENDS_ON_BACKEND', JSON_PUT, {}],
    [
      'which follows a policy',
      'ALLOWED',
      JSON_PUT,
      { fn: policy({ origins: [APP], methods: 'PUT', headers: 'content-type', maxAge: 600 }) },
    ],
    [
      'whose policy lacks the method',
      'BLOCKED',
      { method: 'PATCH' },
      { fn: policy({ origins: [APP], methods: 'PUT', maxAge: 600 }) },
    ],
    ['which answers 404 to everything', 'BLOCKED', { method: 'PUT' }, { fn: constantly(404) }],
    ['which sends no header', 'BLOCKED', {}, { fn: constantly(200) }],
    ['which lets the page in', 'ALLOWED', { backendHeaders: { 'access-control-allow-origin': APP } }, {}],
  ])('%s: %s', (_, outcome, request, parts) => {
    expect(verdictOf(undefined, request, parts).outcome).toBe(outcome);
  });

  test('whose policy cannot be followed', () => {
    expect(verdictOf(undefined, JSON_PUT, { fn: policy({ origins: [] }) })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-answer',
    });
  });
});

describe('who may call', () => {
  const iam = { url: { AuthType: 'AWS_IAM' } };
  const all = { ...LISTED, AllowHeaders: ['authorization', 'x-amz-date', 'content-type'] };

  test.each<[string, string, object | undefined, Partial<BrowserRequest>, UrlParts]>([
    ['unsigned, and no CORS', 'BLOCKED', undefined, {}, iam],
    ['signed, and no CORS', 'BLOCKED', undefined, { headers: SIGNED }, iam],
    ['unsigned, and CORS: an error is all there is', 'BROKEN', all, {}, iam],
    ['signed, and CORS: nobody knows who answers the preflight', 'UNKNOWN', all, { headers: SIGNED, ...PLAIN }, iam],
    ['signed, and the headers are not listed', 'BLOCKED', LISTED, { headers: SIGNED, ...PLAIN }, iam],
    ['signed in the query', 'ALLOWED', all, { path: '/?X-Amz-Signature=s', ...PLAIN }, iam],
    [
      'an AuthType that the deployment decides',
      'UNKNOWN',
      LISTED,
      { ...JSON_PUT, ...PLAIN },
      { url: { AuthType: { Ref: 'Auth' } } },
    ],
    ['no permission for everybody', 'UNKNOWN', LISTED, PLAIN, { actions: [] }],
    ['one permission of the two', 'UNKNOWN', LISTED, PLAIN, { actions: ['lambda:InvokeFunctionUrl'] }],
    [
      'no permission, and not listed either',
      'BLOCKED',
      LISTED,
      { origin: 'https://evil.example', ...PLAIN },
      { actions: [] },
    ],
  ])('%s: %s', (_, outcome, cors, request, parts) => {
    const template = { Parameters: { Auth: { Type: 'String' } }, ...functionUrl(cors, parts) };
    expect(CorsSimulator.fromTemplate(template).request({ origin: APP, path: '/', ...request }).outcome).toBe(outcome);
  });

  test('an error of Lambda is called so', () => {
    expect(verdictOf(all, {}, iam).reason).toContain("Lambda's own error ACCESS_DENIED, 403");
  });
});

describe('a deployment fails by', () => {
  test.each([
    ['OPTIONS among the methods', { ...LISTED, AllowMethods: ['GET', 'OPTIONS'] }, /OPTIONS.*leave it out/],
    [
      'a hundred and one origins',
      { ...LISTED, AllowOrigins: Array.from({ length: 101 }, (_, i) => `https://c${i}.example`) },
      /101 entries: Lambda takes 100/,
    ],
    ['a week', { ...LISTED, MaxAge: 604_800 }, /MaxAge of Url is 604800/],
    ['-1', { ...LISTED, MaxAge: -1 }, /0 to 86400/],
    [
      'a text for a list',
      { ...LISTED, AllowOrigins: APP },
      /AllowOrigins in Cors of Url is "https:\/\/app.example.com", and CloudFormation wants a list/,
    ],
  ])('%s', (_, cors, reason) => {
    const verdict = verdictOf(cors, PLAIN);
    expect(verdict).toMatchObject({ outcome: 'BLOCKED', rule: 'deployment' });
    expect(verdict.reason).toMatch(reason);
  });
});

test('an alias of the CDK, with its permissions, is its function', () => {
  const stack = new Stack(new App(), 'Shop');
  const fn = new LambdaFunction(stack, 'Work', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
  });
  const live = new Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
  live.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, cors: { allowedOrigins: [APP] } });
  const simulator = CorsSimulator.fromStack(stack);
  simulator.assertAllowed({ origin: APP, path: '/any/where', method: 'DELETE' });
  simulator.assertBlocked({ origin: 'https://evil.example', path: '/' });
});

test('what a condition decides is told', () => {
  const template = functionUrl({ 'Fn::If': ['Open', LISTED, { Ref: 'AWS::NoValue' }] }, { fn: constantly(200) });
  const given = {
    ...template,
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } },
  };
  expect(CorsSimulator.fromTemplate(given).request({ origin: APP, path: '/' })).toMatchObject({
    outcome: 'UNKNOWN',
    reason: expect.stringContaining('where Open holds'),
  });
});

test('beside one API a function URL is asked by its name', () => {
  const { Resources } = functionUrl(LISTED);
  const simulator = CorsSimulator.fromTemplate(restApi([get('/pets')], Resources));
  simulator.assertAllowed({ origin: APP, path: '/pets' });
  simulator.assertAllowed({ origin: APP, api: 'Url', path: '/pets', ...PLAIN });
});

test('what lets any site read with the cookies of the visitor is noted, though it works', () => {
  const notesOf = (AllowOrigins: string[]) => {
    const template = functionUrl({ AllowOrigins, AllowMethods: ['PUT'], AllowCredentials: true });
    return readApis([templateAlone(template, new Deployment())]).flatMap(({ notes = [] }) => notes);
  };
  expect(notesOf(['*'])).toEqual([
    'Url has AllowOrigins * together with AllowCredentials: Lambda answers any site with its own origin, ' +
      'so every site may read with the cookies of the visitor.',
  ]);
  expect(notesOf([APP])).toEqual([]);
});
