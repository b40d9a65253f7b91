import { writeFileSync } from 'node:fs';
import { originTemplate } from '../../src/api-gateway/mapping-template';
import { AllowedOrigins } from '../../src/policy/allowed-origins';
import vectors from '../vectors/origins.json';
import idioms from '../vectors/velocity.json';

/** What Evaluate.java is given: a mapping template and a request. */
export interface Case {
  readonly name: string;
  readonly template: string;
  readonly headers?: Record<string, string>;
  readonly path?: Record<string, string>;
  readonly querystring?: Record<string, string>;
  readonly body?: string;
  readonly stageVariables?: Record<string, string>;
  /** `$context`, apart from the overrides. */
  readonly context?: object;
  /**
   * Whether a header that was not sent is an empty string rather than null: it is not known which
   * API Gateway does.
   */
  readonly emptyIfMissing?: boolean;
  readonly expected: Result;
  /** Where Velocity 2 differs. */
  readonly expectedOf2?: Result;
  /**
   * The versions differ in which line breaks they print, and no body that matters depends on these.
   */
  readonly withoutSpace?: boolean;
}

/** What the template printed and overrode, or that it failed. */
export interface Result {
  readonly text?: string;
  readonly overrides?: { readonly header?: Record<string, string>; readonly status?: number };
  readonly error?: string;
}

const LISTED = 'https://app.example.com';

/**
 * Each shared vector, in both spellings of the header, on both guesses of what a missing one is.
 */
function vectorCases(): Case[] {
  return vectors
    .filter(({ policy }) => !policy.allowOrigins.includes('*'))
    .flatMap(({ why, policy, origin, allowed }) => {
      const template = originTemplate(AllowedOrigins.parse(policy.allowOrigins));
      return ['Origin', 'origin'].flatMap((name) =>
        [true, false].map((emptyIfMissing) => ({
          name: `${policy.allowOrigins}: ${why} (${name})`,
          template,
          headers: origin === null ? {} : { [name]: origin },
          emptyIfMissing,
          expected: answer(allowed ? origin : null, ''),
        })),
      );
    });
}

/**
 * Templates of others: aws-cdk-lib's, the console's, what is common elsewhere. The simulator's
 * evaluator is held to the same (test/verify).
 */
function idiomCases(): Case[] {
  return (idioms as any[]).map(({ why, expected, expectedOf2, emptyIfMissing = true, body = '', ...input }) => ({
    ...input,
    name: why,
    emptyIfMissing,
    body,
    expected: recorded(expected),
    expectedOf2: expectedOf2 && recorded(expectedOf2),
    withoutSpace: true,
  }));
}

function recorded({ text, headers, status, error }: any): Result {
  return { text, overrides: { header: headers, status }, error };
}

/** Whatever stands behind our template is printed as if it stood alone. */
function precedingCases(): Case[] {
  const template = originTemplate(AllowedOrigins.parse([LISTED, 'https://*.example.org']));
  const body = '{"a":[1,{"b":"x"}]}';
  const templates: Record<string, string> = {
    '{"statusCode": 200}': '{"statusCode": 200}',
    "$input.json('$')": body,
    '$input.body': body,
    'plain text': 'plain text',
    '{"a": 1}\n\n': '{"a": 1}\n\n',
    '  indented': '  indented',
    '#set($x = 1)$x': '1',
    '#if($corsOriginal)a#{else}b#end': 'b',
    '#foreach($i in [1..3])$i#if($foreach.hasNext),#end#end': '1,2,3',
    '## a comment': '',
    '(a)': '(a)',
  };
  return Object.entries(templates).flatMap(([behind, text]) =>
    [LISTED, 'https://evil.com'].map((origin) => ({
      name: `in front of ${JSON.stringify(behind)}, asked by ${origin}`,
      template: template + behind,
      headers: { origin },
      body,
      expected: answer(origin === LISTED ? origin : null, text),
    })),
  );
}

function requestCases(): Case[] {
  const template = originTemplate(AllowedOrigins.parse([LISTED, 'https://*.example.org']));
  return [
    {
      name: 'a listed origin in the query string or the path counts for nothing',
      template,
      querystring: { Origin: LISTED, origin: LISTED },
      path: { Origin: LISTED, origin: LISTED },
      expected: answer(null, ''),
    },
    {
      name: 'one in the query string does not replace an unlisted one in the header',
      template,
      headers: { origin: 'https://evil.com' },
      querystring: { Origin: LISTED, origin: LISTED },
      expected: answer(null, ''),
    },
    {
      name: 'an empty Origin does not hide an origin',
      template,
      headers: { Origin: '', origin: LISTED },
      expected: answer(LISTED, ''),
    },
    {
      name: 'other headers do not matter',
      template,
      headers: { Host: LISTED, Referer: LISTED, ORIGIN: LISTED },
      expected: answer(null, ''),
    },
  ];
}

/** As large as API Gateway lets it be: no stack overflows, nothing takes forever. */
function largeCases(): Case[] {
  const many = Array.from({ length: 6_000 }, (_, index) => `https://app${index}.example.com`);
  const patterns = originTemplate(
    AllowedOrigins.parse(['https://*.example.com', 'https://*', 'https://a-*.example.com']),
  );
  const deep = `https://${'a.'.repeat(4_000)}example.com`;
  const deepest = `https://${'a.'.repeat(121)}example.com`; // 253 characters
  return [
    {
      name: 'the first of 6000 origins',
      template: originTemplate(AllowedOrigins.parse(many)),
      headers: { origin: many[0] },
      expected: answer(many[0], ''),
    },
    {
      name: 'the last of 6000 origins',
      template: originTemplate(AllowedOrigins.parse(many)),
      headers: { origin: many[5_999] },
      expected: answer(many[5_999], ''),
    },
    {
      name: 'none of 6000 origins',
      template: originTemplate(AllowedOrigins.parse(many)),
      headers: { origin: LISTED },
      expected: answer(null, ''),
    },
    {
      name: 'a host of as many labels as there can be',
      template: patterns,
      headers: { origin: deepest },
      expected: answer(deepest, ''),
    },
    {
      name: 'a host of 4000 labels, which no browser can have',
      template: patterns,
      headers: { origin: deep },
      expected: answer(null, ''),
    },
    {
      name: 'a host of 4000 labels that fails at its end',
      template: patterns,
      headers: { origin: `${deep}!` },
      expected: answer(null, ''),
    },
    {
      name: 'a label of 8000 characters that fails at its end',
      template: patterns,
      headers: { origin: `https://${'a'.repeat(8_000)}!` },
      expected: answer(null, ''),
    },
  ];
}

function answer(origin: string | null, text: string): Result {
  return { text, overrides: { header: origin === null ? {} : { 'Access-Control-Allow-Origin': origin } } };
}

if (require.main === module) {
  writeFileSync(
    process.argv[2],
    JSON.stringify([...vectorCases(), ...idiomCases(), ...precedingCases(), ...requestCases(), ...largeCases()]),
  );
}
