import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, CfnParameter, Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import { ErrorOrigin } from '../../src/options/error-origin';
import { CorsPolicyError } from '../../src/policy/faults';
import { allowMethods, preflightHeaders, responseHeaders } from '../../src/policy/header-values';
import type { PolicyInput } from '../../src/policy/policy';
import { policyFaults, policyFrom } from '../../src/policy/policy-from';
import { wildcardMissesAuthorization } from '../../src/policy/policy-warnings';
import { spansPublicSuffix } from '../../src/policy/public-suffix';
import { APP } from '../support/pages';

describe('an origin that no browser sends', () => {
  test.each([
    ['a trailing slash', `${APP}/`, APP],
    ['an upper-case host', 'https://App.Example.com', APP],
    ['an upper-case scheme', 'HTTPS://app.example.com', APP],
    ['a path', `${APP}/login?a=b#c`, APP],
    ['the default port of https', `${APP}:443`, APP],
    ['the default port of http', 'http://app.example.com:80', 'http://app.example.com'],
    ['a port with a leading zero', `${APP}:08443`, `${APP}:8443`],
    ['user info', 'https://me:secret@app.example.com', APP],
    ['no scheme', 'app.example.com', APP],
    ['no scheme, but a port', 'localhost:3000', 'http://localhost:3000'],
    ['only the slashes of a scheme', '//app.example.com', APP],
    ['one slash', 'https:/app.example.com', APP],
    ['spaces around it', ` ${APP} `, APP],
    ["the quotes of API Gateway's console", `'${APP}'`, APP],
    ['a quoted star', "'*'", '*'],
    ['a host that is not ASCII', 'https://münchen.de', 'https://xn--mnchen-3ya.de'],
    ['an address that is not canonical', 'http://192.168.1:8080', 'http://192.168.0.1:8080'],
    ['an address with a trailing dot', 'http://127.0.0.1.:8080', 'http://127.0.0.1:8080'],
    ['a long IPv6 address', 'http://[0:0:0:0:0:0:0:1]:3000', 'http://[::1]:3000'],
    ['an upper-case app scheme', 'Capacitor://Localhost/', 'capacitor://localhost'],
    ['a leading zero in the port of an app scheme', 'capacitor://localhost:03000', 'capacitor://localhost:3000'],
    ['a suffix for a wildcard', 'https://.example.com', 'https://*.example.com'],
    ['a suffix without scheme', '.example.com', 'https://*.example.com'],
    ['a wildcard without scheme', '*.example.com', 'https://*.example.com'],
    ['a wildcard with a path', 'https://*.Example.com/*', 'https://*.example.com'],
    ['a wildcard over a name that is not ASCII', 'https://*.münchen.de', 'https://*.xn--mnchen-3ya.de'],
    ['a port wildcard with a slash', 'http://localhost:*/', 'http://localhost:*'],
  ])('is refused with the right spelling: %s', (_, value, meant) => {
    expect(fault({ allowOrigins: [value] })).toBe(
      `cors.allowOrigins[0]: ${JSON.stringify(value)} is not an origin that a browser sends. Did you mean "${meant}"?`,
    );
  });

  test('is refused with each part of it, where one string holds a list', () => {
    expect(fault({ allowOrigins: [`${APP}, http://localhost:3000`] })).toMatch(
      /Did you mean "https:\/\/app.example.com", "http:\/\/localhost:3000"\?$/,
    );
  });

  test.each([
    ['nothing', ''],
    ['an empty label', 'https://a..example.com'],
    ['a label of 64 characters', `https://${'a'.repeat(64)}.example.com`],
    ['a host of 254 characters', `https://${`${'a'.repeat(49)}.`.repeat(5)}abcd`],
    ['an impossible address', 'https://1.2.3.256'],
    ['broken punycode', 'https://xn--a.com'],
    ['a single quote', "https://exa'mple.com"],
    ['a double quote', 'https://exa"mple.com'],
    ['a dollar sign', 'https://exa$mple.com'],
    ['braces', 'https://exa{m}ple.com'],
    ['an exclamation mark', 'https://exa!mple.com'],
    ['port 0', 'https://example.com:0'],
    ['a port over 65535', 'https://example.com:65536'],
    ['an underscore in a scheme', 'my_app://localhost'],
    ['port 0 on an app scheme', 'capacitor://localhost:0'],
    ['a port over 65535 on an app scheme', 'capacitor://localhost:65536'],
  ])('is refused with an example, where nothing can be guessed: %s', (_, value) => {
    expect(fault({ allowOrigins: [value] })).toBe(
      `cors.allowOrigins[0]: ${JSON.stringify(value)} is not an origin that a browser sends. Write it as the browser does: "https://app.example.com" or "http://localhost:3000".`,
    );
  });

  test('is refused though it is spelled well: null', () => {
    expect(fault({ allowOrigins: ['null'] })).toBe(
      'cors.allowOrigins[0]: "null" is what every sandboxed frame and every local file sends, so it would let anyone in. Serve the page from an origin of its own, such as "http://localhost:3000".',
    );
  });

  test.each([
    'file:///index.html',
    'file://',
    'data:text/html,x',
    'blob:https://app.example.com/1',
    'about:blank',
    'javascript:void(0)',
    'file://localhost',
  ])('is refused as one that is sent as null: %s', (value) => {
    expect(fault({ allowOrigins: [value] })).toContain(`pages of ${value.split(':')[0]}: send "null", as anyone can.`);
  });

  test.each([
    ['ws://app.example.com', 'http://app.example.com'],
    ['wss://app.example.com:8443', 'https://app.example.com'],
    ['ftp://app.example.com', 'https://app.example.com'],
  ])('is refused since no page is served so: %s', (value, page) => {
    expect(fault({ allowOrigins: [value] })).toBe(
      `cors.allowOrigins[0]: "${value}" is not an origin that a browser sends: no page is served by ${value.split(':')[0]}:. Write the origin of the page that calls: "${page}".`,
    );
  });
});

