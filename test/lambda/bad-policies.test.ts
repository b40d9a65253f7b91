import { run } from './functions';

const FIELDS = 'origins, patterns, methods, headers, maxAge, expose, credentials, status, answersOptions, quotes';

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
  [
    'a time with a fraction',
    '{"origins":["*"],"maxAge":600.5}',
    'CORS_POLICY.maxAge: 600.5 is not a whole number of seconds.',
  ],
  [
    'a time beyond what numbers tell apart',
    '{"origins":["*"],"maxAge":9007199254740992}',
    'CORS_POLICY.maxAge: 9007199254740992 is not',
  ],
  [
    'a number that JSON lacks',
    '{"origins":["*"],"maxAge":NaN}',
    'CORS_POLICY: this environment variable of the function is not JSON: ',
  ],
  [
    'a number for a flag',
    '{"origins":["*"],"answersOptions":1}',
    'CORS_POLICY.answersOptions: 1 is not true or false.',
  ],
  [
    'more quotes than were written',
    '{"origins":["https://a","https://evil.com"],"quotes":6}',
    'CORS_POLICY: a deploy-time value in it has a quote, and would change what the policy says. Write the value without.',
  ],
  ...[
    '(?',
    '(??a)',
    'a)|(?:.*',
    'a|b)(',
    '(?i)a',
    '(?i:a)',
    '(?P<a>b)',
    '(?<a>b)',
    '(?<=a)b',
    '(?#a)',
    '^a',
    'a$',
    'a*+',
    'a++',
    'a{2}+',
    'a{1,2}{3}',
    'a{,2}',
    'a{',
    'a}',
    '*',
    '[]a]',
    '[^]a]',
    '[[a]]',
    '[a&&b]',
    '[b-a]',
    '[a',
    'a{99999}',
    '\\\\d',
    '\\\\',
    'é',
    'a\\n',
    '(',
    ')',
  ].map((pattern): [string, string, string] => [
    `an expression that languages read differently or not at all: ${pattern}`,
    `{"patterns":["${pattern}"]}`,
    `"] is not a list of regular expressions.`,
  ]),
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

describe.each(['vectors.mjs answers', 'vectors.py answers'])(
  'a policy that is written in another way (%s)',
  (handler) => {
    const fields = [
      '{"origins": ["https://app.example.com"], "maxAge": 600.0}',
      '{"origins":["https://app.example.com"],"maxAge":6e2}\n',
      '{"origins":["https:\\u002f\\u002fapp.example.com"],"maxAge":6.00E+2,"status":204.0}',
      '{"origins":["https://other.example.com"],"origins":["https://app.example.com"],"maxAge":600,"quotes":12}',
    ];
    const event = { httpMethod: 'OPTIONS', headers: { 'access-control-request-method': 'PUT' } };
    const { outcomes } = run(
      handler,
      fields.map((policy) => ({ policy, event })),
    );

    test.each(fields.map((policy, index) => ({ policy, index })))('is followed all the same: $policy', ({ index }) => {
      const headers = { 'Access-Control-Allow-Origin': 'https://app.example.com', 'Access-Control-Max-Age': '600' };
      expect(outcomes[index]).toEqual({ result: { statusCode: 204, headers, body: '' } });
    });

    test('has expressions that look ahead, as earlier ones did', () => {
      const policy =
        '{"patterns":["https://(?!.*[.][.])[a-z0-9_-][a-z0-9_.-]*[.]example[.]org","http://(?![Z^]|])[Z-^]::1]"]}';
      const asked = (origin: string) => ({
        policy,
        event: { httpMethod: 'GET', headers: { origin } },
        result: { statusCode: 200 },
      });
      const allowed = run(
        handler,
        ['https://a.example.org', 'https://a..example.org', 'http://[::1]', 'http://\\::1]'].map(asked),
      ).outcomes;
      expect(allowed.map(({ result }) => result.headers['Access-Control-Allow-Origin'])).toEqual([
        'https://a.example.org',
        undefined,
        'http://[::1]',
        undefined,
      ]);
    });
  },
);
