import { Duration, Token } from 'aws-cdk-lib';
import { withoutRepeats } from '../http/header-names';
import { CorsHeaders } from '../options/cors-headers';
import { AllowedOrigins } from './allowed-origins';
import { CorsPolicyError } from './faults';
import { optionFaults } from './option-faults';
import type { CheckedOptions, Policy, PolicyInput } from './policy';
import { policyWarnings } from './policy-warnings';
import { sizeFaults } from './size-faults';

/**
 * Throws a `CorsPolicyError` that names every fault at once. With no options: any origin,
 * without credentials.
 */
export function policyFrom(input?: PolicyInput): Policy {
  const faults = policyFaults(input);
  if (faults.length > 0) {
    throw new CorsPolicyError(faults);
  }
  const policy = withDefaults(input);
  return { ...policy, warnings: policyWarnings(policy) };
}

/** Every fault, each in one sentence or two; empty for a good policy. */
export function policyFaults(input: PolicyInput = ANYONE): string[] {
  const faults = optionFaults(input);
  return faults.length > 0 ? faults : sizeFaults(withDefaults(input));
}

function withDefaults(input: PolicyInput = ANYONE): CheckedOptions {
  return {
    origins: AllowedOrigins.parse(input.allowOrigins),
    methods: input.allowMethods && listed(input.allowMethods, (methods) => [...new Set(methods)]),
    allowHeaders: listed(input.allowHeaders ?? CorsHeaders.DEFAULT, withoutRepeats),
    listsHeaders: input.allowHeaders !== undefined,
    exposeHeaders: listed(input.exposeHeaders ?? [], withoutRepeats),
    credentials: input.allowCredentials ?? false,
    maxAge: (input.maxAge ?? TEN_MINUTES).toSeconds(),
    statusCode: input.statusCode ?? 204,
  };
}

const ANYONE: PolicyInput = { allowOrigins: ['*'] };

/** The longest that every browser honours: WebKit stops here. */
const TEN_MINUTES = Duration.minutes(10);

/** A list that is known only at deployment stays as it is. */
function listed(values: string[], distinct: (values: string[]) => string[]): string[] {
  return Token.isUnresolved(values) ? values : distinct(values);
}
