import * as fc from 'fast-check';

const POINTERS = [
  '#',
  '#/',
  '#/%',
  '#/x-parts/100%',
  '#/x-parts/a~1b',
  '#/x-parts/loop',
  '#/x-parts/there',
  '#/x-parts/link',
  '#/x-parts/a%2Fb',
  '#/x-parts/a~1b/get',
  '#/paths/%7B~1proxy+%7D',
  '#/paths/~1a',
  '#/paths/~1a/get',
  '#/nowhere',
];
const REFERENCE = fc.constantFrom(...POINTERS, 'other.json#/x', '', '%').map(($ref) => ({ $ref }));
const ODD = fc.oneof(
  REFERENCE,
  fc.constantFrom<unknown>(
    null,
    0,
    '',
    'x',
    true,
    [],
    {},
    { $ref: 5 },
    { Ref: 'Open' },
    { 'Fn::If': 5 },
    { 'Fn::If': ['C'] },
  ),
);

/** What may stand in many places, and can be read wherever it leads. */
const SOUND = fc.constantFrom<unknown>(
  {},
  { Ref: 'Open' },
  { $ref: '#/x-parts/whole' },
  { $ref: '#/x-parts/link%20to' },
  { $ref: '#/x-parts/whole/get' },
);
const LIST = fc.constantFrom<unknown>(
  undefined,
  [],
  [{ jwt: [] }],
  { Ref: 'Open' },
  { 'Fn::If': ['C', [], { Ref: 'Open' }] },
);

/** Documents with references of every shape, and with what does not belong where it stands. */
export const ODD_DOCUMENT = documentsWith(ODD, ODD);

/** Those of whose parts many are references, conditions, or known only to the deployment; few have faults. */
export const SOUND_DOCUMENT = documentsWith(SOUND, LIST);

function documentsWith(part: fc.Arbitrary<unknown>, list: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  const flag = fc.oneof(part, fc.constantFrom('true', 'TRUE', true, false));
  const operation = oftenOr(
    part,
    fc.record({ isDefaultRoute: flag, security: list, 'x-amazon-apigateway-integration': part }, { requiredKeys: [] }),
  );
  const item = fc.oneof(
    oftenOr(
      part,
      fc.record(
        { get: operation, options: operation, parameters: list, 'x-amazon-apigateway-any-method': operation },
        { requiredKeys: [] },
      ),
    ),
    fc.tuple(operation, operation).map(([get, put]) => ({ 'Fn::If': ['C', { get }, { put }] })),
  );
  const paths = fc.record({ '/a': item, '/{proxy+}': item, '/$default': item, $default: item }, { requiredKeys: [] });
  return fc.record({
    openapi: fc.constant('3.0.1'),
    security: fc.oneof(list, fc.constant([{ jwt: [] }])),
    components: fc.oneof(part, fc.record({ securitySchemes: fc.oneof(part, fc.record({ jwt: part })) })),
    paths: oftenOr(part, paths),
    'x-parts': fc.record({
      whole: fc.constant({ get: {}, 'x-amazon-apigateway-any-method': {} }),
      'link to': fc.constant({ $ref: '#/x-parts/whole' }),
      '100%': item,
      'a/b': item,
      loop: fc.constant({ $ref: '#/x-parts/loop' }),
      there: fc.constant({ $ref: '#/x-parts/back' }),
      back: fc.constant({ $ref: '#/x-parts/there' }),
      link: fc.constant({ $ref: '#/x-parts/a~1b' }),
    }),
  });
}

function oftenOr(part: fc.Arbitrary<unknown>, usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: part });
}
