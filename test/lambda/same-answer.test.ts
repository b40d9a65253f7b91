import { Compile, parse } from 'velocityjs';
import { originTemplate } from '../../src/api-gateway/mapping-template';
import { AllowedOrigins } from '../../src/policy/allowed-origins';
import vectors from '../vectors/origins.json';
import { policyVariable, run } from './functions';
import { COUNT, randomPairs, SEED } from './random-pairs';

const HELPERS = ['vectors.mjs decisions', 'vectors.py decisions'];

describe('whoever may read a response behind one integration', () => {
  const policies = [...new Set(vectors.map(({ policy }) => JSON.stringify(policy)))];
  const pairs = vectors.map(({ policy, origin }) => [policies.indexOf(JSON.stringify(policy)), origin]);
  const variables = policies.map((policy) => policyVariable(JSON.parse(policy)));

  test.each(HELPERS)('may read that of a function, in each shared vector: %s', (handler) => {
    const allowed = run(handler, [{ policies: variables, pairs }]).outcomes[0].result;
    expect(vectors.filter((row, index) => allowed[index] !== row.allowed)).toEqual([]);
    expect(allowed).toHaveLength(vectors.length);
  });
});

describe('100,000 pages, policies and all at random', () => {
  const { policies, pairs } = randomPairs(COUNT, SEED);
  const origins = policies.map(({ allowOrigins }) => AllowedOrigins.parse(allowOrigins));
  const expected = pairs.map(([policy, origin]) => origins[policy].allows(origin));

  function differences(allowed: boolean[]): unknown[] {
    return pairs.flatMap(([policy, origin], index) =>
      allowed[index] === expected[index]
        ? []
        : [{ listed: policies[policy].allowOrigins, origin, allowed: allowed[index] }],
    );
  }

  test('are a fair mix', () => {
    const share = expected.filter(Boolean).length / pairs.length;
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.75);
    expect(new Set(pairs.map(String)).size).toBeGreaterThan(50_000);
  });

  test.each(HELPERS)('are told the same by the policy and by a function: %s', (handler) => {
    const variables = policies.map((policy) => policyVariable(policy));
    const allowed = run(handler, [{ policies: variables, pairs }]).outcomes[0].result;
    expect(differences(allowed)).toEqual([]);
  });

  test('are told the same by the policy and by Velocity', () => {
    const templates = origins.map((allowed) =>
      allowed.any ? undefined : new Compile(parse(originTemplate(allowed)), JAVA_STRINGS),
    );
    const allowed = pairs.map(([policy, origin]) => {
      const header: Record<string, string> = {};
      const template = templates[policy];
      if (template === undefined) return true;
      template.render({
        input: { params: () => ({ header: { get: (name: string) => (name === 'origin' ? origin : '') } }) },
        context: { responseOverride: { header } },
      });
      return header['Access-Control-Allow-Origin'] === origin;
    });
    expect(differences(allowed)).toEqual([]);
  });
});

/** velocityjs has no Java strings: `matches`, for the whole of the string, is added. */
const JAVA_STRINGS = {
  customMethodHandlers: [
    {
      uid: 'matches',
      match: ({ property, context }: any) => property === 'matches' && typeof context === 'string',
      resolve: ({ context, params }: any) => new RegExp(`^(?:${params[0]})$`).test(context),
    },
  ],
};
