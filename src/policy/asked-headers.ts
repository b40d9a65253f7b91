import { Token } from 'aws-cdk-lib';
import type { AskedHeaders } from '../api-gateway/asked-headers';
import { withoutRepeats } from '../http/header-names';
import { CorsHeaders } from '../options/cors-headers';
import { type Warning, warning } from '../warnings/catalogue';
import { quote } from './faults';
import type { Policy } from './policy';

/**
 * The policy with the headers that the routes under it ask for, unless the user listed some: the
 * same object where they ask for nothing more. The order depends on the names alone.
 */
export function withAskedHeaders(policy: Policy, asked: AskedHeaders): Policy {
  if (policy.listsHeaders) return policy;
  const allowHeaders = withoutRepeats([...policy.allowHeaders, ...namesOf(asked)]);
  return allowHeaders.length === policy.allowHeaders.length ? policy : { ...policy, allowHeaders };
}

/** For a list that lacks what the routes under it ask for. */
export function missingAllowHeader(policy: Policy, asked: AskedHeaders): Warning | undefined {
  const { allowHeaders, listsHeaders, methods } = policy;
  const isOpen = Token.isUnresolved(allowHeaders) || allowHeaders.some((name) => Token.isUnresolved(name));
  if (!listsHeaders || isOpen || allowHeaders.includes('*')) return undefined;
  const lacks = (name: string) => !allowHeaders.some((listed) => listed.toLowerCase() === name.toLowerCase());
  const missing = withoutRepeats(namesOf(asked)).filter(lacks);
  const isAnnounced = (method: string) => !methods || methods.includes('*') || methods.includes(method);
  const bodies = lacks('Content-Type') ? asked.bodies.filter(isAnnounced) : [];
  if (missing.length + bodies.length === 0) return undefined;
  return warning('MissingAllowHeader', { missing: missing.map(quote), bodies });
}

function namesOf({ names, signed }: AskedHeaders): string[] {
  const sorted = [...names].sort((a, b) => compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b));
  return [...(signed ? CorsHeaders.AWS_SIGNED : []), ...sorted];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
