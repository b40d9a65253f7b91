import { run } from './functions';

const FIELDS = 'origins, patterns, methods, headers, maxAge, expose, credentials, status';

const BAD: [string, string, string][] = [
  [
    'empty',
    '',
    'CORS_POLICY: this environment variable of the function is missing. Attach a CorsRuntime to the function.',
  ],
  ['no JSON', '{"origins":["https://a"b"]}', 'CORS_POLICY: this environment variable of the function is not JSON: '],
  ['a list', '[]', 'CORS_POLICY: this environment variable of the function is not a JSON object.'],
  ['null', 'null', 'CORS_POLICY: this environment variable of the function is not a JSON object.'],
  ['without anybody', '{"origins":[],"maxAge":600}', 'CORS_POLICY: nobody is listed in origins or patterns.'],
  ['one origin for a list', '{"origins":"*"}', 'CORS_POLICY.origins: "*" is not a list of origins.'],
  ['a number for an origin', '{"origins":[1]}', 'CORS_POLICY.origins: [1] is not a list of origins.'],
  [
    'a broken expression',
    '{"patterns":["https://("]}',
    'CORS_POLICY.patterns: ["https://("] is not a list of regular expressions.',
  ],
  [
    'an unknown field',
    '{"origins":["*"],"allowOrigins":[]}',
    `CORS_POLICY.allowOrigins: there is no such field. Known are ${FIELDS}.`,
  ],
  [
    'a field of every object',
    '{"origins":["*"],"constructor":1}',
    `CORS_POLICY.constructor: there is no such field. Known are ${FIELDS}.`,
  ],
  ['a list of methods', '{"origins":["*"],"methods":["GET"]}', 'CORS_POLICY.methods: ["GET"] is not a text.'],
  ['a negative time', '{"origins":["*"],"maxAge":-1}', 'CORS_POLICY.maxAge: -1 is not a whole number of seconds.'],
  [
    'a time in words',
    '{"origins":["*"],"maxAge":"600"}',
    'CORS_POLICY.maxAge: "600" is not a whole number of seconds.',
  ],
  [
    '"true" for true',
    '{"origins":["*"],"credentials":"true"}',
    'CORS_POLICY.credentials: "true" is not true or false.',
  ],
  ['a redirect', '{"origins":["*"],"status":302}', 'CORS_POLICY.status: 302 is not a number from 200 to 299.'],
  [
    'two faults',
    '{"origins":1,"status":true}',
    'CORS_POLICY.origins: 1 is not a list of origins.\nCORS_POLICY.status: true is not a number from 200 to 299.',
  ],
];

describe.each(['vectors.mjs answers', 'vectors.py answers'])('a policy that cannot be followed (%s)', (handler) => {
  const { outcomes } = run(
    handler,
    BAD.map(([, policy]) => ({ policy, event: {}, result: null })),
  );

  test.each(BAD.map(([name, , message], index) => ({ name, message, index })))(
    'is refused with what is wrong: $name',
    ({ message, index }) => {
      expect(outcomes[index].error).toContain(message);
    },
  );
});