describe('an origin that a browser sends', () => {
  test.each([
    APP,
    'http://localhost',
    'http://localhost:3000',
    'https://example.com.',
    'https://a_b.example.com',
    'https://xn--mnchen-3ya.de',
    `https://${`${'a'.repeat(49)}.`.repeat(5)}abc`,
    `https://${'a'.repeat(63)}.example.com`,
    'https://example.com:65535',
    'http://example.com:443',
    'http://127.0.0.1:8080',
    'http://[::1]:3000',
    'capacitor://localhost',
    'capacitor://localhost:3000',
    'chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb',
    'com.example.app+test://localhost',
  ])('is taken as it is: %s', (value) => {
    expect(policyFrom({ allowOrigins: [value] }).origins.staticOrigin).toBe(value);
  });

  test('is kept once', () => {
    expect(policyFrom({ allowOrigins: [APP, APP] }).origins.values).toEqual([APP]);
  });
});

describe('a wildcard', () => {
  test.each([
    'https://foo*',
    'capacitor://*',
    'https://*.0.0.1',
    'http://192.168.0.*',
    'https://a.*.example.com',
    'https://*.*.example.com',
    'https://a*b*.example.com',
    'https://example.*',
    'http*://example.com',
    '*://example.com',
    'http://localhost:3*',
    'http://localhost:3000:*',
    'capacitor://localhost:*',
    'https://**.example.com',
  ])('is refused where none may stand, with the places where one may: %s', (value) => {
    expect(fault({ allowOrigins: [value] })).toBe(
      `cors.allowOrigins[0]: "${value}" has a * where none may stand. Write "https://*.example.com" for subdomains, "https://deploy-*.example.com" for a part of the first label, "http://localhost:*" for any port, or "https://*" for any host.`,
    );
  });

  test.each(['https://*:8443', 'https://*:*'])('for any host leaves no port to choose: %s', (value) => {
    expect(fault({ allowOrigins: [value] })).toBe(
      `cors.allowOrigins[0]: "${value}" fixes the port of any host, which no pattern can. Write "https://*", which means any host and port, or name the domain: "https://*.example.com:8443".`,
    );
  });

  test.each([
    'https://*',
    'http://*',
    'https://*.example.com',
    'https://deploy-*--site.example.app',
    'http://localhost:*',
    'https://*.example.com:*',
    'https://*.example.com:8443',
  ])('is taken as a pattern: %s', (value) => {
    const { origins } = policyFrom({ allowOrigins: [value] });
    expect([origins.staticOrigin, origins.patterns.map(({ source }) => source)]).toEqual([undefined, [value]]);
  });
});

describe('origins are refused', () => {
  test('where there are none', () => {
    expect(fault({ allowOrigins: [] })).toBe(
      'cors.allowOrigins: the list is empty, so no page could read anything. List the origins of your pages, such as "https://app.example.com", or write "*".',
    );
  });

  test('where others stand beside *', () => {
    expect(fault({ allowOrigins: ['*', APP] })).toBe(
      'cors.allowOrigins: "*" already means every origin, so "https://app.example.com" would change nothing. Write ["*"] alone, or leave "*" out.',
    );
  });

  test('where they need a larger mapping template than API Gateway takes', () => {
    const origins = Array.from({ length: 7_000 }, (_, index) => `https://app${index}.example.com`);
    expect(fault({ allowOrigins: origins })).toMatch(
      /^cors\.allowOrigins: 7000 origins need a mapping template of \d+ bytes, and API Gateway takes no more than 300000\. Cover several with one pattern, such as "https:\/\/\*\.example\.com"\.$/,
    );
  });
});

