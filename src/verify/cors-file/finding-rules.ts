import { RULES, type Rule } from '../rules';

/**
 * By what a finding is named: the rule that decided a verdict, or what stands beside a verdict: errors that the page
 * could not read, and cookies that the API allows and that would make a request fail.
 */
export type FindingRule = Exclude<Rule, 'ok'> | 'unreadable-errors' | 'with-credentials';

export const FINDING_RULES: readonly FindingRule[] = [
  ...(Object.keys(RULES) as Rule[]).filter((rule) => rule !== 'ok'),
  'unreadable-errors',
  'with-credentials',
];
