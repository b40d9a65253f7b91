import { Selection } from '../../cloudfront/selection';
import { isOpen, isTrue, strings, textOf } from '../model/properties';
import type { Caching, Forwarding } from './distribution';
import { cachePolicyOf, originRequestPolicyOf, type Resources, ttl } from './read-policies';

interface ReadForwarding {
  readonly forwarding: Forwarding;
  readonly caching: Caching;
  readonly doubt?: string;
}

/** What a behavior forwards and keeps: by policies, or by the older ForwardedValues. */
export function readForwarding(properties: any, where: string, resources: Resources, faults: string[]): ReadForwarding {
  const { ForwardedValues, CachePolicyId, CachedMethods } = properties;
  const methods = CachedMethods === undefined ? ['GET', 'HEAD'] : strings(CachedMethods);
  if (isOpen(CachedMethods, ForwardedValues, ...methods))
    return { ...NOTHING, doubt: `parts of ${where} are known only after deployment` };
  if (ForwardedValues !== undefined && CachePolicyId !== undefined) {
    return {
      ...NOTHING,
      doubt: `${where} has both ForwardedValues and CachePolicyId, and which of them counts is not known`,
    };
  }
  if (ForwardedValues !== undefined) return legacy(properties, methods, where);
  if (CachePolicyId === undefined)
    return { ...NOTHING, doubt: `${where} has neither a CachePolicyId nor ForwardedValues` };
  return byPolicies(properties, methods, where, resources, faults);
}

const NOTHING: ReadForwarding = {
  forwarding: {
    mode: 'policies',
    keyHeaders: Selection.NONE,
    moreHeaders: Selection.NONE,
    keyQuery: Selection.NONE,
    moreQuery: Selection.NONE,
    by: 'settings that cannot be read',
  },
  caching: { methods: [], minTtl: 0, defaultTtl: 0, maxTtl: 0 },
};

function byPolicies(
  properties: any,
  methods: string[],
  where: string,
  resources: Resources,
  faults: string[],
): ReadForwarding {
  const cache = cachePolicyOf(properties.CachePolicyId, resources);
  const request = originRequestPolicyOf(properties.OriginRequestPolicyId, resources);
  const { policy } = cache;
  const doubt = cache.doubt ?? request.doubt;
  if (!policy || doubt !== undefined) return { ...NOTHING, doubt: `${where}: ${doubt}` };
  if (request.policy && !request.policy.headers.isOpen && request.policy.headers.has('authorization')) {
    faults.push(
      `${request.policy.name} names Authorization: CloudFront refuses that ("The parameter Headers contains ` +
        'Authorization that is not allowed").',
    );
  }
  return {
    forwarding: {
      mode: 'policies',
      keyHeaders: policy.headers,
      moreHeaders: request.policy?.headers ?? Selection.NONE,
      keyQuery: policy.query,
      moreQuery: request.policy?.query ?? Selection.NONE,
      by:
        `the cache policy ${policy.name} and ` +
        `${request.policy ? `the origin request policy ${request.policy.name}` : 'no origin request policy'}`,
    },
    caching: { methods, minTtl: policy.minTtl, defaultTtl: policy.defaultTtl, maxTtl: policy.maxTtl },
  };
}

/**
 * "Cache based on selected request headers" in
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
function legacy(properties: any, methods: string[], where: string): ReadForwarding {
  const { Headers, QueryString } = properties.ForwardedValues;
  const names = strings(Headers).map((name) => name.toLowerCase());
  const ttls = [ttl(properties.MinTTL, 0), ttl(properties.DefaultTTL, 86_400), ttl(properties.MaxTTL, 31_536_000)];
  if (isOpen(Headers, QueryString, ...names) || ttls.some(Number.isNaN)) {
    return { ...NOTHING, doubt: `parts of ${where} are known only after deployment` };
  }
  const all = names.includes('*');
  const [minTtl, defaultTtl, maxTtl] = all ? [0, 0, 0] : ttls;
  const query = isTrue(QueryString) ? Selection.ALL : Selection.NONE;
  return {
    forwarding: {
      mode: 'legacy',
      keyHeaders: all ? Selection.ALL : Selection.only(names),
      moreHeaders: Selection.NONE,
      keyQuery: query,
      moreQuery: Selection.NONE,
      by:
        names.length > 0
          ? `ForwardedValues with the headers ${strings(Headers).map(textOf).join(', ')}`
          : 'ForwardedValues without headers',
    },
    caching: { methods, minTtl, defaultTtl, maxTtl },
  };
}
