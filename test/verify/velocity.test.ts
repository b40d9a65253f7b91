import * as fc from 'fast-check';
import { evaluate, evaluateAs } from '../../src/verify/velocity/evaluate';
import { evaluateOnce } from '../../src/verify/velocity/evaluate-once';
import type { VelocityInput, VelocityResult } from '../../src/verify/velocity/input';
import { APP } from '../support/pages';
import vectors from '../vectors/velocity.json';

/**
 * Recorded from Apache Velocity 1.7 and 2.4.1; where one entry stands they agree. White space is
 * theirs to differ in.
 */
interface Recorded {
  readonly error?: boolean;
  readonly text?: string;
  readonly headers?: Record<string, string>;
  readonly status?: number;
}

type Vector = VelocityInput & { why: string; template: string; expected: Recorded; expectedOf2?: Recorded };

const recorded = vectors as Vector[];

function asRecorded({ output, headerOverrides, statusOverride, error, unknown }: VelocityResult): unknown {
  if (unknown) return unknown;
  if (error) return { error: true };
  const headers = Object.keys(headerOverrides).length > 0 ? { headers: headerOverrides } : {};
  return {
    text: output.replace(/\s+/g, ''),
    ...headers,
    ...(statusOverride === undefined ? {} : { status: statusOverride }),
  };
}

describe('a mapping template gives what Apache Velocity gives', () => {
  test.each(recorded.map((vector) => [vector.why, vector] as const))('%s', (_, vector) => {
    const input = { body: '', ...vector };
    expect(asRecorded(evaluateAs('1.7', vector.template, input).result)).toEqual(vector.expected);
    expect(asRecorded(evaluateAs('2', vector.template, input).result)).toEqual(vector.expectedOf2 ?? vector.expected);
  });
});

const SET = '#set($context.responseOverride.header.A = $x)';

