import { Token } from 'aws-cdk-lib';
import { didYouMean, show, withTokensAs } from '../policy/faults';
import { TOKEN } from './header-names';

/** The methods of API Gateway, in the order in which they are announced. */
export const ALL_METHODS = ['OPTIONS', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'];

/** Why a browser would make nothing of this value in allowMethods. */
export function methodFault(value: string): string | undefined {
  if (value === '*' || ALL_METHODS.includes(value)) {
    return undefined;
  }
  const upper = value.trim().toUpperCase();
  if (upper === 'ANY') {
    return `${show(value)} is API Gateway's word for every method, and browsers do not know it. Leave allowMethods out, which announces the methods that the resource has, or write "*".`;
  }
  if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) {
    return `no browser lets a page send ${upper}. Leave it out.`;
  }
  if (ALL_METHODS.includes(upper)) {
    return `browsers compare methods letter by letter, and ${show(value)} is none that API Gateway routes. Did you mean "${upper}"?`;
  }
  return TOKEN.test(withTokensAs('x', value))
    ? undefined
    : `${show(value)} is not the name of a method.${didYouMean(value, known)}`;
}

/**
 * Methods that no route of API Gateway can have, except through ANY, whose backend has to know
 * them.
 */
export function unroutable(methods: string[]): string[] {
  return methods.filter((method) => method !== '*' && !ALL_METHODS.includes(method) && !Token.isUnresolved(method));
}

/** In one order, whatever the order in which they were listed or added: templates stay the same. */
export function inOrder(methods: string[]): string[] {
  const others = methods.filter((method) => !ALL_METHODS.includes(method));
  return [...ALL_METHODS.filter((method) => methods.includes(method)), ...new Set(others)];
}

function known(part: string): string | undefined {
  const upper = part.toUpperCase();
  return part === '*' || ALL_METHODS.includes(upper) ? upper : undefined;
}
