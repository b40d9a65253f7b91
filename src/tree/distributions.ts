import { type CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  managedCachePolicy,
  managedOriginRequestPolicy,
  managedResponseHeadersPolicy,
} from '../cloudfront/managed-policies';
import { selectionOf } from '../cloudfront/policies';
import { Selection } from '../cloudfront/selection';
import { asText } from '../text/as-text';
import { isOfService } from './cfn-resources';
import { ResourceKeys } from './resource-keys';

/**
 * A behavior of a CloudFront distribution in front of an API. `undefined`:
 * nobody knows before the deployment.
 */
export interface BehaviorNode {
  readonly distribution: CfnResource;
  readonly api: CfnResource;
  readonly pattern: string;
  readonly allowedMethods?: string[];
  /** In the cache key, and so sent to the API. */
  readonly keyHeaders?: Selection;
  /** Sent besides. */
  readonly moreHeaders?: Selection;
  /** Whether it has the older ForwardedValues instead of policies. */
  readonly isLegacy: boolean;
  /**
   * CORS headers that take the place of the API's; `undefined` where it has none,
   * or where they cannot be read.
   */
  readonly override?: { readonly origins: string[]; readonly credentials: boolean };
  /** Whether code runs on the way, which may do anything. */
  readonly hasCode: boolean;
}

/**
 * The behaviors in a Stage whose origin is one of these APIs, no matter who made the distribution,
 * and in whichever stack.
 */
export function behaviorsInFrontOf(apis: CfnResource[], stage: IConstruct): BehaviorNode[] {
  const resources = cloudFrontResources(stage);
  const distributions = resources.filter(({ cfnResourceType }) => cfnResourceType === 'AWS::CloudFront::Distribution');
  if (distributions.length === 0) return [];
  const resourceKeys = new ResourceKeys();
  const settings = new Settings(resources, resourceKeys);
  const named = new Map(apis.map((api) => [resourceKeys.keyOf(api), api]));
  return distributions.flatMap((distribution) => {
    const config = settings.of(distribution).DistributionConfig ?? {};
    const apiOf = new Map(
      list(config.Origins).flatMap(({ Id, DomainName }) =>
        resourceKeys.keysIn(DomainName, distribution).flatMap((name) => {
          const api = named.get(name);
          return api ? [[Id, api] as const] : [];
        }),
      ),
    );
    const behaviors = [...list(config.CacheBehaviors), { ...config.DefaultCacheBehavior, PathPattern: '*' }];
    return behaviors.flatMap((behavior) => {
      const api = apiOf.get(behavior.TargetOriginId);
      return api ? [settings.behavior(behavior, distribution, api)] : [];
    });
  });
}

/**
 * What resources of CloudFront say once they are put together:
 * overrides included, references as names.
 */
class Settings {
  private readonly byName: Map<string, CfnResource>;

  public constructor(
    resources: CfnResource[],
    private readonly resourceKeys: ResourceKeys,
  ) {
    this.byName = new Map(resources.map((resource) => [resourceKeys.keyOf(resource), resource]));
  }

  public of(resource: CfnResource): any {
    return this.resourceKeys.propertiesOf(resource);
  }

  public behavior(properties: any, distribution: CfnResource, api: CfnResource): BehaviorNode {
    const isLegacy = properties.ForwardedValues !== undefined;
    const methods = properties.AllowedMethods ?? ['GET', 'HEAD'];
    const isKnown = Array.isArray(methods) && methods.every((method) => typeof method === 'string');
    return {
      distribution,
      api,
      pattern: asText(properties.PathPattern),
      allowedMethods: isKnown ? methods : undefined,
      keyHeaders: isLegacy ? legacyHeaders(properties.ForwardedValues) : this.keyHeaders(properties.CachePolicyId),
      moreHeaders: isLegacy ? Selection.NONE : this.moreHeaders(properties.OriginRequestPolicyId),
      isLegacy,
      override: this.override(properties.ResponseHeadersPolicyId),
      hasCode: list(properties.FunctionAssociations).length + list(properties.LambdaFunctionAssociations).length > 0,
    };
  }

  private keyHeaders(id: unknown): Selection | undefined {
    const { HeadersConfig } = this.policy(id)?.CachePolicyConfig?.ParametersInCacheKeyAndForwardedToOrigin ?? {};
    return HeadersConfig ? headersOf(HeadersConfig) : managedCachePolicy(asText(id))?.headers;
  }

  private moreHeaders(id: unknown): Selection | undefined {
    if (id === undefined) return Selection.NONE;
    const config = this.policy(id)?.OriginRequestPolicyConfig;
    return config ? headersOf(config.HeadersConfig ?? {}) : managedOriginRequestPolicy(asText(id))?.headers;
  }

  /** No managed policy overrides. */
  private override(id: unknown): BehaviorNode['override'] {
    if (id === undefined || managedResponseHeadersPolicy(asText(id))) return undefined;
    const cors = this.policy(id)?.ResponseHeadersPolicyConfig?.CorsConfig;
    const origins = cors?.AccessControlAllowOrigins?.Items;
    const isRead = cors?.OriginOverride === true && Array.isArray(origins) && origins.every(isText);
    return isRead ? { origins, credentials: cors.AccessControlAllowCredentials === true } : undefined;
  }

  private policy(id: unknown): any {
    const resource = typeof id === 'string' ? this.byName.get(id.replace(/\.Id$/, '')) : undefined;
    return resource && this.of(resource);
  }
}

function cloudFrontResources(stage: IConstruct): CfnResource[] {
  const found: CfnResource[] = [];
  const visit = (construct: IConstruct): void => {
    if (isOfService(construct, 'AWS::CloudFront::')) {
      found.push(construct);
    }
    for (const child of construct.node.children) if (!Stage.isStage(child)) visit(child);
  };
  visit(stage);
  return found;
}

function headersOf({ HeaderBehavior = '', Headers }: any): Selection | undefined {
  const names = list(Headers);
  return names.every(isText)
    ? selectionOf(
        HeaderBehavior,
        names.map((name) => name.toLowerCase()),
      )
    : undefined;
}

function legacyHeaders({ Headers }: any): Selection | undefined {
  const names = list(Headers);
  if (!names.every(isText)) return undefined;
  return names.includes('*') ? Selection.ALL : Selection.only(names.map((name) => name.toLowerCase()));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function list(value: any): any[] {
  return Array.isArray(value) ? value : [];
}
