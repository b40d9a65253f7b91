import { type CfnResource, Stack } from 'aws-cdk-lib';
import { propertyCase } from '../api-gateway/property-case';
import { type CacheSetting, cacheSettings, isCached, isKeyedByOrigin } from '../api-gateway/stage-cache';
import { property } from '../tree/properties';
import { warn } from './warn';

/** A method whose responses name the origin of the page, unless its cache key holds that. */
export interface VaryingMethod {
  /** Upper-case, or `ANY`. */
  readonly verb: string;
  readonly path: string;
  readonly integration: any;
}

/**
 * A cached answer says which origin it was for; a page of another origin must not get it. The
 * warning is explained in `docs/rules.md`.
 */
export function warnAboutCaches(stages: CfnResource[], methods: VaryingMethod[]): void {
  const varying = methods.filter(({ integration }) => !keyedByOrigin(integration));
  for (const stage of varying.length > 0 ? stages : []) {
    const settings = settingsOf(stage);
    const shared = settings ? varying.filter(({ verb, path }) => isCached(settings, verb, path)) : [];
    if (shared.length === 0) continue;
    const methods = shared.map(({ verb, path }) => `${verb} ${path}`).sort();
    warn(stage, 'CachedOrigin', { methods });
  }
}

/** What a stage says about caching; `undefined` where it has no cache. */
function settingsOf(stage: CfnResource): CacheSetting[] | undefined {
  const resolved = (name: string) => Stack.of(stage).resolve(property(stage, name));
  return resolved('CacheClusterEnabled') === true ? cacheSettings(resolved('MethodSettings')) : undefined;
}

function keyedByOrigin(integration: any): boolean {
  return isKeyedByOrigin(integration[propertyCase(integration, 'cacheKeyParameters')]);
}
