import { parseRouteKey } from '../../src/api-gateway/route-key';
import { swallowedPreflights } from '../../src/api-gateway/shadowed-preflights';

/**
 * The paths whose preflights an API with these routes never gets to answer, and which route takes
 * each.
 */
function swallowed(...keys: string[]): Record<string, string> {
  const routes = keys.map((key) => ({ key, ...parseRouteKey(key)! }));
  return Object.fromEntries(swallowedPreflights(routes).map(({ path, by }) => [path, by.key]));
}

test.each([
  ['only named methods swallow nothing', ['GET /pets', 'POST /pets', 'DELETE /pets/{id}'], {}],
  ['ANY takes those for its path', ['ANY /pets', 'GET /orders'], { '/pets': 'ANY /pets' }],
  ['a greedy ANY takes those below', ['ANY /files/{key+}'], { '/files/{key+}': 'ANY /files/{key+}' }],
  ['$default takes all, and /{proxy+} does not match /', ['$default'], { '/{proxy+}': '$default', '/': '$default' }],
  [
    'ANY at the root goes before $default',
    ['$default', 'ANY /', 'ANY /{rest+}'],
    { '/': 'ANY /', '/{rest+}': 'ANY /{rest+}' },
  ],
  [
    'an OPTIONS route keeps its path',
    ['ANY /pets', 'OPTIONS /pets', '$default', 'OPTIONS /'],
    { '/{proxy+}': '$default' },
  ],
  ['the name of a variable does not matter', ['ANY /pets/{id}', 'OPTIONS /pets/{petId}'], {}],
  [
    'a greedy variable is another path than a single one',
    ['ANY /pets/{id}', 'OPTIONS /pets/{id+}'],
    { '/pets/{id}': 'ANY /pets/{id}' },
  ],
])('%s', (_, keys, expected) => {
  expect(swallowed(...keys)).toEqual(expected);
});

test.each([
  ['$default', { verb: 'ANY' }],
  ['GET /', { verb: 'GET', path: '/' }],
  ['any /pets/{id}', { verb: 'ANY', path: '/pets/{id}' }],
  [{ Ref: 'Key' }, undefined],
  ['$connect', undefined],
  ['undefined /pets', undefined],
  [undefined, undefined],
])('the route key %j', (key, expected) => {
  expect(parseRouteKey(key)).toEqual(expected);
});
