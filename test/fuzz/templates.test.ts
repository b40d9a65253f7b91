import { constructAccidents } from './constructs';
import { documentAccidents, templateAccidents } from './templates';

/** A short run of `npm run fuzz`, always of the same templates. */
const SEED = 7;

test('mutated templates get a verdict or a refusal in words', () => {
  expect(templateAccidents(300, SEED)).toEqual([]);
}, 60_000);

test('mutated documents, too, and their texts', () => {
  expect(documentAccidents(200, SEED)).toEqual([]);
}, 60_000);

test('a policy on mutated templates, included and as L1s, is made or refused in words', () => {
  expect(constructAccidents(300, SEED)).toEqual([]);
}, 60_000);