describe('credentials are refused', () => {
  test('for any origin', () => {
    expect(fault({ allowOrigins: ['*'], allowCredentials: true })).toBe(
      "cors.allowCredentials: browsers refuse credentials together with allowOrigins: ['*']. List the origins, or leave allowCredentials out.",
    );
  });

  test.each(['https://*', 'http://*'])('for every host of a scheme: %s', (value) => {
    expect(fault({ allowOrigins: [APP, value], allowCredentials: true })).toBe(
      `cors.allowOrigins[1]: "${value}" with credentials would let any site act as the visitor. List the origins, or leave allowCredentials out.`,
    );
  });

  test.each([
    ['https://*.github.io', 'github.io'],
    ['https://*-team.vercel.app', 'vercel.app'],
    ['https://*.com', 'com'],
    ['https://*.co.uk', 'co.uk'],
    ['https://*.co.uk.', 'co.uk.'],
    ['https://*example.com', 'com'],
    ['https://*.compute.amazonaws.com', 'compute.amazonaws.com'],
    ['https://*.s3.amazonaws.com:8443', 's3.amazonaws.com'],
    ['https://*.github.io:*', 'github.io'],
    ['https://*.eu-west-1.amazonaws.com', 'eu-west-1.amazonaws.com'],
    ['https://*.eu-west-1.amazonaws.com.', 'eu-west-1.amazonaws.com.'],
    ['https://*.on.aws', 'on.aws'],
    ['https://*.windows.net', 'windows.net'],
    ['https://*.za', 'za'],
  ])('for a wildcard above a public suffix: %s', (value, suffix) => {
    expect(fault({ allowOrigins: [value], allowCredentials: true })).toBe(
      `cors.allowOrigins[0]: anyone can get a name that "${value}" matches, since ${suffix} belongs to no single owner, and with credentials could act as the visitor. List your own names under ${suffix}, or leave allowCredentials out.`,
    );
  });

  test.each([
    'https://*.example.com',
    'https://*.example.co.uk',
    'https://*.me.github.io',
    'https://pr-*.example.com',
    'https://*.localhost',
    'https://*.corp',
    'https://*.amazon.com',
    'https://*.microsoft.com',
    'https://preview-*.eu-west-1.example.com',
    'http://localhost:*',
  ])('not for a wildcard over names of one owner: %s', (value) => {
    expect(policyFaults({ allowOrigins: [value], allowCredentials: true })).toEqual([]);
  });

  test.each([
    [{ allowMethods: ['*'] }, 'cors.allowMethods', 'List the methods, or leave allowMethods out.'],
    [{ allowHeaders: ['*'] }, 'cors.allowHeaders', 'List the headers by name.'],
    [{ allowHeaders: ['*', 'Authorization'] }, 'cors.allowHeaders', 'List the headers by name.'],
    [{ exposeHeaders: ['*'] }, 'cors.exposeHeaders', 'List the headers by name.'],
  ])('beside a star that browsers then take for a name: %j', (options, option, cure) => {
    expect(fault({ allowOrigins: [APP], allowCredentials: true, ...options })).toBe(
      `${option}: with credentials browsers take "*" for a name like any other, not for all of them. ${cure}`,
    );
  });
});

describe('a method is refused', () => {
  test.each([
    ['patch', 'PATCH'],
    ['Get', 'GET'],
    [' PUT', 'PUT'],
  ])('in another case: %s', (value, meant) => {
    expect(fault({ allowOrigins: ['*'], allowMethods: [value] })).toBe(
      `cors.allowMethods[0]: browsers compare methods letter by letter, and "${value}" is not one that API Gateway routes. Did you mean "${meant}"?`,
    );
  });

  test.each(['ANY', 'any'])("that is API Gateway's word: %s", (value) => {
    expect(fault({ allowOrigins: ['*'], allowMethods: [value] })).toBe(
      `cors.allowMethods[0]: "${value}" is API Gateway's word for every method, and browsers do not know it. Leave allowMethods out, which announces the methods that the resource has, or write "*".`,
    );
  });

  test.each(['CONNECT', 'TRACE', 'TRACK', 'trace'])('that browsers never send: %s', (value) => {
    expect(fault({ allowOrigins: ['*'], allowMethods: [value] })).toBe(
      `cors.allowMethods[0]: no browser lets a page send ${value.toUpperCase()}. Leave it out.`,
    );
  });

  test('that is several', () => {
    expect(fault({ allowOrigins: ['*'], allowMethods: ['GET,post'] })).toBe(
      'cors.allowMethods[0]: "GET,post" is not the name of a method. Did you mean "GET", "POST"?',
    );
  });

  test.each(["FO'O", 'FO$O', '', 'FO O'])('that could leave its quotes, or is not a name: %j', (value) => {
    expect(fault({ allowOrigins: ['*'], allowMethods: [value] })).toBe(
      `cors.allowMethods[0]: ${JSON.stringify(value)} is not the name of a method.`,
    );
  });

  test('where none is listed', () => {
    expect(fault({ allowOrigins: ['*'], allowMethods: [] })).toBe(
      'cors.allowMethods: an empty list would leave pages nothing but simple requests. List methods such as "GET", or leave allowMethods out, which announces those that the resource has.',
    );
  });
});

