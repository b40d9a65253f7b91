import { asText } from '../text/as-text';

/**
 * Which answers a stage of a REST API caches, as its method settings say; they may be spelled
 * either way, `httpMethod` or `HttpMethod`.
 */
export interface CacheSetting {
  /** '/shop', or '/*' for all. */
  readonly path: string;
  /** 'GET', or '*' for all. */
  readonly verb: string;
  /** undefined: this setting does not say. */
  readonly cached?: boolean;
}

/**
 * Reads the `MethodSettings` of a stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export function cacheSettings(methodSettings: unknown): CacheSetting[] {
  if (!Array.isArray(methodSettings)) return [];
  return methodSettings.map((setting) => {
    const property = (name: string): unknown =>
      setting?.[name] ?? setting?.[name.charAt(0).toUpperCase() + name.slice(1)];
    const cached = property('cachingEnabled');
    return {
      path: `/${asText(property('resourcePath')).replace(/~1/g, '/').replace(/^\/+/, '')}`,
      verb: asText(property('httpMethod')),
      ...(cached !== undefined && { cached: asText(cached).toLowerCase() !== 'false' }),
    };
  });
}

/**
 * Of GETs unless the stage says otherwise;
 * the setting of the method itself counts before those for all.
 */
export function isCached(settings: CacheSetting[], verb: string, path: string): boolean {
  const fitting = settings.filter(
    (setting) => [path, '/*'].includes(setting.path) && [verb, '*'].includes(setting.verb),
  );
  const own = fitting.filter((setting) => setting.path === path && setting.verb === verb);
  return [...own, ...fitting].find(({ cached }) => cached !== undefined)?.cached ?? verb === 'GET';
}

/** Whether pages of other origins get answers of their own. */
export function isKeyedByOrigin(cacheKeyParameters: unknown): boolean {
  const keys = Array.isArray(cacheKeyParameters) ? cacheKeyParameters : [];
  return keys.some((key) => asText(key).toLowerCase() === 'method.request.header.origin');
}
