import { pointer, valueAt } from '../../../src/api-gateway/open-api/json-pointer';

const DOCUMENT = {
  'x-items': { '/pets': 1, 'a~b': 2, 'a b': 3, '100%': 4, 'a/b~c': 5, '%7E1': 6, '~1': 7 },
  'x-list': ['first', 'second'],
};

test.each([
  ['#/x-items/~1pets', 1],
  ['#/x-items/a~0b', 2],
  ['#/x-items/a%20b', 3],
  ['#/x-items/%7E1pets', 1], // the percent encoding comes off first
  ['#/x-items/~01', 7],
  ['#/x-items/a~1b~0c', 5],
  ['#/x-items/100%', 4], // a % that encodes nothing
  ['#/x-list/1', 'second'],
])('%s leads to what RFC 6901 says', (reference, value) => {
  expect(valueAt(DOCUMENT, reference)).toBe(value);
});

test.each([
  '#/x-items/constructor',
  '#/x-list/length',
  '#/x-list/01',
  '#/x-list/-',
  '#/no/where',
  'other.json#/x-items/a b',
  '',
])('%s leads nowhere', (reference) => {
  expect(valueAt(DOCUMENT, reference)).toBeUndefined();
});

test('# is the whole document', () => {
  expect(valueAt(DOCUMENT, '#')).toBe(DOCUMENT);
});

test('a pointer leads back to the keys that it was made of', () => {
  for (const key of Object.keys(DOCUMENT['x-items'])) {
    const reference = pointer(['x-items', key]).replaceAll('%', '%25');
    expect(valueAt(DOCUMENT, reference)).toBe(DOCUMENT['x-items'][key as '/pets']);
  }
});
