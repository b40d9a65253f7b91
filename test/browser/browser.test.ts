import { CorsSimulator } from '../../src/verify/simulator';
import { APP } from '../support/pages';
import { expectAgreement, expectNoDifference, theJudge } from './agree';
import { awsCdkLib } from './cases/aws-cdk-lib';
import { beyondBrowsers } from './cases/beyond-browsers';
import { cdkCors } from './cases/cdk-cors';
import { chance } from './cases/chance';
import { cloudFront } from './cases/cloudfront';
import { credentials } from './cases/credentials';
import { functionUrls } from './cases/function-urls';
import { functions } from './cases/functions';
import { gatewayErrors } from './cases/gateway-errors';
import { httpApis } from './cases/http-apis';
import { methods } from './cases/methods';
import { openApi } from './cases/open-api';
import { origins } from './cases/origins';
import { policies } from './cases/policies';
import { preflightAnswers } from './cases/preflight-answers';
import { preflightHandlers } from './cases/preflight-handlers';
import { requestHeaders } from './cases/request-headers';
import { responses } from './cases/responses';
import { routes } from './cases/routes';
import { spellings } from './cases/spellings';
import { velocity } from './cases/velocity';
import { whatPagesSend } from './cases/what-pages-send';
import { unworded, worded } from './trial';

describe('the simulator and a real browser agree on', () => {
  test('which answers to a preflight count', () => expectAgreement(preflightAnswers));
  test('how an origin has to be spelled', () => expectAgreement(origins));
  test('which methods need to be listed, and how', () => expectAgreement(methods));
  test('which request headers need to be listed, and how', () => expectAgreement(requestHeaders));
  test('what pages send, and what comes back without it', () => expectAgreement(whatPagesSend));
  test('what credentials ask for', () => expectAgreement(credentials));
  test('what the response itself has to say, and which of its headers a script can read', () =>
    expectAgreement(responses));
  test('which route answers', () => expectAgreement(routes));
  test('who can read the errors of the gateway', () => expectAgreement(gatewayErrors));
  test('whom a mapping template lets in', () => expectAgreement(velocity));
  test('every policy on every kind of route', () => expectAgreement(policies));
  test('cases that nobody thought of', () => expectAgreement(chance));
  test('what this library promises', () => expectAgreement(cdkCors));
  test("what aws-cdk-lib's own CORS comes to", () => expectAgreement(awsCdkLib));
  test('APIs that are OpenAPI documents', () => expectAgreement(openApi));
  test('HTTP APIs', () => expectAgreement(httpApis));
  test('distributions in front of APIs', () => expectAgreement(cloudFront));
  test('function URLs', () => expectAgreement(functionUrls));
  test('who answers the preflights of HTTP APIs', () => expectAgreement(preflightHandlers));
  test('functions with a policy of their own, in Node.js and Python', () => expectAgreement(functions));
});

test('the console of Chromium says what the verdicts say, wherever they have words for it', () => {
  if (process.env.CDK_CORS_ENGINE === 'firefox') return;
  // A verdict has none where two headers are missing, of which Chromium names either, and where the status of a backend decides.
  expect(worded.length).toBeGreaterThan(100 * unworded.length);
});

test.each(spellings)('to a real browser, constructs and documents are one API: $name', (spelled) =>
  expectNoDifference(spelled),
);

test.each(beyondBrowsers)('no browser needs to be asked where $why', ({ template, request, rule }) => {
  expect(CorsSimulator.fromTemplate(template).request(request)).toMatchObject({ rule });
});

describe('a real browser', () => {
  const page = { origin: APP, path: '/pets', credentials: true };
  const welcome = (more: Record<string, string> = {}) => ({
    status: 200,
    headers: {
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'PUT',
      ...more,
    },
    body: '{}',
  });

  test('sends its cookies with the actual request and never with the preflight', async () => {
    const judge = await theJudge();
    const session = 'session=1; Path=/; Secure; SameSite=Lax';
    await judge.observe([{ request: page, answer: () => welcome({ 'set-cookie': session }) }]);
    const [asked, unasked] = await judge.observe([
      { request: { ...page, method: 'PUT' }, answer: () => welcome() },
      { request: { ...page, method: 'PUT', credentials: false }, answer: () => welcome() },
    ]);
    expect(asked.actuals[0].request.headers).toMatchObject({ cookie: 'session=1' });
    expect(asked.preflights[0].request.headers).not.toHaveProperty('cookie');
    expect(unasked.actuals[0].request.headers).not.toHaveProperty('cookie');
  });

  test.each([
    ['once for all requests where Access-Control-Max-Age is 600', { 'access-control-max-age': '600' }, 1],
    ['before every request where it is 0', { 'access-control-max-age': '0' }, 3],
    ['once in five seconds where it is missing', {}, 1],
  ])('asks %s', async (_, headers, preflights) => {
    const [seen] = await (await theJudge()).observe([
      { request: { ...page, method: 'PUT' }, answer: () => welcome(headers), times: 3 },
    ]);
    expect([seen.preflights.length, seen.actuals.length]).toEqual([preflights, 3]);
  });

  test('names headers in lower case, over HTTP/2', async () => {
    const [seen] = await (await theJudge()).observe([{ request: page, answer: () => welcome() }]);
    expect(seen.actuals[0].request.headers).toMatchObject({ origin: APP });
  });
});