describe('a header is refused', () => {
  test.each([
    ["X-It's", ''],
    ['X-$', ''],
    ['', ''],
    ['X-É', ''],
    ['Content-Type:', ' Did you mean "Content-Type"?'],
    ['Content-Type, Authorization', ' Did you mean "Content-Type", "Authorization"?'],
    ["'Content-Type'", ' Did you mean "Content-Type"?'],
  ])('that is not the name of one: %j', (value, guess) => {
    for (const option of ['allowHeaders', 'exposeHeaders']) {
      expect(fault({ allowOrigins: ['*'], [option]: [value] })).toBe(
        `cors.${option}[0]: ${JSON.stringify(value)} is not the name of a header.${guess}`,
      );
    }
  });

  test.each(['Set-Cookie', 'set-cookie2'])('that no page may read: %s', (value) => {
    expect(fault({ allowOrigins: ['*'], exposeHeaders: [value] })).toBe(
      `cors.exposeHeaders[0]: no browser lets a page read ${value}. Leave it out, and send what the page needs in a header of its own.`,
    );
  });

  test('where all of them together are more than API Gateway sends', () => {
    const names = Array.from({ length: 900 }, (_, index) => `X-Header-${index}`);
    for (const option of ['allowHeaders', 'exposeHeaders']) {
      expect(fault({ allowOrigins: [APP], [option]: names })).toMatch(
        /^cors: the header values of one response add up to \d+ bytes, and API Gateway sends no more than 10240\. List fewer names in allowHeaders, exposeHeaders or allowMethods\.$/,
      );
    }
  });

  test('only where all of them together really are: at 10240 bytes they are not', () => {
    const others = preflightHeaders(policyFrom({ allowOrigins: [APP], allowHeaders: [] }), ['ANY']);
    const room = 10_240 - Object.values(others).join('').length;
    expect(policyFaults({ allowOrigins: [APP], allowHeaders: ['a'.repeat(room)] })).toEqual([]);
    expect(policyFaults({ allowOrigins: [APP], allowHeaders: ['a'.repeat(room + 1)] })).toHaveLength(1);
  });
});

describe('a time to remember preflights is refused', () => {
  test('that is longer than any browser honours', () => {
    expect(fault({ allowOrigins: ['*'], maxAge: Duration.seconds(86_401) })).toBe(
      'cors.maxAge: 86401 seconds is longer than any browser remembers a preflight. The longest that one honours is Duration.hours(24).',
    );
  });

  test.each([
    ['a fraction', Duration.millis(1_500), '1.5'],
    ['negative', Object.assign(Duration.hours(1), { toSeconds: () => -1 }), '-1'],
    ['no number', Object.assign(Duration.hours(1), { toSeconds: () => Number.NaN }), 'NaN'],
  ])('that is %s', (_, maxAge, seconds) => {
    expect(fault({ allowOrigins: ['*'], maxAge })).toBe(
      `cors.maxAge: ${seconds} seconds is not a whole number of seconds. Use whole seconds; Duration.seconds(0) turns the preflight cache off.`,
    );
  });

  test('that is a deploy-time number of something else than seconds', () => {
    expect(fault({ allowOrigins: ['*'], maxAge: Duration.minutes(Token.asNumber({ Ref: 'Minutes' })) })).toBe(
      'cors.maxAge: browsers count in seconds, and a deploy-time number of minutes cannot be converted. Use Duration.seconds(…).',
    );
  });
});

describe('a status of the preflight is refused', () => {
  test.each([199, 300, 304, 404, 200.5, Number.NaN])('that is not 200 to 299: %d', (statusCode) => {
    expect(fault({ allowOrigins: ['*'], statusCode })).toBe(
      `cors.statusCode: ${statusCode} is not what browsers accept, and a preflight passes only with a number from 200 to 299. Write 204, or leave statusCode out.`,
    );
  });

  test('that is known only at deployment', () => {
    expect(fault({ allowOrigins: ['*'], statusCode: Token.asNumber({ Ref: 'Status' }) })).toContain(
      'a deploy-time value cannot be checked',
    );
  });
});

