import { isOpen, listOf, strings, textOf } from '../model/properties';
import { allResources, type FoundResource } from '../template/all-resources';
import type { TemplateScope } from '../template/scope';
import { isKnown, readable } from '../unknown';
import type { CustomDomain } from './custom-domains';
import { readCustomDomains } from './custom-domains';
import type { Behavior, DistributionModel, DistributionOrigin, EdgeFunction, ErrorPage } from './distribution';
import { readForwarding } from './read-forwarding';
import { type Resources, responseHeadersPolicyOf } from './read-policies';

/**
 * Every distribution of the templates,
 * and the domains of API Gateway's that they may have as origins.
 */
export function readDistributions(scopes: TemplateScope[]): {
  distributions: DistributionModel[];
  domains: CustomDomain[];
} {
  const { resources } = allResources(scopes, TYPES);
  const byId: Resources = new Map(resources.map((resource) => [resource.id, resource]));
  const distributions = resources.filter(({ type }) => type === 'AWS::CloudFront::Distribution');
  return {
    distributions: distributions.map((resource) => readDistribution(resource, byId)),
    domains: readCustomDomains(resources),
  };
}

const TYPES = /^AWS::(CloudFront::|ApiGateway(V2)?::(DomainName|BasePathMapping|ApiMapping)$)/;

function readDistribution(resource: FoundResource, byId: Resources): DistributionModel {
  const { scope, logicalId, name, properties, doubt } = resource;
  const config = properties.DistributionConfig ?? {};
  const faults: string[] = [];
  const origins = new Map(listOf(config.Origins).map((origin) => [textOf(origin.Id), readOrigin(origin, byId)]));
  const read = (behavior: any, pattern: string): Behavior =>
    readBehavior(behavior, pattern, name, origins, byId, faults);
  const root = textOf(config.DefaultRootObject);
  const isVague = isOpen(
    config,
    config.CacheBehaviors,
    config.Origins,
    config.DefaultCacheBehavior,
    config.Aliases,
    config.DefaultRootObject,
    ...listOf(config.CacheBehaviors).map(({ PathPattern }) => PathPattern),
  );
  return {
    id: logicalId,
    constructPath: scope.constructPath(logicalId),
    templateFile: scope.file,
    defaultDomain: textOf(scope.attribute(logicalId, 'DomainName')),
    aliases: strings(config.Aliases ?? config.CNAMEs),
    behaviors: [
      ...listOf(config.CacheBehaviors).map((behavior) => read(behavior, textOf(behavior.PathPattern))),
      read(config.DefaultCacheBehavior ?? {}, '*'),
    ],
    errorPages: readErrorPages(config),
    ...(root !== '' && { rootObject: `/${root.replace(/^\//, '')}` }),
    faults,
    doubt: doubt ?? (isVague ? `parts of ${name} are known only after deployment` : undefined),
  };
}

function readBehavior(
  properties: any,
  pattern: string,
  distribution: string,
  origins: Map<string, DistributionOrigin>,
  byId: Resources,
  faults: string[],
): Behavior {
  const where = `the behavior ${pattern} of ${distribution}`;
  const originId = textOf(properties.TargetOriginId);
  const origin = origins.get(originId);
  if (!origin && isKnown(originId))
    faults.push(`${where} has the origin "${originId}", which ${distribution} does not have.`);
  const { forwarding, caching, doubt } = readForwarding(properties, where, byId, faults);
  const responseHeaders = responseHeadersPolicyOf(properties.ResponseHeadersPolicyId, byId);
  const methods = properties.AllowedMethods;
  const signers = SIGNERS.map((name) => properties[name]);
  const isVague = isOpen(originId, methods, ...signers, ...listOf(methods));
  return {
    pattern,
    where,
    origin: origin ?? NO_ORIGIN,
    allowedMethods: methods === undefined ? ['GET', 'HEAD'] : strings(methods),
    forwarding,
    caching,
    responseHeaders: responseHeaders.policy,
    functions: functionsOf(properties),
    signedBy: SIGNERS.find((name) => listOf(properties[name]).length > 0),
    doubt: isVague ? `parts of ${where} are known only after deployment` : undefined,
    doubtOfPolicies: doubt ?? responseHeaders.doubt,
  };
}

const SIGNERS = ['TrustedKeyGroups', 'TrustedSigners'];
const NO_ORIGIN: DistributionOrigin = { id: '', domain: '', path: '', customHeaders: new Map() };

function readOrigin(origin: any, byId: Resources): DistributionOrigin {
  const access = byId.get(textOf(origin.OriginAccessControlId))?.properties.OriginAccessControlConfig;
  const isLambda = access?.OriginAccessControlOriginType === 'lambda';
  return {
    id: textOf(origin.Id),
    domain: textOf(origin.DomainName),
    path: textOf(origin.OriginPath).replace(/\/$/, ''),
    customHeaders: new Map(
      listOf(origin.OriginCustomHeaders).map(({ HeaderName, HeaderValue }) => [
        textOf(HeaderName).toLowerCase(),
        textOf(HeaderValue),
      ]),
    ),
    ...(isLambda && { signing: textOf(access.SigningBehavior) }),
  };
}

/** An event that is known only after deployment may be the first one. */
function functionsOf(properties: any): EdgeFunction[] {
  const read = (list: any, kind: EdgeFunction['kind']): EdgeFunction[] =>
    listOf(list).map(({ EventType }) => ({
      event: isKnown(textOf(EventType)) ? textOf(EventType) : 'viewer-request',
      kind,
    }));
  return [
    ...read(properties.FunctionAssociations, 'CloudFront Function'),
    ...read(properties.LambdaFunctionAssociations, 'Lambda@Edge function'),
  ];
}

/** Those without a page only say how long an error is cached. */
function readErrorPages({ CustomErrorResponses }: any): Map<number, ErrorPage> {
  return new Map(
    listOf(CustomErrorResponses)
      .filter(({ ResponsePagePath }) => textOf(ResponsePagePath) !== '')
      .map(({ ErrorCode, ResponseCode, ResponsePagePath }) => [
        Number(ErrorCode),
        { path: readable(textOf(ResponsePagePath)), status: Number(ResponseCode ?? ErrorCode) },
      ]),
  );
}
