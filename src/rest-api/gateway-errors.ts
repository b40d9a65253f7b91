import { type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnGatewayResponse } from 'aws-cdk-lib/aws-apigateway';
import { errorHeaders, withErrorHeaders } from '../api-gateway/gateway-response';
import { memo } from '../collections';
import { errorReaders } from '../policy/header-values';
import { hasDocument } from '../tree/api-documents';
import { property } from '../tree/properties';
import { underSameCondition } from '../tree/under-same-condition';
import { wrapProperty } from '../tree/wrapped-property';
import { warnAboutErrorsElsewhere, warnAboutUnreadableErrors } from './diagnostics';
import type { Coverage } from './effective-policies';
import type { Change } from './redeployment';

/** Every error that has no response of its own ends in one of these. */
const DEFAULTS = ['DEFAULT_4XX', 'DEFAULT_5XX'];

/**
 * Lets pages read the errors that the gateway answers by itself: on the default responses, and on
 * each that the user customised.
 */
export function coverGatewayErrors({ tree, wholeApi }: Coverage): Change[] {
  if (wholeApi.length === 0) return [];
  const { construct, policy } = wholeApi[0];
  const headers = errorHeaders(errorReaders(policy.cors, policy.options?.errorOrigin));
  if (Object.keys(headers).length === 0) {
    if (!policy.options?.errorOrigin) warnAboutUnreadableErrors(construct);
    return [];
  }
  const customised = tree.gatewayResponses.filter((response) => !madeHere(tree.api, response));
  for (const response of customised)
    wrapProperty(response, 'ResponseParameters', (parameters) => withErrorHeaders(parameters ?? {}, headers));
  if (!tree.api) warnAboutErrorsElsewhere(construct);
  return [
    ...customised.map((response) => ({ construct: response, content: headers, made: false })),
    // A document holds them itself.
    ...(tree.api && !hasDocument(tree.api) ? makeDefaults(tree.api, new Set(customised.map(typeOf)), headers) : []),
  ];
}

const made = new WeakMap<CfnResource, Map<string, CfnGatewayResponse>>();

function makeDefaults(api: CfnResource, customised: Set<string>, headers: Record<string, string>): Change[] {
  const ours = memo(made, api, () => new Map<string, CfnGatewayResponse>());
  return DEFAULTS.filter((type) => !customised.has(type)).map((responseType) => {
    const props = { restApiId: api.ref, responseType, responseParameters: withErrorHeaders({}, headers) };
    const response = memo(ours, responseType, () => new CfnGatewayResponse(api, `@cdk-cors-${responseType}`, props));
    underSameCondition(response, api);
    return { construct: response, content: headers, made: true };
  });
}

function madeHere(api: CfnResource | undefined, response: CfnResource): boolean {
  return api !== undefined && [...(made.get(api)?.values() ?? [])].includes(response as CfnGatewayResponse);
}

function typeOf(response: CfnResource): string {
  return String(Stack.of(response).resolve(property(response, 'ResponseType')));
}
