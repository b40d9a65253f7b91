import { Duration } from 'aws-cdk-lib';
import vectors from '../vectors/lambda-answers.json';
import { policyVariable, recordedEvent, run } from './functions';

const POLICIES: Record<string, string> = {
  several: policyVariable({
    allowOrigins: ['https://app.example.com', 'https://*.example.org'],
    allowMethods: ['GET', 'PUT'],
    allowHeaders: ['Content-Type', 'Authorization'],
    exposeHeaders: ['ETag', 'Link'],
    allowCredentials: true,
  }),
  one: policyVariable({
    allowOrigins: ['https://app.example.com'],
    allowHeaders: [],
    maxAge: Duration.seconds(0),
    statusCode: 200,
  } as any),
  any: policyVariable({ allowOrigins: ['*'], allowHeaders: ['*'], exposeHeaders: ['*'] }),
  loose: JSON.stringify({
    origins: ['ws://app.example.com', 'capacitor://localhost:8080'],
    patterns: ['[a-z]+://app[.].*'],
  }),
};
POLICIES.opened = JSON.stringify({ ...JSON.parse(POLICIES.several), answersOptions: true });

const cases = (vectors as any[]).map((row) => ({
  ...row,
  policy: POLICIES[row.policy ?? 'several'],
  event: {
    ...sentBy(recordedEvent(row.event), row.origin),
    ...(row.method && { httpMethod: row.method }),
    ...(row.without && { [row.without]: null }),
  },
}));

describe.each(['vectors.mjs answers', 'vectors.py answers'])('a function with the policy (%s)', (handler) => {
  const { outcomes } = run(handler, cases);

  test.each(cases.map(({ why, answer }, index) => ({ why, answer, index })))(
    'answers as a browser needs it: $why',
    ({ answer, index }) => {
      expect(outcomes[index]).toEqual({ result: answer });
    },
  );
});

/** The event with another origin in it, or none. */
function sentBy(event: any, origin: string | null | undefined): any {
  if (origin === undefined) return event;
  for (const headers of [event.headers, event.multiValueHeaders]) {
    if (headers === undefined) continue;
    delete headers.origin;
    if (origin !== null) headers.origin = headers === event.headers ? origin : [origin];
  }
  return event;
}
