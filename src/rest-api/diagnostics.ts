import type { CfnMethod } from 'aws-cdk-lib/aws-apigateway';
import { unboundedParameter, wildcardMissesAuthorization } from '../policy/policy-warnings';
import { property } from '../tree/properties';
import { warn } from '../tree/warnings';
import type { ResourceNode } from './api-tree';
import type { Coverage } from './coverage';

/** What a person should know about a REST API that CORS alone cannot mend. Each id is explained in `docs/rules.md`. */

export function warnAboutOwnOptions(node: ResourceNode): void {
  warn(
    node.construct,
    'OwnOptions',
    'this resource has an OPTIONS method of its own, which stays as it is and answers the preflights. Remove it to have the CORS policy answer.',
  );
}

export function warnAboutUnseenMethods(node: ResourceNode): void {
  warn(
    node.construct,
    'UnseenMethods',
    'the methods of this resource are made elsewhere, so its preflight announces all seven of API Gateway. Say which it has in cors.allowMethods.',
  );
}

/** An Aspect of the app that secures every method reaches ours too. */
export function warnWhereClosed(options: CfnMethod): void {
  const closed =
    options.authorizationType !== 'NONE' ? `authorizationType ${options.authorizationType}` : options.apiKeyRequired && 'an API key';
  if (!closed) return;
  warn(
    options,
    'ClosedPreflight',
    `something in this app put ${closed} on the OPTIONS method, so API Gateway refuses every preflight: browsers send them without credentials. Have it leave out methods whose httpMethod is OPTIONS.`,
  );
}

/** `*` among the request headers is no word for Authorization. */
export function warnAboutAuthorizers(coverage: Coverage): void {
  for (const { node, by } of coverage.resources) {
    const authorized = node.methods.some(({ cfn }) => (property(cfn, 'AuthorizationType') ?? 'NONE') !== 'NONE');
    const warning = authorized && wildcardMissesAuthorization(by.policy.cors);
    if (warning) warn(by.construct, warning.id, warning.text);
  }
}

/** A deploy-time value that anyone may choose, inside a mapping template. */
export function warnAboutParameters(coverage: Coverage): void {
  for (const by of new Set(coverage.resources.map((resource) => resource.by))) {
    const { origins } = by.policy.cors;
    const warning = origins.fixed === undefined ? unboundedParameter(origins) : undefined;
    if (warning) warn(by.construct, warning.id, warning.text);
  }
}
