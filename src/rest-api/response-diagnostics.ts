import type { CfnResource } from 'aws-cdk-lib';
import { losesOrigin, RESPONSE_HEADER, type ResponseContext } from '../api-gateway/integration-response';
import { overrideOf } from '../tree/properties';
import { ownResponses, warnAboutOwnHeaders } from '../warnings/own-headers';
import { warn } from '../warnings/warn';
import type { CoveredMethod } from './covered-method';
import { everyResponse } from './response-patch';

/**
 * What keeps the headers from a non-proxy method's responses. Each id is explained in
 * `docs/rules.md`.
 */
export function warnAboutResponses(method: CoveredMethod, context: ResponseContext): void {
  const responses = everyResponse(method.integration);
  if (responses.length === 0 && !overrideOf(method.cfn, 'Integration')?.IntegrationResponses) {
    warn(
      method.cfn,
      'NoIntegrationResponses',
      'this integration is no proxy and has no integration responses, so API Gateway answers 500. Add one, such as { statusCode: "200" }, and the CORS headers go on it.',
    );
  }
  if (responses.some((response) => losesOrigin(response, context))) {
    warn(
      method.cfn,
      'BinaryBody',
      'who may read this response depends on the page, which takes a response template, and a template would break a binary body. No page can read it. If the body is text, set contentHandling CONVERT_TO_TEXT on the integration response; otherwise allow one exact origin, or "*".',
    );
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
    warn(
      method.cfn,
      'HiddenByOverride',
      `addPropertyOverride("${hidden}") replaces what would carry the CORS headers, so no page can read these responses. Map Access-Control-Allow-Origin there, or set the integration responses otherwise.`,
    );
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
