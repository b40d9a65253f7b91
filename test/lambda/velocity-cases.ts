/**
 * The 100,000 random pairs for Apache Velocity: `velocity-cases.ts CASES`, then
 * `test/apache-velocity/run.sh CASES`. Takes minutes, and a JDK; the everyday run has velocityjs
 * instead.
 */
import { writeFileSync } from 'node:fs';
import { originTemplate } from '../../src/api-gateway/mapping-template';
import { AllowedOrigins } from '../../src/policy/allowed-origins';
import type { Case } from '../apache-velocity/cases';
import { COUNT, randomPairs, SEED } from './random-pairs';

const { policies, pairs } = randomPairs(COUNT, SEED);
const origins = policies.map(({ allowOrigins }) => AllowedOrigins.parse(allowOrigins));
const templates = origins.map(originTemplate);

const cases = pairs
  .filter(([policy]) => !origins[policy].any)
  .map(
    ([policy, origin]): Case => ({
      name: `${policies[policy].allowOrigins}: ${JSON.stringify(origin)}`,
      template: templates[policy],
      headers: { origin },
      expected: {
        text: '',
        overrides: { header: origins[policy].allows(origin) ? { 'Access-Control-Allow-Origin': origin } : {} },
      },
    }),
  );
writeFileSync(process.argv[2], JSON.stringify(cases));
