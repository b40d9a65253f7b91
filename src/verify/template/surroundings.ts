import type { Json } from './json';
import type { Marks } from './policy-marks';
import type { TemplateScope } from './scope';
import type { Sources } from './sources';

/** What a template can see of the templates around it. */
export interface Surroundings {
  /** The template of a nested stack, where it is at hand. */
  nested(scope: TemplateScope, logicalId: string): TemplateScope | undefined;
  /** The value that another stack exports under this name, where it is at hand. */
  exported(name: string): Json;
  /** The content of an asset, by the hash in its S3 key. */
  asset(key: string): Json;
  /** The file that this template was read from. */
  templateFile(scope: TemplateScope): string | undefined;
  /** The type of the resource that references of this text name, in whichever template it is. */
  typeOf(id: string): string | undefined;
  /** What an AWS::Include of this location brings, where it is a file beside the template. */
  included(scope: TemplateScope, location: string): Json;
  /** Where the construct behind a resource stands, if that is known apart from the template. */
  constructPath(scope: TemplateScope, logicalId: string): string | undefined;
  /** Which policies of this library were put on constructs of the app, and who follows them. */
  marks(scope: TemplateScope): Marks;
  /** The lines of the app that made its constructs. */
  sources(scope: TemplateScope): Sources;
}

export const ALONE: Surroundings = {
  nested: () => undefined,
  exported: () => undefined,
  asset: () => undefined,
  templateFile: () => undefined,
  typeOf: () => undefined,
  included: () => undefined,
  constructPath: () => undefined,
  marks: () => ({ policies: [], followed: new Map() }),
  sources: () => new Map(),
};