describe('a value of another type, as JavaScript lets through, is refused', () => {
  test.each([
    [
      APP,
      'cors: "https://app.example.com" is not a set of options. Write { allowOrigins: ["https://app.example.com"] }.',
    ],
    [
      [APP],
      'cors: ["https://app.example.com"] is not a set of options. Write { allowOrigins: ["https://app.example.com"] }.',
    ],
    [null, 'cors: null is not a set of options. Write { allowOrigins: ["https://app.example.com"] }.'],
    [{}, 'cors.allowOrigins: nothing is listed. Write ["https://app.example.com"].'],
    [
      { allowOrigins: 'https://me.example' },
      'cors.allowOrigins: "https://me.example" is not a list. Write ["https://me.example"].',
    ],
    [{ allowOrigins: true }, 'cors.allowOrigins: true is not a list. Write ["https://app.example.com"].'],
    [
      { allowOrigins: [/x/] },
      'cors.allowOrigins[0]: /x/ is not a string. Write one such as "https://app.example.com".',
    ],
    [
      { allowOrigins: [APP, undefined] },
      'cors.allowOrigins[1]: undefined is not a string. Write one such as "https://app.example.com".',
    ],
    [{ allowOrigins: ['*'], allowMethods: 'GET' }, 'cors.allowMethods: "GET" is not a list. Write ["GET"].'],
    [
      { allowOrigins: ['*'], allowHeaders: [1] },
      'cors.allowHeaders[0]: 1 is not a string. Write one such as "Content-Type".',
    ],
    [{ allowOrigins: ['*'], exposeHeaders: null }, 'cors.exposeHeaders: nothing is listed. Write ["ETag"].'],
    [
      { allowOrigins: ['*'], allowCredentials: 'true' },
      'cors.allowCredentials: "true" is neither true nor false. Write one of them, or leave it out.',
    ],
    [
      { allowOrigins: ['*'], maxAge: 300 },
      'cors.maxAge: 300 is not a Duration. Write one such as Duration.seconds(300).',
    ],
    [
      { allowOrigins: ['*'], maxAge: null },
      'cors.maxAge: null is not a Duration. Write one such as Duration.seconds(600).',
    ],
    [
      { allowOrigins: ['*'], statusCode: '204' },
      'cors.statusCode: "204" is not what browsers accept, and a preflight passes only with a number from 200 to 299. Write 204, or leave statusCode out.',
    ],
  ])('%j', (input, message) => {
    expect(policyFaults(input as unknown as PolicyInput)).toEqual([message]);
  });

  test.each<[string, object, string]>([
    [
      'a list that starts with a hole',
      { allowOrigins: sparse(APP) },
      'cors.allowOrigins[0]: undefined is not a string.',
    ],
    [
      'a list of methods with a hole',
      { allowMethods: sparse('GET') },
      'cors.allowMethods[0]: undefined is not a string.',
    ],
    [
      'a list of headers with a hole',
      { allowHeaders: sparse('X-Tenant') },
      'cors.allowHeaders[0]: undefined is not a string.',
    ],
    [
      'a list of exposed headers with a hole',
      { exposeHeaders: sparse('ETag') },
      'cors.exposeHeaders[0]: undefined is not a string.',
    ],
    [
      'a list with a hole for credentials',
      { allowCredentials: sparse('yes') },
      'cors.allowCredentials: [undefined, "yes"] is neither',
    ],
    [
      'a symbol for the time',
      { maxAge: Symbol('long') },
      'cors.maxAge: Symbol(long) is not a Duration. Write one such as Duration.seconds(600).',
    ],
    [
      'text for the time',
      { maxAge: '300' },
      'cors.maxAge: "300" is not a Duration. Write one such as Duration.seconds(300).',
    ],
    ['half a Duration', { maxAge: { toSeconds: () => 600 } }, 'cors.maxAge: an object is not a Duration.'],
    [
      'a function without a name',
      { allowCredentials: [() => true][0] },
      'cors.allowCredentials: a function is neither true nor false.',
    ],
  ])('%s', (_, input, message) => {
    const faults = policyFaults({ allowOrigins: [APP], ...input } as unknown as PolicyInput);
    expect(faults).toEqual([expect.stringContaining(message)]);
  });

  const NAMELESS = [
    ['without a prototype', Object.create(null)],
    ['that cannot be printed', { toString: () => ({}) }],
    ['that is a symbol', Symbol('x')],
  ];
  const OPTIONS = [
    'allowOrigins',
    'allowMethods',
    'allowHeaders',
    'exposeHeaders',
    'allowCredentials',
    'maxAge',
    'statusCode',
  ];

  test.each(NAMELESS)('a value %s, of every option', (_, value) => {
    const faults = policyFaults(Object.fromEntries(OPTIONS.map((name) => [name, value])) as unknown as PolicyInput);
    expect(faults).toEqual(
      OPTIONS.map((name) => expect.stringMatching(new RegExp(`^cors\\.${name}: (an object|Symbol\\(x\\)) is `))),
    );
  });

  test.each(NAMELESS)('a value %s, in every list, alone or in a list of its own', (_, value) => {
    const lists = OPTIONS.slice(0, 4);
    const faults = policyFaults(
      Object.fromEntries(lists.map((name) => [name, [value, [value]]])) as unknown as PolicyInput,
    );
    expect(faults).toEqual(
      lists.flatMap((name) => [
        expect.stringContaining(`cors.${name}[0]: `),
        expect.stringContaining(`cors.${name}[1]: [`),
      ]),
    );
  });

  test('options that say nothing: without a prototype', () => {
    expect(policyFaults(Object.create(null))).toEqual([
      'cors.allowOrigins: nothing is listed. Write ["https://app.example.com"].',
    ]);
  });

  test('options that are none: a symbol', () => {
    expect(policyFaults(Symbol('x') as unknown as PolicyInput)).toEqual([
      expect.stringContaining('cors: Symbol(x) is not a set of options.'),
    ]);
  });
});

/** A list that starts with a hole. */
function sparse(value: string): string[] {
  const list: string[] = [];
  list[1] = value;
  return list;
}

