import { type CfnResource, type IResolveContext, Stack, Token } from 'aws-cdk-lib';
import { propertyCase } from '../api-gateway/property-case';
import { type ResponseAdditions, responseAdditions } from '../api-gateway/response-headers';
import { memo } from '../collections';
import { comparedOrigins, responseHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import type { Attachment } from '../tree/attachments';
import { isTyped, overrideOf, property } from '../tree/properties';
import { opened, unwrappedProperty, wrapProperty } from '../tree/wrapped-property';
import type { Coverage } from './effective-policies';
import { isOurPreflight } from './preflight';
import type { Change } from './redeployment';
import { warnAboutResponses } from './response-diagnostics';
import { patchIntegration, patchMethodResponses } from './response-patch';
import type { RestApiPolicy } from './rest-api-policy';
import type { MethodNode, ResourceNode } from './rest-api-tree';

/** A method of the user's that a policy covers. */
export interface CoveredMethod extends MethodNode {
  readonly node: ResourceNode;
  readonly by: Attachment<RestApiPolicy>;
  /** See `outlineOf`. */
  readonly integration: any;
}

/**
 * Has every response of the non-proxy integrations carry the headers. Proxies hand on what their
 * backends answer.
 */
export function coverResponses(coverage: Coverage, methods: CoveredMethod[]): Change[] {
  const mayBeBinary = takesBinary(coverage.tree.api);
  const known = new Map<Policy, ResponseAdditions>();
  return methods
    .filter((method) => !isProxy(method))
    .map((method) => {
      const all = memo(known, method.by.policy.cors, () =>
        responseAdditions(responseHeaders(method.by.policy.cors), comparedOrigins(method.by.policy.cors)),
      );
      const additions = overridesHeader(method.cfn) ? { ...all, template: '' } : all;
      const statusKey = isTyped(method.cfn, 'MethodResponses') ? 'statusCode' : 'StatusCode';
      const patchResponses = (integration: any) =>
        integration && patchIntegration(integration, { additions, mayBeBinary });
      wrapProperty(method.cfn, 'Integration', patchResponses, opened);
      const declareHeaders = (responses: any, context: IResolveContext) =>
        patchMethodResponses(
          responses,
          opened(unwrappedProperty(method.cfn, 'Integration'), context),
          additions,
          statusKey,
        );
      wrapProperty(method.cfn, 'MethodResponses', declareHeaders, opened);
      warnAboutResponses(method, { additions, mayBeBinary });
      return { construct: method.cfn, content: additions, made: false };
    });
}

/**
 * A property override that says who may read a response is the user's last word, and a template
 * would come after it.
 */
function overridesHeader(method: CfnResource): boolean {
  return /access-control-allow-origin/i.test(JSON.stringify(overrideOf(method, 'Integration') ?? ''));
}

/** All but OPTIONS: those are our preflights, or the user's own, which stay as they are. */
export function coveredMethods(coverage: Coverage): CoveredMethod[] {
  return coverage.resources.flatMap(({ node, by }) =>
    node.methods
      .filter((method) => method.verb !== 'OPTIONS' && !isOurPreflight(method))
      .map((method) => ({
        ...method,
        node,
        by,
        integration: outlineOf(method.cfn),
      })),
  );
}

/**
 * The integration as the user made it, but for property overrides, as far as to see its kind and
 * its responses. Values inside of these may be tokens: resolving everything takes longer than the
 * rest of our work.
 */
function outlineOf(method: CfnResource): any {
  const plain = (value: unknown) => (Token.isUnresolved(value) ? Stack.of(method).resolve(value) : value);
  const integration = plain(unwrappedProperty(method, 'Integration')) ?? {};
  const key = propertyCase(integration, 'integrationResponses');
  const responses = plain(integration[key]);
  return { ...integration, [key]: Array.isArray(responses) ? responses.map(plain) : responses };
}

export function isProxy({ cfn, integration }: CoveredMethod): boolean {
  const type = overrideOf(cfn, 'Integration')?.Type ?? integration[propertyCase(integration, 'type')];
  return /^(AWS|HTTP)_PROXY$/.test(type);
}

/** An imported API keeps its media types to itself, so it has to be taken for one that has some. */
function takesBinary(api: CfnResource | undefined): boolean {
  if (!api) return true;
  const types = Stack.of(api).resolve(property(api, 'BinaryMediaTypes'));
  return types !== undefined && !(Array.isArray(types) && types.length === 0);
}
