import type { CfnResource } from 'aws-cdk-lib';
import { cannotCarryOrigin, RESPONSE_HEADER, type ResponseContext } from '../api-gateway/integration-response';
import { overrideOf } from '../tree/properties';
import { ownResponses, warnAboutOwnHeaders } from '../warnings/own-headers';
import { warn } from '../warnings/warn';
import type { CoveredMethod } from './covered-method';
import { everyResponse } from './response-patch';

/**
 * The reasons why a non-proxy method's responses cannot carry the headers. Each id is explained in
 * `docs/rules.md`.
 */
export function warnAboutResponses(method: CoveredMethod, context: ResponseContext): void {
  const responses = everyResponse(method.integration);
  if (responses.length === 0 && !overrideOf(method.cfn, 'Integration')?.IntegrationResponses) {
    warn(method.cfn, 'NoIntegrationResponses');
  }
  if (responses.some((response) => cannotCarryOrigin(response, context))) {
    warn(method.cfn, 'BinaryBody');
  }
  const { origins, credentials } = method.by.policy.cors;
  warnAboutOwnHeaders(
    method.cfn,
    responses.flatMap((response) => ownResponses('the response', response)),
    { origin: origins.staticOrigin, credentials },
    RESPONSE_HEADER,
  );
  const hidden = hidingOverride(method.cfn);
  if (hidden) {
    warn(method.cfn, 'HiddenByOverride', { path: hidden });
  }
}

/** An override of a whole list wins over the list that we patch. */
function hidingOverride(method: CfnResource): string | undefined {
  const lists = {
    'Integration.IntegrationResponses': overrideOf(method, 'Integration')?.IntegrationResponses,
    MethodResponses: overrideOf(method, 'MethodResponses'),
  };
  const hiding = Object.entries(lists).find(
    ([, list]) => Array.isArray(list) && !/access-control-allow-origin/i.test(JSON.stringify(list)),
  );
  return hiding?.[0];
}