describe('what nobody knows is unknown', () => {
  test.each([
    ['an empty text is true in 1.7 and false in 2', `#set($x = "")#if(!$x)#set($x = "other")#end${SET}`, /empty text/],
    ['a null takes a value away in 2 only', `#set($x = "a")#set($x = $missing)${SET}`, /#set to null/],
    [
      'a possessive quantifier has no twin in JavaScript',
      `#set($x = "a")#if($x.matches("a++"))${SET}#end`,
      /possessive quantifier/,
    ],
    [
      'the body of a backend is not in the template',
      `#set($x = "a")#if($input.path("$.a") == "b")${SET}#end`,
      /backend/,
    ],
    [
      'who asks is not in the template',
      `#set($x = "a")#if($context.identity.sourceIp == "192.0.2.1")${SET}#end`,
      /\$context\.identity/,
    ],
    ['a template that cannot be parsed', '#set($x = )', /cannot be read/],
    ['a block without an end', '#if($x)', /#end/],
    ['an end without a block', 'a #end b', /#end/],
    [
      'a method of Java that is not followed',
      `#set($x = "a")#if($x.regionMatches(0, "a", 0, 1))${SET}#end`,
      /regionMatches/,
    ],
  ])('%s', (_, template, reason) => {
    expect(evaluate(template, {}).unknown).toMatch(reason);
  });

  test('unless it makes no difference to the response', () => {
    const template =
      '#set($origin = $input.params().header.get("Origin"))#if(!$origin || $origin == "")#set($origin = "none")#end$origin';
    expect(evaluate(template, {})).toMatchObject({ output: 'none', headerOverrides: {} });
  });

  test('unless the other side of an || decides', () => {
    const template = `#set($x = "a")#if($context.identity.sourceIp == "192.0.2.1" || $x == "a")${SET}#end`;
    expect(evaluate(template, {}).headerOverrides).toEqual({ A: 'a' });
  });
});

describe('a condition on what a backend sends', () => {
  const FAILED = '$input.path("$.status") == "FAILED"';

  test('leaves open the status and the body where these alone depend on it', () => {
    const template = `#set($x = "a")${SET}#if(${FAILED})#set($context.responseOverride.status = 500)no#{else}yes#end`;
    expect(evaluate(template, {})).toMatchObject({
      headerOverrides: { A: 'a' },
      unknown: undefined,
      statusUnknown: expect.stringContaining('backend'),
      output: expect.stringContaining('backend'),
    });
  });

  test('leaves nothing open where both ways come to the same', () => {
    const result = evaluate(`#set($x = "a")#if(${FAILED})${SET}#else${SET}#end`, {});
    expect(result).toMatchObject({ output: '', headerOverrides: { A: 'a' }, statusUnknown: undefined });
  });

  test('may make an error of API Gateway', () => {
    expect(evaluate(`#set($x = "a")${SET}#if(${FAILED})${SET}#end`, {}).unknown).toMatch(/backend/);
  });

  test('may stand in a loop over what a backend sends', () => {
    const loop = (inside: string) => `#set($x = "a")#foreach($pet in $input.path("$.pets"))${inside}#end`;
    expect(evaluate(loop('$pet.name'), {})).toMatchObject({
      unknown: undefined,
      output: expect.stringContaining('backend'),
    });
    expect(evaluate(loop(SET), {}).unknown).toMatch(/backend/);
    expect(
      evaluate(loop('#if($foreach.count == 2)#set($context.responseOverride.header.B = "b")#end'), {}).unknown,
    ).toMatch(/backend/);
  });

  test('may be one of many where they change the body only', () => {
    expect(evaluate(`#set($x = "a")${SET}${`#if(${FAILED})1#end`.repeat(99)}`, {})).toMatchObject({
      headerOverrides: { A: 'a' },
      unknown: undefined,
    });
  });

  test('is given up where many decide about more than the body', () => {
    expect(evaluate(`#if(${FAILED})#set($x = "a")#end`.repeat(9), {}).unknown).toMatch(/backend/);
  });

  test('leaves a text open that is made by it', () => {
    const template = `#set($x = "#if($input.path('$.status') == 'FAILED')a#{else}b#end")${SET}`;
    expect(evaluate(template, {}).headerOverrides.A).toMatch(/backend/);
  });
});

describe('an override', () => {
  test('of one header twice is an error of API Gateway', () => {
    expect(evaluate(`#set($x = "a")${SET}${SET}`, {}).error).toMatch(/overrides A twice/);
  });

  test('of two headers is none', () => {
    const template = '#set($context.responseOverride.header.A = "1")#set($context.responseOverride.header.B = "2")';
    expect(evaluate(template, {})).toMatchObject({ output: '', headerOverrides: { A: '1', B: '2' } });
  });
});

test('no header value, whatever it holds, changes what a template with single quotes decides', () => {
  const template =
    "#set($o = $input.params().header.get('origin'))#if($o == 'https://app.example.com')#set($context.responseOverride.header.A = $o)#end";
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'$#{}()"\'\\|&=! ahtps:/.') }), (origin) => {
      expect(evaluate(template, { headers: { origin } }).headerOverrides).toEqual({});
    }),
  );
});

test('no template, however broken, makes the evaluator fail', () => {
  const pieces = [
    '#set(',
    '$x',
    ' = ',
    '"a$y"',
    ')',
    '#if(',
    '#end',
    '#else',
    '.get("x")',
    '[0]',
    '||',
    '&&',
    '!',
    '{',
    '}',
    '\n',
    "'",
    '#foreach($i in ',
    '.a',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (parts) => {
      expect(typeof evaluate(parts.join(''), {}).output).toBe('string');
    }),
  );
});

describe('a template that was run before', () => {
  const reading = '#set($context.responseOverride.header.a = $context.resourcePath)';
  const plain = '#set($context.responseOverride.header.a = $input.params("origin"))';
  const at = (resourcePath: string, origin = APP): VelocityInput => ({
    headers: { origin },
    context: { resourcePath },
  });

  test('is run again for another route where it reads which one it is', () => {
    expect(evaluateOnce(reading, at('/a')).headerOverrides).toEqual({ a: '/a' });
    expect(evaluateOnce(reading, at('/b')).headerOverrides).toEqual({ a: '/b' });
  });

  test('gives the same for another route where it does not, and something else for another request', () => {
    const first = evaluateOnce(plain, at('/a'));
    expect(first.headerOverrides).toEqual({ a: APP });
    expect(evaluateOnce(plain, at('/b'))).toBe(first);
    expect(evaluateOnce(plain, at('/a', 'https://b.example.com')).headerOverrides).toEqual({
      a: 'https://b.example.com',
    });
  });
});
