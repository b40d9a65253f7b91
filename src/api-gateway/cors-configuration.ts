import { Token } from 'aws-cdk-lib';
import { ALL_METHODS, canonicalOrder } from '../http/methods';

/** What an HTTP API is told about CORS: one configuration for all of its routes. */
export interface CorsConfiguration {
  readonly allowOrigins: string[];
  readonly allowCredentials: boolean;
  readonly allowMethods: string[];
  readonly allowHeaders?: string[];
  readonly exposeHeaders?: string[];
  readonly maxAge: number;
}

/** A policy, as far as an HTTP API can follow it. */
interface CorsSettings {
  readonly origins: { readonly values: string[] };
  readonly credentials: boolean;
  /** `undefined`: those of the routes. */
  readonly methods: string[] | undefined;
  readonly allowHeaders: string[];
  readonly exposeHeaders: string[];
  readonly maxAge: number;
}

/**
 * The CORS configuration of an API whose routes have these verbs.
 *
 * A wildcard method is written out where it was derived (with credentials `*` counts for nothing),
 * and header names are spelled as API Gateway stores them: any other spelling would show up as
 * drift.
 */
export function corsConfiguration(policy: CorsSettings, verbs: string[]): CorsConfiguration {
  return {
    allowOrigins: policy.origins.values,
    allowCredentials: policy.credentials,
    allowMethods: allowMethods(policy, verbs),
    allowHeaders: headerNames(policy.allowHeaders),
    exposeHeaders: headerNames(policy.exposeHeaders),
    maxAge: policy.maxAge,
  };
}

function allowMethods({ methods }: CorsSettings, verbs: string[]): string[] {
  if (methods === undefined) return derivedMethods(verbs.filter((verb) => verb !== 'OPTIONS'));
  if (Token.isUnresolved(methods)) return methods;
  return methods.includes('*') ? ['*'] : canonicalOrder(methods);
}

/**
 * With nothing to announce, the routes that pages use must be made elsewhere, where no one can
 * look.
 */
function derivedMethods(verbs: string[]): string[] {
  return verbs.length === 0 || verbs.includes('ANY') ? ALL_METHODS : canonicalOrder(verbs);
}

function headerNames(names: string[]): string[] | undefined {
  if (Token.isUnresolved(names)) return names;
  return names.length > 0 ? names.map((name) => (Token.isUnresolved(name) ? name : name.toLowerCase())) : undefined;
}
