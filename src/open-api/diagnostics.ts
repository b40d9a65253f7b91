import type { CfnResource } from 'aws-cdk-lib';
import type { Policy } from '../policy/policy';
import { wildcardMissesAuthorization } from '../policy/policy-warnings';
import { identity } from '../tree/attachments';
import { overrideOf } from '../tree/properties';
import { inform, warn } from '../tree/warnings';
import type { CoveredApi } from './document-apis';
import { isVersion31 } from './document-faults';
import type { Operation } from './open-api-document';
import type { RestDocumentFindings } from './rest-document';

/** What a person should know about an API's document that CORS alone cannot mend. Each id is explained in `docs/rules.md`. */

export function warnAboutUnreadableDocument(api: CfnResource): void {
  warn(
    identity(api),
    'UnreadableDocument',
    'the OpenAPI document of this API is in S3 or an asset, where CORS cannot be put in: no page can use what it describes. Use CorsApiDefinition.fromFile(…), or a document inside the template.',
  );
}

export function diagnoseApi(api: CfnResource, body: unknown): void {
  if (isVersion31(body)) {
    warn(
      identity(api),
      'OpenApi31',
      'the document is of OpenAPI 3.1, and API Gateway imports 2.0 and 3.0. CORS is put into it all the same; deploy a 3.0 document if the import fails, or leaves schemas out.',
    );
  }
  if (overrideOf(api, 'Body') !== undefined) {
    warn(
      identity(api),
      'DocumentOverride',
      'addPropertyOverride("Body…") changes the document after CORS was put into it, so paths and responses that it brings have no CORS. Change the document itself.',
    );
  }
}

export function diagnoseRestDocument({ cfn }: CoveredApi, policy: Policy, findings: RestDocumentFindings): void {
  const api = identity(cfn);
  if (findings.ownOptions.length > 0) {
    warn(
      api,
      'OwnOptions',
      `${findings.ownOptions.join(', ')}: the document has an OPTIONS operation here, which stays as it is and answers the preflights. Remove it to have the CORS policy answer.`,
    );
  }
  if (findings.withoutResponses.length > 0) {
    warn(
      api,
      'NoIntegrationResponses',
      `${names(findings.withoutResponses)}: this integration is no proxy and has no responses, so API Gateway answers 500. Add one, such as "default": {"statusCode": "200"}, and the CORS headers go on it.`,
    );
  }
  if (findings.losingOrigin.length > 0) {
    warn(
      api,
      'BinaryBody',
      `${names(findings.losingOrigin)}: who may read this response depends on the page, which takes a response template, and a template would break a binary body. No page can read it. If the body is text, set contentHandling CONVERT_TO_TEXT on the integration response; otherwise allow one exact origin, or "*".`,
    );
  }
  if (findings.behindProxies.length > 0) {
    inform(
      api,
      'BackendAnswers',
      `${names(findings.behindProxies)}: behind a proxy integration the backend itself has to send Access-Control-Allow-Origin on every response, also on errors; the preflight is answered here.`,
    );
  }
  if (findings.answeredElsewhere.length > 0 && policy.methods === undefined) {
    warn(
      api,
      'DividedRoot',
      'constructs add methods to / beside the document, and their preflight announces theirs only. Say which methods the API has in cors.allowMethods, or keep / in one place.',
    );
  }
  const authorization = findings.hasAuthorizers && wildcardMissesAuthorization(policy);
  if (authorization) warn(api, authorization.id, authorization.text);
}

function names(operations: Operation[]): string {
  return [...new Set(operations.map(({ verb, path }) => `${verb} ${path}`))].sort().join(', ');
}
