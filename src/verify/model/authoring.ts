import { gunzipSync } from 'node:zlib';
import type { FoundResource } from '../template/all-resources';
import type { PolicyMark } from '../template/policy-marks';
import type { TemplateScope } from '../template/scope';
import type { Sources } from '../template/sources';

/** What an API is written with, so that advice can speak of what its author has in hand. */
export interface Authoring {
  readonly tool: 'cdk' | 'sam' | 'template';
  readonly language: Language;
  /** Of this library, on constructs of the app. */
  readonly policies: readonly PolicyMark[];
  /** Where in the app a construct is made, by its path. */
  readonly sources: Sources;
}

export type Language = 'typescript' | 'python' | 'java' | 'csharp' | 'go';

export function authoringOf(api: FoundResource | undefined, parts: FoundResource[]): Authoring {
  const { scope } = api ?? parts[0];
  const isCdk = [...(api ? [api] : []), ...parts].some(
    (each) => each.scope.constructPath(each.logicalId) !== undefined,
  );
  if (isCdk)
    return { tool: 'cdk', language: languageOf(scope), policies: scope.marks.policies, sources: scope.sources };
  return { tool: isSam(scope) ? 'sam' : 'template', language: 'typescript', policies: [], sources: new Map() };
}

/** SAM signs the functions and APIs that it makes. */
function isSam({ resources }: TemplateScope): boolean {
  return resources.some(([, { Properties, Metadata }]) => {
    const tags = Array.isArray(Properties?.Tags) ? Properties.Tags : [];
    const isTagged = tags.some((tag: any) => /:createdBy$/.test(String(tag?.Key)) && tag?.Value === 'SAM');
    return Metadata?.SamResourceId !== undefined || isTagged || Properties?.Tags?.['httpapi:createdBy'] === 'SAM';
  });
}

/**
 * aws-cdk-lib notes the runtime of the app in AWS::CDK::Metadata,
 * where its analytics are not turned off.
 */
function languageOf({ resources }: TemplateScope): Language {
  const found = resources.find(([, { Type }]) => Type === 'AWS::CDK::Metadata')?.[1];
  const analytics = found?.Properties?.Analytics;
  if (typeof analytics !== 'string' || !analytics.startsWith(PREFIX)) return 'typescript';
  try {
    const packed = Buffer.from(analytics.slice(PREFIX.length).split(':')[0], 'base64');
    const text = gunzipSync(packed, { maxOutputLength: 10_000_000 }).toString('utf8');
    return LANGUAGES.find(([runtime]) => runtime.test(text))?.[1] ?? 'typescript';
  } catch {
    return 'typescript';
  }
}

const PREFIX = 'v2:deflate64:';

/** As jsii names its hosts. */
const LANGUAGES: [RegExp, Language][] = [
  [/Python\/\d/i, 'python'],
  [/Java\/\d/i, 'java'],
  [/DotNet\/\d/i, 'csharp'],
  [/\bGo\/go?\d/i, 'go'],
];