describe('an ErrorOrigin of another type, as JavaScript lets through, is refused', () => {
  test.each([undefined, null, 5, ['https://app.example.com'], {}])('%j', (origin) => {
    expect(() => ErrorOrigin.exactly(origin as unknown as string)).toThrow(
      /^ErrorOrigin\.exactly: .* is not a string\. Write one such as "https:\/\/app\.example\.com"\.$/,
    );
  });
});

describe('a policy with several faults', () => {
  test('is told all of them at once, one a line', () => {
    const wrong = {
      allowOrigins: ['App.example.com', 'null'],
      allowMethods: ['get'],
      maxAge: Duration.days(2),
      statusCode: 302,
      allowHeaders: ['*'],
      allowCredentials: true,
    };
    expect(policyFaults(wrong)).toHaveLength(6);
    expect(() => policyFrom(wrong)).toThrow(CorsPolicyError);
    expect(() => policyFrom(wrong)).toThrow(policyFaults(wrong).join('\n'));
  });

  test('is told what credentials forbid beside values that are no text', () => {
    const wrong = { allowOrigins: [1, '*'], allowCredentials: true } as unknown as PolicyInput;
    expect(policyFaults(wrong)).toEqual([
      expect.stringContaining('allowOrigins[0]'),
      expect.stringContaining('allowCredentials'),
    ]);
  });
});

describe('a policy that works, though perhaps not as it was meant, brings a warning', () => {
  test.each([
    [
      'PublicSuffixWildcard',
      { allowOrigins: ['https://*.github.io', 'https://*-team.vercel.app', 'https://*.example.com'] },
      'cors.allowOrigins: anyone can get a name that "https://*.github.io", "https://*-team.vercel.app" matches, and read what the API answers without credentials. List your own names instead.',
    ],
    [
      'PlainHttpWithCredentials',
      {
        allowOrigins: ['http://app.example.com', 'http://*.example.com', 'http://localhost:3000', APP],
        allowCredentials: true,
      },
      'cors.allowOrigins: others on the network path can change the pages of "http://app.example.com", "http://*.example.com", and with credentials act as the visitor. Serve them over https.',
    ],
    [
      'LongMaxAge',
      { allowOrigins: ['*'], maxAge: Duration.seconds(7_201) },
      'cors.maxAge: Chromium forgets a preflight after 7200 seconds and Safari after 600, however long 7201 is. Duration.hours(2) says what most visitors get.',
    ],
    [
      'UnroutableMethod',
      { allowOrigins: ['*'], allowMethods: ['GET', 'PROPFIND', 'MKCOL'] },
      'cors.allowMethods: API Gateway has no route for "PROPFIND", "MKCOL", so browsers would be invited to requests that fail. Leave it out.',
    ],
    [
      'IdleAllowHeader',
      {
        allowOrigins: ['*'],
        allowHeaders: [
          'Origin',
          'cookie',
          'Sec-Fetch-Mode',
          'Access-Control-Request-Method',
          'X-*',
          '*',
          'Access-Control-Allow-Origin',
        ],
      },
      'cors.allowHeaders: listing "Origin", "cookie", "Sec-Fetch-Mode", "Access-Control-Request-Method", "X-*" changes nothing. These are headers that no page\'s script can set, or "*" inside a name, where it is a letter. Leave it out.',
    ],
    [
      'IdleExposeHeader',
      {
        allowOrigins: ['*'],
        exposeHeaders: ['If-Match', 'Access-Control-Max-Age', 'X-*', 'ETag', 'Authorization', '*'],
      },
      'cors.exposeHeaders: listing "If-Match", "Access-Control-Max-Age", "X-*" changes nothing. No response that a page reads has such a header, and "*" inside a name is a letter. Leave it out.',
    ],
  ])('%s', (id, input, text) => {
    expect(policyFrom(input).warnings).toEqual([{ id, text }]);
  });

  test.each([
    'http://localhost',
    'http://localhost:*',
    'http://app.localhost:3000',
    'http://*.localhost',
    'http://127.8.9.1:81',
    'http://[::1]:3000',
  ])('but none for plain http on the visitor’s own machine: %s', (value) => {
    expect(policyFrom({ allowOrigins: [value], allowCredentials: true }).warnings).toEqual([]);
  });

  test.each(['http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://notlocalhost'])(
    'not fooled by a host that looks local: %s',
    (value) => {
      expect(policyFrom({ allowOrigins: [value], allowCredentials: true }).warnings).toEqual([
        expect.objectContaining({ id: 'PlainHttpWithCredentials' }),
      ]);
    },
  );

  test('and none for what everyone writes', () => {
    expect(
      policyFrom({
        allowOrigins: [APP, 'http://localhost:3000'],
        allowCredentials: true,
        exposeHeaders: ['ETag'],
        maxAge: Duration.hours(2),
      }).warnings,
    ).toEqual([]);
  });

  test('where * stands for a header that an authorizer reads', () => {
    expect(wildcardMissesAuthorization(policyFrom({ allowOrigins: ['*'], allowHeaders: ['*'] }))).toEqual({
      id: 'WildcardMissesAuthorization',
      text: 'cors.allowHeaders: by the standard "*" does not cover Authorization, which an authorizer here reads. Write ["*", "Authorization"].',
    });
  });

  test.each([[['*', 'authorization']], [['Authorization']]])('but none there for %j', (allowHeaders) => {
    expect(wildcardMissesAuthorization(policyFrom({ allowOrigins: ['*'], allowHeaders }))).toBeUndefined();
  });
});

