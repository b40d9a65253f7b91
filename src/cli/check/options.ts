import type { DeploymentOptions } from '../deployment-options';
import type { Output } from '../outputs';
import type { PageOptions, SampleBody } from '../page-options';

/** What the command line of `check` may say. */
export interface CheckOptions extends PageOptions, DeploymentOptions {
  readonly origin?: string[];
  readonly api?: string;
  readonly body?: SampleBody;
  readonly reads?: string[];
  readonly backendHeader?: Record<string, string>;
  readonly only?: boolean;
  readonly errors?: boolean;
  readonly strict?: boolean;
  readonly format?: Output[];
  readonly json?: boolean;
  readonly html?: string;
  /** A settings file; `false`: none, whatever there is. */
  readonly config?: string | false;
  /** Why, or `true`. */
  readonly accept?: string | true;
  readonly until?: string;
  readonly watch?: boolean;
  /** What the path is compared with. */
  readonly diff?: string;
}
