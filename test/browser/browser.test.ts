import { expectAgreement } from './agree';
import { methods } from './cases/methods';
import { origins } from './cases/origins';
import { preflightAnswers } from './cases/preflight-answers';
import { requestHeaders } from './cases/request-headers';

describe('the simulator and a real browser agree on', () => {
  test('which answers to a preflight count', () => expectAgreement(preflightAnswers));
  test('how an origin has to be spelled', () => expectAgreement(origins));
  test('which methods need to be listed, and how', () => expectAgreement(methods));
  test('which request headers need to be listed, and how', () => expectAgreement(requestHeaders));
});
