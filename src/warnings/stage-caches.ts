import { type CfnResource, Stack } from 'aws-cdk-lib';
import { spelling } from '../api-gateway/integration-response';
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
    const settings = cacheSettings(stage);
    const shared = settings ? varying.filter(({ verb, path }) => isCached(settings, verb, path)) : [];
    if (shared.length === 0) continue;
    const names = shared.map(({ verb, path }) => `${verb} ${path}`).sort();
    warn(
      stage,
      'CachedOrigin',
      `${names.join(', ')}: the stage caches these responses, which name the origin that asked first, so pages of other origins are blocked. Make the header part of the cache key: requestParameters { "method.request.header.origin": false } on the method and cacheKeyParameters ["method.request.header.origin"] on its integration.`,
    );
  }
}

interface CacheSetting {
  readonly path: string;
  readonly verb: string;
  readonly cached: boolean | undefined;
}

/** What a stage says about caching; `undefined` where it has no cache. */
function cacheSettings(stage: CfnResource): CacheSetting[] | undefined {
  const resolved = (name: string) => Stack.of(stage).resolve(property(stage, name));
  if (resolved('CacheClusterEnabled') !== true) return undefined;
  const settings = resolved('MethodSettings') ?? [];
  return (Array.isArray(settings) ? settings : []).map((setting) => ({
    path: `/${String(setting[spelling(setting, 'resourcePath')]).replace(/~1/g, '/').replace(/^\/+/, '')}`,
    verb: setting[spelling(setting, 'httpMethod')],
    cached: setting[spelling(setting, 'cachingEnabled')],
  }));
}

/**
 * Of GETs unless the stage says otherwise; the setting of the method itself counts before those for
 * all.
 */
function isCached(settings: CacheSetting[], verb: string, path: string): boolean {
  const fitting = settings.filter(
    (setting) => [path, '/*'].includes(setting.path) && [verb, '*'].includes(setting.verb),
  );
  const own = fitting.filter((setting) => setting.path === path && setting.verb === verb);
  return [...own, ...fitting].find(({ cached }) => cached !== undefined)?.cached ?? verb === 'GET';
}

function keyedByOrigin(integration: any): boolean {
  const keys = integration[spelling(integration, 'cacheKeyParameters')];
  return Array.isArray(keys) && keys.some((key) => String(key).toLowerCase() === 'method.request.header.origin');
}
