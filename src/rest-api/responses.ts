import { type CfnResource, type IResolveContext, Stack } from 'aws-cdk-lib';
import { overridesOrigin } from '../api-gateway/mapping-template';
import { isOneOrigin } from '../api-gateway/own-headers';
import { besideOwnOrigin, type ResponseAdditions, responseAdditions } from '../api-gateway/response-headers';
import { getOrCreate } from '../collections';
import { comparedOrigins, responseHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { isTyped, overrideOf, property } from '../tree/properties';
import { propertyBeforePatch, resolveShallow, wrapProperty } from '../tree/wrapped-property';
import { type CoveredMethod, isProxy } from './covered-method';
import type { Change, EffectivePolicies } from './effective-policies';
import { warnAboutResponses } from './response-diagnostics';
import { patchIntegration, patchMethodResponses } from './response-patch';

/**
 * Has every response of the non-proxy integrations carry the headers. Proxies hand on what their
 * backends answer.
 */
export function coverResponses(effective: EffectivePolicies, methods: CoveredMethod[]): Change[] {
  const mayBeBinary = takesBinary(effective.tree.api);
  const known = new Map<Policy, ResponseAdditions>();
  return methods
    .filter((method) => !isProxy(method))
    .map((method) => {
      const all = getOrCreate(known, method.by.policy.cors, () =>
        responseAdditions(responseHeaders(method.by.policy.cors), comparedOrigins(method.by.policy.cors)),
      );
      const own = overriddenOrigins(method.cfn);
      const additions = own.length > 0 ? besideOwnOrigin(all, !own.every(isOneOrigin)) : all;
      const statusKey = isTyped(method.cfn, 'MethodResponses') ? 'statusCode' : 'StatusCode';
      const patchResponses = (integration: any) =>
        integration && patchIntegration(integration, { additions, mayBeBinary });
      wrapProperty(method.cfn, 'Integration', patchResponses, resolveShallow);
      const declareHeaders = (responses: any, context: IResolveContext) =>
        patchMethodResponses(
          responses,
          resolveShallow(propertyBeforePatch(method.cfn, 'Integration'), context),
          additions,
          statusKey,
        );
      wrapProperty(method.cfn, 'MethodResponses', declareHeaders, resolveShallow);
      warnAboutResponses(method, { additions, mayBeBinary });
      return { construct: method.cfn, content: additions, made: false };
    });
}

/**
 * The expressions of property overrides that say who may read a response: they are final, and a
 * template would override them.
 */
function overriddenOrigins(method: CfnResource): unknown[] {
  const override = overrideOf(method, 'Integration');
  if (override === undefined) return [];
  const found: unknown[] = [];
  const collect = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (/access-control-allow-origin$/i.test(name)) found.push(inner);
      else collect(inner);
    }
  };
  collect(override);
  // In a template of the override, say, where it is not a mapping.
  const isElsewhere = found.length === 0 && overridesOrigin(JSON.stringify(override));
  return isElsewhere ? [override] : found;
}

/** An imported API does not expose its binary media types, so assume that it has some. */
function takesBinary(api: CfnResource | undefined): boolean {
  if (!api) return true;
  const types = Stack.of(api).resolve(property(api, 'BinaryMediaTypes'));
  return types !== undefined && !(Array.isArray(types) && types.length === 0);
}
