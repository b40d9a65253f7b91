import fc from 'fast-check';
import { recordedEvent, run } from './functions';

const SEED = 20_261_126;
const policy = JSON.stringify({
  origins: ['https://app.example.com', 'https://*'],
  patterns: ['https://[a-z]+[.]example[.]org'],
});

/**
 * Anything that JSON can say, where an event has something else; and events of each source with one
 * thing in them replaced.
 */
const anything = fc.oneof(
  fc.constantFrom(null, '', 0, true, [], {}, [null], ['x'], 'OPTIONS', { origin: [] }),
  fc.jsonValue(),
);
const names = ['httpMethod', 'headers', 'multiValueHeaders', 'requestContext', 'version', 'isBase64Encoded'];
const handmade = fc.dictionary(fc.constantFrom(...names), anything);
const changed = fc
  .tuple(
    fc.constantFrom('rest-get', 'http-get', 'http-preflight', 'load-balancer-lists-get', 'function-url-options'),
    anything,
    fc.nat(),
  )
  .map(([name, value, at]) => {
    const event = recordedEvent(name);
    const places = [
      event,
      event.requestContext,
      event.requestContext.http,
      event.headers,
      event.multiValueHeaders,
    ].flatMap((place) => Object.keys(place ?? {}).map((key) => ({ place, key })));
    const { place, key } = places[at % places.length];
    place[key] = value;
    return event;
  });
const events = fc.sample(fc.oneof(anything, handmade, changed), { numRuns: 3_000, seed: SEED });

describe('an event that nobody sends', () => {
  const cases = events.map((event) => ({ policy, event, result: { statusCode: 200, body: 'hello' } }));
  const [node, python] = ['vectors.mjs answers', 'vectors.py answers'].map((handler) => run(handler, cases).outcomes);

  test.each([
    ['Node.js', node],
    ['Python', python],
  ])('raises nothing out of the wrapper in %s', (_, outcomes) => {
    expect(outcomes).toHaveLength(events.length);
    expect(events.filter((_, index) => !('result' in outcomes[index]))).toEqual([]);
  });

  test('is answered alike in both languages', () => {
    const differences = events.flatMap((event, index) => {
      const answers = [node[index], python[index]];
      return JSON.stringify(sorted(answers[0])) === JSON.stringify(sorted(answers[1])) ? [] : [{ event, answers }];
    });
    expect(differences).toEqual([]);
  });
});

function sorted(value: any): any {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
