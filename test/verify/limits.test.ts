import { boundedTest } from '../../src/verify/velocity/bounded';
import { evaluate } from '../../src/verify/velocity/evaluate';
import { Unknowable } from '../../src/verify/velocity/values';

/** Templates and expressions that explode end soon, in a clear line. */

const LOOP = '#foreach($i in [1..9000])';
const TEXT = '#set($a = "0123456789")';

test.each([
  ['loops in loops', `${LOOP}${LOOP}${LOOP}x#end#end#end`, /takes (more than \d+ steps|too long)/],
  ['a text that doubles', `${TEXT}${'#set($a = "$a$a")'.repeat(40)}`, /makes a text of more than/],
  ['a sum that doubles', `${TEXT}${'#set($a = $a + $a)'.repeat(40)}`, /makes a text of more than/],
  ['a list of lists', `#set($a = ["x"])${'#set($a = [$a, $a])'.repeat(40)}$a`, /makes a text of more than/],
  ['a text repeated', `${TEXT}#set($a = $a.repeat(999999999))`, /makes a text of more than/],
  ['a macro that calls itself', '#macro(again)#again()#end#again()', /calls itself too deeply/],
])('%s', (_, template, why) => {
  const start = Date.now();
  expect(evaluate(template, {}).unknown).toMatch(why);
  expect(Date.now() - start).toBeLessThan(5_000);
});

test('expressions that double their work with each letter', () => {
  const headers = { origin: `${'a'.repeat(40)}!` };
  const template = (call: string): string => `#set($o = $input.params().header.get("origin").${call})#if($o)$o#end`;
  const start = Date.now();
  for (const call of ["matches('(a+)+')", "replaceAll('(a|a)+$', 'b')", "split('(a*)*$')"]) {
    const { output, unknown } = evaluate(template(call), { headers });
    expect(`${output}${unknown}`).toMatch(/takes too long on a text of 41 characters/);
  }
  expect(Date.now() - start).toBeLessThan(5_000);
});

test('and those that do not are left alone', () => {
  expect(boundedTest(/^https:\/\/([a-z0-9-]+[.])+example[.]com$/, 'https://a.b.example.com')).toBe(true);
  expect(boundedTest(/^(a+)+$/, 'a'.repeat(40))).toBe(true);
  expect(boundedTest(/^(a+)+$/, `${'a'.repeat(40)}!`)).toBeInstanceOf(Unknowable);
});
