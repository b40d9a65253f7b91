import { App, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import fc from 'fast-check';
import { render } from 'velocityjs';
import { originTemplate } from '../../src/api-gateway/mapping-template';
import { AllowedOrigins } from '../../src/policy/allowed-origins';
import { unboundedParameter } from '../../src/warnings/unbounded-parameter';
import vectors from '../vectors/origins.json';
import { isMeantBy } from './meaning-of-patterns';

const LISTED = 'https://app.example.com';
const PATTERNS = [
  'https://*.example.com',
  'https://deploy-*--shop.example.app',
  'https://*-x.example.com:*',
  'https://*.example.com:8443',
  'https://*',
  'http://*',
  'http://localhost:*',
  'http://127.0.0.1:*',
  'http://[::1]:*',
];

describe('a page whose origin is sent', () => {
  const rows = vectors.map((row) => ({
    ...row,
    listed: row.policy.allowOrigins.join(' '),
    sent: JSON.stringify(row.origin),
  }));

  test.each(rows)(
    'is told yes or no as its browser would be: $why, $sent for $listed',
    ({ policy, origin, allowed }) => {
      const origins = AllowedOrigins.parse(policy.allowOrigins);
      expect(origin !== null && origins.allows(origin)).toBe(allowed);
    },
  );

  test.each(rows.filter(({ listed }) => listed !== '*'))(
    'gets the same answer from Velocity: $why, $sent for $listed',
    ({ policy, origin, allowed }) => {
      const template = originTemplate(AllowedOrigins.parse(policy.allowOrigins));
      for (const name of ['Origin', 'origin']) {
        expect(evaluate(template, origin === null ? {} : { [name]: origin })).toEqual({
          text: '',
          allowOrigin: allowed ? origin : undefined,
        });
      }
    },
  );
});

describe('an expression that is emitted', () => {
  test.each(PATTERNS)('can be read by engines that look neither ahead nor behind: %s', (pattern) => {
    const [{ expressions }] = AllowedOrigins.parse([pattern]).patterns;
    expect(expressions.filter((expression) => expression.includes('(?'))).toEqual([]);
    expect(originTemplate(AllowedOrigins.parse([pattern]))).not.toMatch(/\\|\(\?/);
  });
});

describe('the shared vectors', () => {
  test('are many, and none is there twice', () => {
    const keys = vectors.map(({ policy, origin }) => JSON.stringify([policy, origin]));
    expect(keys.length).toBeGreaterThanOrEqual(200);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a pattern never means more than it says', () => {
  const pattern = fc.constantFrom(...PATTERNS);
  const label = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
  const host = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
  const port = fc.oneof(
    fc.constant(''),
    fc.integer({ min: 1, max: 65_535 }).map((number) => `:${number}`),
  );
  const hostile = fc.oneof(
    fc.constantFrom(...'.:/@?#[]\\*-_\'"$ \t\r\n\0%AZ09az,;', '\u212a', '。', '\u2028', '..'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );

  test('whatever is sent', () => {
    fc.assert(fc.property(pattern, fc.string({ unit: 'binary' }), agrees));
  });

  test('to origins of any host and port', () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom('http', 'https'), host, port, (source, scheme, name, number) =>
        agrees(source, `${scheme}://${name}${number}`),
      ),
    );
  });

  test('to hosts around its own', () => {
    const around = fc.oneof(fc.constant(''), host, hostile, fc.stringMatching(/^:?[0-9]{0,7}$/));
    fc.assert(
      fc.property(pattern, around, around, around, (source, before, middle, after) => {
        const [start, ...rest] = source.split('*');
        agrees(source, `${start}${middle}${rest.join(before)}${after}`);
      }),
      { numRuns: 2_000 },
    );
  });

  test('to an origin that matches, with one place of it changed', () => {
    const matching = fc
      .tuple(pattern, host, label)
      .map(([source, name, part]): [string, string] => [source, example(source, name, part)]);
    fc.assert(
      fc.property(matching, fc.nat(), fc.nat({ max: 2 }), hostile, ([source, origin], at, cut, inserted) => {
        const place = at % (origin.length + 1);
        agrees(source, origin.slice(0, place) + inserted + origin.slice(place + cut));
      }),
      { numRuns: 5_000 },
    );
  });

  test('and still matches what it does say', () => {
    fc.assert(
      fc.property(pattern, host, label, port, (source, name, part, number) => {
        const origin = example(source, name, part) + (/\*$/.test(source) ? number : '');
        expect(AllowedOrigins.parse([source]).allows(origin)).toBe(true);
      }),
    );
  });

  test.each([
    ['a suffix without its dot', (name: string) => `https://${name}example.com`],
    ['another domain behind the suffix', (name: string) => `https://a.example.com.${name}`],
    ['user info', (name: string) => `https://${name}@a.example.com`],
    ['user info that looks like the suffix', (name: string) => `https://a.example.com@${name}`],
    ['any port', (name: string) => `https://${name}.example.com:8443`],
    ['an empty label', (name: string) => `https://${name}..example.com`],
    ['a path in front of the suffix', (name: string) => `https://${name}/.example.com`],
    ['a trailing line feed', (name: string) => `https://${name}.example.com\n`],
    ['an upper-case suffix', (name: string) => `https://${name}.EXAMPLE.com`],
  ])('to %s', (_, disguise) => {
    const origins = AllowedOrigins.parse(['https://*.example.com']);
    fc.assert(fc.property(label, (name) => !origins.allows(disguise(name))));
  });

  test.each([...'. !"#$%&\'()*+,/:;<=>?@[\\]^`{|}~\0\n\r\t\u007f\u00e9\u2028AZ'])(
    'to a label with %j in it',
    (char) => {
      const origins = AllowedOrigins.parse(['https://deploy-*.example.com']);
      fc.assert(
        fc.property(
          label,
          label,
          (left, right) => !origins.allows(`https://deploy-${left}${char}${right}.example.com`),
        ),
      );
    },
  );

  function agrees(source: string, origin: string): void {
    expect([origin, AllowedOrigins.parse([source]).allows(origin)]).toEqual([origin, isMeantBy(source, origin)]);
  }

  function example(source: string, name: string, part: string): string {
    const [start, ...rest] = source.replace(/:\*$/, '').split('*');
    return start + (rest.length === 0 ? '' : `${rest[0] === '' || rest[0].startsWith('.') ? name : part}${rest[0]}`);
  }
});

describe('whatever is accepted as an origin', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'http',
      'https',
      '://',
      ':',
      '/',
      '*',
      '.',
      'a',
      'example',
      'com',
      'localhost',
      '3000',
      '443',
      '[::1]',
      '127.0.0.1',
      "'",
      '"',
      '$',
      '#',
      '\\',
      '\n',
      ' ',
      'É',
      'app',
      '-',
      '{',
      '@',
    ),
    { maxLength: 9 },
  );
  const accepted = fc
    .oneof(
      pieces.map((parts) => `https://${parts.join('')}`),
      pieces.map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    )
    .filter((value) => value !== '*' && parses(value));

  test('leaves no quotes in a mapping template, and needs no backslash there', () => {
    fc.assert(
      fc.property(accepted, (value) => {
        const strings = originTemplate(AllowedOrigins.parse([value])).split("'");
        expect(strings.length % 2).toBe(1);
        expect(strings.filter((_, index) => index % 2 === 1).join('')).not.toMatch(/[\\$#"\s]/);
      }),
    );
  });

  test('is, if exact, what a browser sends', () => {
    fc.assert(
      fc.property(accepted, (value) => {
        fc.pre(/^https?:/.test(value) && !value.includes('*'));
        expect(new URL(value).origin).toBe(value);
      }),
    );
  });

  function parses(value: string): boolean {
    try {
      return AllowedOrigins.parse([value]) !== undefined;
    } catch {
      return false;
    }
  }
});

describe('the template that names the origin', () => {
  const template = originTemplate(AllowedOrigins.parse([LISTED, 'https://*.example.org']));

  test('is printed as nothing in front of any other', () => {
    for (const behind of ['{"statusCode": 200}', 'plain', '$name', '#if(true)x#end', '[1]', '  ']) {
      const alone = render(behind, { name: 'n' });
      expect(evaluate(template + behind, { origin: LISTED }, { name: 'n' })).toEqual({
        text: alone,
        allowOrigin: LISTED,
      });
    }
  });

  test('overrides the header once, even where two entries match', () => {
    const twice = originTemplate(AllowedOrigins.parse(['https://a.example.org', 'https://*.example.org']));
    expect(evaluate(twice, { origin: 'https://a.example.org' }).allowOrigin).toBe('https://a.example.org');
    expect(twice.match(/#set\(\$context/g)).toHaveLength(1);
  });

  test('finds the last of 250 origins', () => {
    const many = Array.from({ length: 250 }, (_, index) => `https://app${index}.example.com`);
    expect(evaluate(originTemplate(AllowedOrigins.parse(many)), { origin: many[249] }).allowOrigin).toBe(many[249]);
  });

  test('looks at the other spelling where Origin is empty', () => {
    expect(evaluate(template, { Origin: '', origin: LISTED }).allowOrigin).toBe(LISTED);
  });

  test('is empty where the answer does not depend on the request', () => {
    expect(originTemplate(AllowedOrigins.parse(['*']))).toBe('');
  });

  test('holds deploy-time values in single quotes', () => {
    const stack = new Stack(new App());
    const domain = new CfnParameter(stack, 'Domain').valueAsString;
    const value = stack.resolve(originTemplate(AllowedOrigins.parse([`https://${domain}`, 'http://localhost:3000'])));
    expect(JSON.stringify(value)).toContain(
      `$corsOrigin == 'https://",{"Ref":"Domain"},"' || $corsOrigin == 'http://localhost:3000'`,
    );
  });
});

describe('a deploy-time origin', () => {
  const stack = new Stack(new App());

  test('alone is written down without looking at the request', () => {
    const origin = Token.asString({ Ref: 'Site' });
    expect(AllowedOrigins.parse([origin]).staticOrigin).toBe(origin);
  });

  test('beside another is compared', () => {
    const origins = AllowedOrigins.parse([`https://${Token.asString({ Ref: 'Site' })}`, LISTED]);
    expect([origins.staticOrigin, origins.exact.length]).toEqual([undefined, 2]);
  });

  test('that is the whole list cannot be looked into', () => {
    const list = new CfnParameter(stack, 'Sites', { type: 'CommaDelimitedList' }).valueAsList;
    const origins = AllowedOrigins.parse(list);
    expect([origins.isDeployTimeList, origins.any, origins.staticOrigin, origins.allows(LISTED)]).toEqual([
      true,
      false,
      undefined,
      false,
    ]);
    expect(origins.values).toBe(list);
  });

  test('that a parameter fills in freely brings a warning', () => {
    const site = new CfnParameter(stack, 'Site').valueAsString;
    expect(unboundedParameter(AllowedOrigins.parse([site, `https://${site}`]), stack)).toEqual({
      id: 'UnboundedParameter',
      text: 'cors.allowOrigins: those who deploy can put a quote into the parameter Site, and with it code into the mapping template that compares origins. Give it an allowedPattern such as "https://[a-z0-9.-]+".',
    });
  });

  test.each<[string, (parameter: CfnParameter) => string]>([
    ['picked from a list', (parameter) => Fn.select(0, parameter.valueAsList)],
    ['split', (parameter) => Fn.select(0, Fn.split(';', Fn.join(';', parameter.valueAsList)))],
    ['joined', (parameter) => Fn.join('', ['https://', Fn.select(1, parameter.valueAsList)])],
    ['known later', (parameter) => Lazy.string({ produce: () => Fn.select(0, parameter.valueAsList) })],
  ])('that a parameter fills in freely brings one however it is taken: %s', (_, take) => {
    const sites = new CfnParameter(new Stack(new App()), 'Sites', { type: 'CommaDelimitedList' });
    expect(unboundedParameter(AllowedOrigins.parse([LISTED, take(sites)]), sites)?.text).toContain(
      'the parameter Sites,',
    );
  });

  test.each<[string, (site: CfnParameter) => string, string]>([
    ['Fn.sub', () => Fn.sub('https://${Site}'), 'Site'],
    ['Fn.ref', () => Fn.ref('Site'), 'Site'],
    ['Fn.ref inside of a text', () => `https://${Fn.ref('Site')}`, 'Site'],
    ['a dynamic reference', () => '{{resolve:ssm:/site}}', '{{resolve:ssm:/site}}'],
  ])('or by %s', (_, take, named) => {
    const site = new CfnParameter(new Stack(new App()), 'Site');
    const origin = take(site);
    // Written out it is not an origin that a browser sends; as a token it may become one.
    const value = Token.isUnresolved(origin) ? origin : Lazy.string({ produce: () => origin });
    expect(unboundedParameter(AllowedOrigins.parse([LISTED, value]), site)?.text).toContain(`the parameter ${named},`);
  });

  test.each<[string, any]>([
    ['a pattern that takes anything', { allowedPattern: 'https://.+' }],
    ['one that takes all but spaces', { allowedPattern: '\\S+' }],
    ['one that leaves out something else', { allowedPattern: 'https://[^/]+' }],
    ['a value with a quote', { allowedValues: ["https://o'hara.example.com"] }],
    [
      'a pattern for the name of what is looked up',
      { type: 'AWS::SSM::Parameter::Value<String>', allowedPattern: '/[a-z]+' },
    ],
  ])('that is not bounded by %s', (_, props) => {
    const site = new CfnParameter(new Stack(new App()), 'Site', props);
    expect(unboundedParameter(AllowedOrigins.parse([LISTED, site.valueAsString]), site)).toBeDefined();
  });

  test('that may hold what ends a text in a function is told of the function', () => {
    const site = new CfnParameter(new Stack(new App()), 'Site', { allowedPattern: 'https://[^"]+' });
    const origins = AllowedOrigins.parse([LISTED, site.valueAsString]);
    expect(unboundedParameter(origins, site, 'function')).toBeUndefined();
    expect(unboundedParameter(origins, site)).toBeDefined();
    const free = new CfnParameter(new Stack(new App()), 'Site');
    expect(unboundedParameter(AllowedOrigins.parse([free.valueAsString]), free, 'function')?.text).toContain(
      'functions that follow the policy then fail',
    );
  });

  test.each([
    { allowedPattern: 'https://[a-z.]+' },
    { allowedPattern: 'https://[^\'"/]+\\.[a-z]{2,}' },
    { allowedValues: [LISTED] },
  ])('that a parameter bounds brings none: %j', (bounds) => {
    const site = new CfnParameter(new Stack(new App()), 'Site', bounds);
    const origins = AllowedOrigins.parse([
      site.valueAsString,
      Fn.join('', ['https://', site.valueAsString]),
      Fn.importValue('Other'),
    ]);
    expect(unboundedParameter(origins, site)).toBeUndefined();
  });
});

/** velocityjs has no Java strings: `matches`, for the whole of the string, is added. */
function evaluate(
  template: string,
  headers: Record<string, string>,
  variables = {},
): { text: string; allowOrigin?: string } {
  const header: Record<string, string> = {};
  const text = render(
    template,
    {
      input: { params: () => ({ header: { get: (name: string) => headers[name] } }) },
      context: { responseOverride: { header } },
      ...variables,
    },
    undefined,
    {
      customMethodHandlers: [
        {
          uid: 'matches',
          match: ({ property, context }) => property === 'matches' && typeof context === 'string',
          resolve: ({ context, params }) => new RegExp(`^(?:${params[0]})$`).test(context),
        },
      ],
    },
  );
  return { text, allowOrigin: header['Access-Control-Allow-Origin'] };
}
