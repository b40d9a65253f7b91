import {
  managedCachePolicy,
  managedOriginRequestPolicy,
  managedResponseHeadersPolicy,
} from '../../cloudfront/managed-policies';
import {
  type CachePolicy,
  type EdgeCors,
  type OriginRequestPolicy,
  type ResponseHeadersPolicy,
  selectionOf,
} from '../../cloudfront/policies';
import type { Selection } from '../../cloudfront/selection';
import { isOpen, isTrue, listOf, strings, textOf } from '../model/properties';
import type { FoundResource } from '../template/all-resources';
import { isKnown, readable } from '../unknown';

/** A policy that a behavior names, or why nobody can tell what it says. */
export type Named<Policy> = { readonly policy?: Policy; readonly doubt?: string };

/** The resources of CloudFront, by the id that references to them resolve to. */
export type Resources = Map<string, FoundResource>;

export function cachePolicyOf(id: any, resources: Resources): Named<CachePolicy> {
  return named('cache policy', id, resources, managedCachePolicy, ownCachePolicy);
}

export function originRequestPolicyOf(id: any, resources: Resources): Named<OriginRequestPolicy> {
  return named('origin request policy', id, resources, managedOriginRequestPolicy, ownOriginRequestPolicy);
}

export function responseHeadersPolicyOf(id: any, resources: Resources): Named<ResponseHeadersPolicy> {
  return named('response headers policy', id, resources, managedResponseHeadersPolicy, ownResponseHeadersPolicy);
}

function named<Policy>(
  kind: string,
  given: any,
  resources: Resources,
  managed: (id: string) => Policy | undefined,
  own: (resource: FoundResource) => Named<Policy>,
): Named<Policy> {
  if (given === undefined) return {};
  const id = textOf(given);
  const resource = resources.get(id);
  if (resource) return resource.doubt === undefined ? own(resource) : { doubt: resource.doubt };
  const policy = managed(id);
  if (policy) return { policy };
  const why = isKnown(id)
    ? 'is not in the template, and is none of those that every account has'
    : 'is known only after deployment';
  return { doubt: `the ${kind} ${readable(id)} ${why}` };
}

function ownCachePolicy(resource: FoundResource): Named<CachePolicy> {
  const { CachePolicyConfig: config } = resource.properties;
  const { HeadersConfig, QueryStringsConfig } = config?.ParametersInCacheKeyAndForwardedToOrigin ?? {};
  const headers = headerSelection(HeadersConfig);
  const query = querySelection(QueryStringsConfig);
  const ttls = [ttl(config?.MinTTL, 0), ttl(config?.DefaultTTL, 86_400), ttl(config?.MaxTTL, 31_536_000)];
  if (!headers || !query || ttls.some(Number.isNaN)) return openPolicy(resource);
  const [minTtl, defaultTtl, maxTtl] = ttls;
  return { policy: { name: resource.name, headers, query, minTtl, defaultTtl, maxTtl } };
}

function ownOriginRequestPolicy(resource: FoundResource): Named<OriginRequestPolicy> {
  const { HeadersConfig, QueryStringsConfig } = resource.properties.OriginRequestPolicyConfig ?? {};
  const headers = headerSelection(HeadersConfig);
  const query = querySelection(QueryStringsConfig);
  return headers && query ? { policy: { name: resource.name, headers, query } } : openPolicy(resource);
}

function openPolicy(resource: FoundResource): { doubt: string } {
  return { doubt: `parts of ${resource.name} are known only after deployment` };
}

/** NaN where it is known only after deployment. */
export function ttl(value: any, otherwise: number): number {
  return value === undefined ? otherwise : Number(value);
}

/** undefined where it is known only after deployment. */
function headerSelection(config: any): Selection | undefined {
  const names = strings(config?.Headers).map((name) => name.toLowerCase());
  return selection(textOf(config?.HeaderBehavior), config?.Headers, names);
}

function querySelection(config: any): Selection | undefined {
  return selection(textOf(config?.QueryStringBehavior), config?.QueryStrings, strings(config?.QueryStrings));
}

function selection(behavior: string, list: any, names: string[]): Selection | undefined {
  return isOpen(list, ...names) ? undefined : selectionOf(behavior, names);
}

function ownResponseHeadersPolicy(resource: FoundResource): Named<ResponseHeadersPolicy> {
  const { CorsConfig, CustomHeadersConfig, RemoveHeadersConfig } =
    resource.properties.ResponseHeadersPolicyConfig ?? {};
  const custom = listOf(CustomHeadersConfig?.Items);
  const removed = listOf(RemoveHeadersConfig?.Items).map(({ Header }) => textOf(Header).toLowerCase());
  const switches = [
    CorsConfig?.AccessControlAllowCredentials,
    CorsConfig?.OriginOverride,
    ...custom.map(({ Override }) => Override),
  ];
  const names = [...custom.map(({ Header }) => textOf(Header)), ...removed];
  const whole = [
    CorsConfig,
    CustomHeadersConfig,
    RemoveHeadersConfig,
    CustomHeadersConfig?.Items,
    RemoveHeadersConfig?.Items,
  ];
  if (isOpen(...whole, ...switches, ...names, ...listsOf(CorsConfig))) return openPolicy(resource);
  return {
    policy: {
      name: resource.name,
      ...(CorsConfig && { cors: edgeCors(CorsConfig) }),
      custom: custom.map(({ Header, Value, Override }) => ({
        name: textOf(Header).toLowerCase(),
        value: textOf(Value),
        overrides: isTrue(Override),
      })),
      removed,
    },
  };
}

function listsOf(config: any): any[] {
  return LISTS.flatMap((name) => [config?.[name], config?.[name]?.Items]);
}

const LISTS = ['Origins', 'Methods', 'Headers']
  .map((name) => `AccessControlAllow${name}`)
  .concat('AccessControlExposeHeaders');

function edgeCors(config: Record<string, any>): EdgeCors {
  return {
    origins: strings(config.AccessControlAllowOrigins?.Items),
    methods: strings(config.AccessControlAllowMethods?.Items),
    headers: strings(config.AccessControlAllowHeaders?.Items),
    exposed: strings(config.AccessControlExposeHeaders?.Items),
    credentials: isTrue(config.AccessControlAllowCredentials),
    ...(config.AccessControlMaxAgeSec !== undefined && { maxAge: textOf(config.AccessControlMaxAgeSec) }),
    overrides: isTrue(config.OriginOverride),
  };
}