describe('what a browser is told', () => {
  test('when nothing was filled in: anyone, without credentials', () => {
    expect(preflightHeaders(policyFrom(), ['GET'])).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Headers':
        'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
      'Access-Control-Max-Age': '600',
    });
    expect([policyFrom().statusCode, responseHeaders(policyFrom())]).toEqual([
      204,
      { 'Access-Control-Allow-Origin': '*' },
    ]);
  });

  const several = policyFrom({
    allowOrigins: [APP, 'https://*.example.org'],
    allowCredentials: true,
    exposeHeaders: ['ETag', 'X-Id', 'etag'],
    maxAge: Duration.seconds(0),
  });

  test('by a preflight for several origins: everything but the origin, and that it depends on it', () => {
    const headers = preflightHeaders(several, ['POST']);
    expect(Object.keys(headers)).toEqual([
      'Access-Control-Allow-Credentials',
      'Access-Control-Allow-Methods',
      'Access-Control-Allow-Headers',
      'Access-Control-Max-Age',
      'Vary',
    ]);
    expect(headers).toMatchObject({
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Max-Age': '0',
      Vary: 'Origin',
    });
  });

  test('by a actual response for several origins: what may be read of it', () => {
    expect(responseHeaders(several)).toEqual({
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'ETag,X-Id',
      Vary: 'Origin',
    });
  });

  test('of no header, where none is allowed', () => {
    expect(preflightHeaders(policyFrom({ allowOrigins: ['*'], allowHeaders: [] }), ['GET'])).not.toHaveProperty(
      'Access-Control-Allow-Headers',
    );
  });

  test.each([
    ['those of the resource, in one order', undefined, ['post', 'GET', 'DELETE'], 'GET,POST,DELETE'],
    ['not the OPTIONS that answers', undefined, ['OPTIONS', 'PUT'], 'PUT'],
    ['all seven for ANY', undefined, ['ANY', 'GET'], 'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD'],
    ['nothing where there are none', undefined, ['OPTIONS'], undefined],
    ['those that the user listed, whatever the resource has', ['PUT', 'GET', 'PUT'], ['DELETE'], 'GET,PUT'],
    ['OPTIONS, if the user listed it', ['OPTIONS'], [], 'OPTIONS'],
    ['methods of others last', ['PROPFIND', 'GET'], [], 'GET,PROPFIND'],
    ['a star as a star', ['*', 'GET'], ['GET'], '*'],
  ])('of methods: %s', (_, listed, has, value) => {
    expect(allowMethods(policyFrom({ allowOrigins: ['*'], allowMethods: listed }), has)).toBe(value);
  });
});

