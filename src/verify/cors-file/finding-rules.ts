import { fixFor, RULES, type Rule, standardFor } from '../rules';

/**
 * By what a finding is named: the rule that decided a verdict, or what stands beside a verdict:
 * errors that the page could not read, and cookies that the API allows and that would make a
 * request fail.
 */
export type FindingRule = Exclude<Rule, 'ok'> | keyof typeof BESIDE;

const BESIDE = {
  'unreadable-errors': {
    step: 'the errors in place of the response',
    fix:
      'Send Access-Control-Allow-Origin with the errors too: on gateway responses, ' +
      'and on the integration responses of other statuses.',
  },
  'with-credentials': {
    step: 'the same request with cookies',
    fix:
      'Take Access-Control-Allow-Credentials out, or let requests with cookies pass: exact origins, ' +
      'and no * in any list.',
  },
} as const;

export const FINDING_RULES: readonly FindingRule[] = [
  ...(Object.keys(RULES) as Rule[]).filter((rule) => rule !== 'ok'),
  ...(Object.keys(BESIDE) as (keyof typeof BESIDE)[]),
];

/** What a rule is about, and what to change by and large. */
export function aboutRule(rule: FindingRule): { step: string; fix: string; standard?: string } {
  if (rule in BESIDE) return BESIDE[rule as keyof typeof BESIDE];
  const own = rule as Rule;
  return { step: RULES[own].step, fix: fixFor(own), standard: standardFor(own) };
}

/** The paragraph about a rule, for those who never heard of it. */
export function addressOfRule(rule: FindingRule): string {
  return `https://github.com/cdkcors/cdk-cors/blob/main/docs/rules.md#${rule}`;
}
