import type { RestApiCorsOptions } from '../options/cors-options';
import type { Warning } from '../warnings/catalogue';
import type { AllowedOrigins } from './allowed-origins';

/** The options that mean the same for every kind of API, and the status of a preflight. */
export type PolicyInput = Pick<
  RestApiCorsOptions,
  'allowOrigins' | 'allowMethods' | 'allowHeaders' | 'exposeHeaders' | 'allowCredentials' | 'maxAge' | 'statusCode'
>;

/** The options without faults, and with their defaults. */
export interface CheckedOptions {
  readonly origins: AllowedOrigins;
  /** As the user listed them; `undefined`: those that the resource has. */
  readonly methods: string[] | undefined;
  readonly allowHeaders: string[];
  /** Whether the user listed these, so that nothing is added to them. */
  readonly listsHeaders: boolean;
  readonly exposeHeaders: string[];
  readonly credentials: boolean;
  /** In seconds; may be a deploy-time value. */
  readonly maxAge: number;
  /** Of the preflight. */
  readonly statusCode: number;
}

/** Already validated: callers need no further checks. */
export interface Policy extends CheckedOptions {
  /** At most one of an id. */
  readonly warnings: Warning[];
}
