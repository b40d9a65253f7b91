import { type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnGatewayResponse } from 'aws-cdk-lib/aws-apigateway';
import { ERROR_HEADER, errorHeaders, withErrorHeaders } from '../api-gateway/gateway-response';
import { errorReaders } from '../policy/header-values';
import { asText } from '../text/as-text';
import { hasDocument } from '../tree/api-documents';
import { madeFor, makeFor } from '../tree/beside';
import { isOwn, markOwn } from '../tree/own-constructs';
import { property } from '../tree/properties';
import { underSameCondition } from '../tree/under-same-condition';
import { propertyBeforePatch, wrapProperty } from '../tree/wrapped-property';
import { ownErrorResponses, warnAboutOwnHeaders } from '../warnings/own-headers';
import { warnAboutErrorsElsewhere, warnAboutUnreadableErrors } from './diagnostics';
import type { Change, EffectivePolicies } from './effective-policies';

/** Every error that has no response of its own ends in one of these. */
const DEFAULTS = ['DEFAULT_4XX', 'DEFAULT_5XX'];

/**
 * Lets pages read the errors that the gateway answers on its own: on the default responses, and on
 * each that the user customised.
 */
export function coverGatewayErrors({ tree, wholeApi }: EffectivePolicies): Change[] {
  if (wholeApi.length === 0) return [];
  const { construct, policy } = wholeApi[0];
  const headers = errorHeaders(errorReaders(policy.cors, policy.options?.errorOrigin));
  if (Object.keys(headers).length === 0) {
    if (!policy.options?.errorOrigin) warnAboutUnreadableErrors(construct);
    return [];
  }
  const customised = tree.gatewayResponses.filter((response) => !isOwn(response, 'gateway-response'));
  for (const response of customised)
    wrapProperty(response, 'ResponseParameters', (parameters) => withErrorHeaders(parameters ?? {}, headers));
  for (const response of customised) warnAboutOwn(response, headers);
  if (!tree.api) warnAboutErrorsElsewhere(construct);
  return [
    ...customised.map((response) => ({ construct: response, content: headers, made: false })),
    // A document holds them itself.
    ...(tree.api && !hasDocument(tree.api) ? makeDefaults(tree.api, new Set(customised.map(typeOf)), headers) : []),
  ];
}

function makeDefaults(api: CfnResource, customised: Set<string>, headers: Record<string, string>): Change[] {
  return DEFAULTS.filter((type) => !customised.has(type)).map((responseType) => {
    const props = { restApiId: api.ref, responseType, responseParameters: withErrorHeaders({}, headers) };
    const path: [string] = [`@cdk-cors-${responseType}`];
    const response =
      (madeFor(api, path) as CfnGatewayResponse | undefined) ??
      makeFor(api, path, (scope, id) => new CfnGatewayResponse(scope, id, props));
    markOwn(response, 'gateway-response');
    underSameCondition(response, api);
    return { construct: response, content: headers, made: true };
  });
}

function warnAboutOwn(response: CfnResource, headers: Record<string, string>): void {
  const parameters = Stack.of(response).resolve(propertyBeforePatch(response, 'ResponseParameters'));
  const [, origin] = /^'(.*)'$/.exec(headers['Access-Control-Allow-Origin']) ?? [];
  const expected = { origin, credentials: 'Access-Control-Allow-Credentials' in headers };
  warnAboutOwnHeaders(response, ownErrorResponses(typeOf(response), parameters), expected, ERROR_HEADER);
}

function typeOf(response: CfnResource): string {
  return asText(Stack.of(response).resolve(property(response, 'ResponseType')));
}