describe('deploy-time values', () => {
  const stack = new Stack(new App());
  const names = new CfnParameter(stack, 'Names', { type: 'CommaDelimitedList' }).valueAsList;
  const value = Token.asString({ Ref: 'Value' });

  test('may be a whole list of methods or headers', () => {
    const policy = policyFrom({ allowOrigins: [APP], allowMethods: names, allowHeaders: names, exposeHeaders: names });
    const joined = { 'Fn::Join': [',', { Ref: 'Names' }] };
    expect(stack.resolve(preflightHeaders(policy, ['GET']))).toMatchObject({
      'Access-Control-Allow-Methods': joined,
      'Access-Control-Allow-Headers': joined,
    });
    expect(stack.resolve(responseHeaders(policy))).toMatchObject({ 'Access-Control-Expose-Headers': joined });
  });

  test('may be one of the methods or headers', () => {
    const policy = policyFrom({ allowOrigins: [APP], allowMethods: ['PUT', value], allowHeaders: [`X-${value}`] });
    expect(stack.resolve(preflightHeaders(policy, ['GET']))).toMatchObject({
      'Access-Control-Allow-Methods': { 'Fn::Join': ['', ['PUT,', { Ref: 'Value' }]] },
      'Access-Control-Allow-Headers': { 'Fn::Join': ['', ['X-', { Ref: 'Value' }]] },
    });
  });

  test('may be the seconds to remember', () => {
    const policy = policyFrom({ allowOrigins: [APP], maxAge: Duration.seconds(Token.asNumber({ Ref: 'Seconds' })) });
    expect(stack.resolve(preflightHeaders(policy, ['GET']))['Access-Control-Max-Age']).toEqual({ Ref: 'Seconds' });
    expect(policy.warnings).toEqual([]);
  });

  test.each(['allowOrigins', 'allowHeaders'])('cannot be a list among other values: %s', (option) => {
    expect(policyFaults({ allowOrigins: [APP], [option]: [...names, APP.slice(8)] })[0]).toBe(
      `cors.${option}[0]: a list that is known only at deployment cannot be mixed with other values. Pass it alone, or take single values out of it with Fn.select.`,
    );
  });

  test.each([
    `https://${value}`,
    `${value}:3000`,
    value,
    `https://${value}.example.com`,
    Fn.join('', ['https://', value]),
  ])('may be an origin, or a part of one', (origin) => {
    expect(policyFrom({ allowOrigins: [origin] }).origins.staticOrigin).toBe(origin);
  });

  test.each([
    ['a slash behind it', `https://${value}/`],
    ['a path behind it', `https://${value}/app`],
    ['a quote beside it', `https://${value}' || 'a' == 'a`],
    ['an upper-case host', `https://${value}.Example.com`],
    ['spaces around it', ` ${value}`],
  ])('are no origin with %s', (_, origin) => {
    expect(fault({ allowOrigins: [origin] })).toBe(
      `cors.allowOrigins[0]: ${JSON.stringify(origin.replace(value, '<deploy-time value>'))} is not an origin that a browser sends. Beside a deploy-time value only a scheme, "://", a lower-case host and a port may stand, with no path or slash at the end.`,
    );
  });

  test.each([
    [`file://${value}`, 'file'],
    [`blob:https://${value}`, 'blob'],
    [`about:${value}`, 'about'],
  ])('do not hide a scheme whose pages send null: %s', (origin, scheme) => {
    expect(fault({ allowOrigins: [origin] })).toContain(`pages of ${scheme}: send "null", as anyone can.`);
  });

  test.each([`null${value}`, `file${value}`])('do not hide what is not a scheme of a page: %s', (origin) => {
    expect(fault({ allowOrigins: [origin] })).toContain('is not an origin that a browser sends.');
  });

  test.each([`https://null.${value}`, `http://file${value}`, `files://${value}`, `${value}://file`])(
    'may stand beside such a word: %s',
    (origin) => {
      expect(policyFaults({ allowOrigins: [origin] })).toEqual([]);
    },
  );

  test('are no part of a pattern', () => {
    expect(fault({ allowOrigins: [`https://*.${value}`] })).toBe(
      'cors.allowOrigins[0]: "https://*.<deploy-time value>" has a wildcard beside a deploy-time value, and a pattern has to be known at synthesis. Write it out, or list exact origins.',
    );
  });

  test("do not let a header's name leave its quotes", () => {
    expect(fault({ allowOrigins: [APP], allowHeaders: [`X-${value}'`] })).toBe(
      `cors.allowHeaders[0]: "X-<deploy-time value>'" is not the name of a header.`,
    );
  });
});

describe('the public suffix list', () => {
  const { contents, publicSuffixes, FILE } = require('../../projenrc/above-public-suffixes');

  test('is shipped in the release that is installed (else: npx projen vendor)', () => {
    const installed = join(dirname(require.resolve('tldts/package.json')), 'dist/index.cjs.min.js');
    expect(readFileSync(join(__dirname, '../../vendor/tldts/index.js'), 'utf8')).toBe(readFileSync(installed, 'utf8'));
  });

  test('has the names above its suffixes written down for the release that is installed', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(contents());
  });

  test('leaves no wildcard at or above any suffix of several labels unseen', () => {
    const rules: string[] = publicSuffixes().filter((rule: string) => /^[a-z0-9-]+([.][a-z0-9-]+)+$/.test(rule));
    const parents = rules.map((rule) => rule.slice(rule.indexOf('.') + 1));
    const silent = [...new Set([...rules, ...parents])].filter((name) => !spansPublicSuffix(`*.${name}`));
    expect(rules.length).toBeGreaterThan(5_000);
    expect(silent).toEqual([]);
  });

  test('is loaded only when a wildcard stands above a suffix', () => {
    jest.isolateModules(() => {
      const load = jest.fn(() => jest.requireActual('../../vendor/tldts'));
      jest.doMock('../../vendor/tldts', load);
      const isolated = require('../../src/policy/policy-from') as typeof import('../../src/policy/policy-from');
      isolated.policyFrom({ allowOrigins: [APP, 'http://localhost:*', 'https://*'] });
      expect(load).not.toHaveBeenCalled();
      isolated.policyFrom({ allowOrigins: ['https://*.example.com'] });
      expect(load).toHaveBeenCalled();
    });
  });
});

/** The only fault of these options. */
function fault(input: PolicyInput): string {
  const faults = policyFaults(input);
  expect(faults).toHaveLength(1);
  return faults[0];
}

test('an option that does not exist is not dropped without a word', () => {
  expect(policyFaults({ allowOrigins: ['https://app.example.com'], allowHeader: ['X-Tenant'] } as any)).toEqual([
    expect.stringMatching(/^cors\.allowHeader: there is no such option\. There are allowOrigins, .*allowHeaders/),
  ]);
});
