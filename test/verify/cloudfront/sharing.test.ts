import { checkWays } from '../../../src/verify/check-ways';
import { Entrances } from '../../../src/verify/entrances';
import { HttpApiGateway } from '../../../src/verify/gateway/http/http-api-gateway';
import { readApis } from '../../../src/verify/model/read-apis';
import { Deployment } from '../../../src/verify/template/deployment';
import { templateAlone } from '../../../src/verify/template/template-alone';
import { APP } from '../../support/pages';
import { ADMIN, behind, CACHE, FORWARD, HTTP_API, RIGHT } from './distributions';

/** How often the API is asked by a check, with so many distributions of a kind in front of it. */
function questions(count: number, behavior: object): number {
  const { Edge, ...rest } = behind(HTTP_API, { behavior }).Resources;
  const edges = Object.fromEntries(Array.from({ length: count }, (_, index) => [`Edge${index}`, Edge]));
  const scope = templateAlone({ ...HTTP_API, Resources: { ...rest, ...edges } }, new Deployment({}));
  const entrances = new Entrances(readApis([scope]), [scope]);
  const asked = jest.spyOn(HttpApiGateway.prototype, 'answer');
  const results = checkWays(entrances.waysTo(entrances.apis), () => [APP, ADMIN]);
  expect(results).toHaveLength(4 * (count + 1));
  const { length } = asked.mock.calls;
  asked.mockRestore();
  return length;
}

describe('what an API answers is worked out once, however many distributions stand in front of it', () => {
  test('nothing more is asked where they hand everything on', () => {
    expect(questions(5, RIGHT)).toBe(questions(0, RIGHT));
  });

  test.each([
    ['they drop headers', { ...RIGHT, OriginRequestPolicyId: undefined }],
    ['they keep answers', { ...RIGHT, CachePolicyId: CACHE.optimized, OriginRequestPolicyId: FORWARD.s3Origin }],
  ])('five ask as much as one does where %s', (_, behavior) => {
    expect(questions(5, behavior)).toBe(questions(1, behavior));
  });
});
