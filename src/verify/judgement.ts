import type { Rule } from './rules';
import type { CorsVerdict } from './verdict';

/** A verdict before anybody explains it. */
export interface Judgement extends Omit<CorsVerdict, 'rule' | 'explanation'> {
  readonly rule: Rule;
}
