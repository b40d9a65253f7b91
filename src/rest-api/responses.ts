import { type CfnResource, type IResolveContext, Stack } from 'aws-cdk-lib';
import { type ResponseAdditions, responseAdditions } from '../api-gateway/response-headers';
import { getOrCreate } from '../collections';
import { comparedOrigins, responseHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { isTyped, overrideOf, property } from '../tree/properties';
import { opened, unwrappedProperty, wrapProperty } from '../tree/wrapped-property';
import { type CoveredMethod, isProxy } from './covered-method';
import type { Change, Coverage } from './effective-policies';
import { warnAboutResponses } from './response-diagnostics';
import { patchIntegration, patchMethodResponses } from './response-patch';

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
      const all = getOrCreate(known, method.by.policy.cors, () =>
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

/** An imported API keeps its media types to itself, so it has to be taken for one that has some. */
function takesBinary(api: CfnResource | undefined): boolean {
  if (!api) return true;
  const types = Stack.of(api).resolve(property(api, 'BinaryMediaTypes'));
  return types !== undefined && !(Array.isArray(types) && types.length === 0);
}
