import { Lazy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { hasDocument } from '../tree/api-documents';
import { AskingRoutes } from '../tree/asked-headers';
import type { Attachments } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { property } from '../tree/properties';
import { followsPolicy } from '../warnings/distributions';
import { policyUnderRoutes } from './asked-headers';
import { notePolicies } from './backend-policies';
import { coveredMethods, isProxy } from './covered-method';
import {
  informAboutBackends,
  informAboutUncovered,
  warnAboutAuthorizers,
  warnAboutCachedMethods,
  warnAboutParameters,
  warnAboutResourcePolicy,
} from './diagnostics';
import type { Change } from './effective-policies';
import { EffectivePolicies } from './effective-policies';
import { coverGatewayErrors } from './gateway-errors';
import { attachPreflights } from './preflights';
import { renewDeployments } from './redeployment';
import { coverResponses } from './responses';
import { RestApiReader, type RestApiTree } from './rest-api-tree';

/** Idempotent: it may look at a tree more than once. */
export function coverRestApis(resources: ApiGatewayResources, policies: Attachments, named: IConstruct[]): void {
  const reader = RestApiReader.read(resources, named);
  const asking = new AskingRoutes(resources);
  for (const tree of reader.apis.values()) {
    const targets = named.filter((construct) => reader.keyOfApi(construct) === tree.key);
    const ownFirst = [
      ...targets.filter((target) => makes(target, tree)),
      ...targets.filter((target) => !makes(target, tree)),
    ];
    const effective = new EffectivePolicies(
      tree,
      ownFirst.map((api) => policies.nearest(api)!),
      policies,
    );
    const [followed] = [...effective.wholeApi, ...effective.resources.map(({ by }) => by)];
    const methods = coveredMethods(effective);
    const verbs = methods.map(({ verb }) => verb);
    if (tree.api && followed) followsPolicy(tree.api, followed.policy.cors, verbs);
    notePolicies(effective, targets, methods);
    renewDeployments(effective, [
      ...attachPreflights(effective, policyUnderRoutes(effective, methods, asking)),
      ...coverResponses(effective, methods),
      ...coverGatewayErrors(effective),
      ...documentOf(effective),
    ]);
    informAboutBackends(effective, methods.filter(isProxy));
    warnAboutCachedMethods(tree, methods);
    warnAboutAuthorizers(effective);
    warnAboutParameters(effective);
    warnAboutResourcePolicy(effective);
    informAboutUncovered(effective);
  }
}

/** Whether a target is the API itself, rather than an import of it. */
function makes(target: IConstruct, { api }: RestApiTree): boolean {
  return target === api || target === api?.node.scope;
}

/** A stage serves a snapshot of the document too. */
function documentOf({ tree: { api }, wholeApi }: EffectivePolicies): Change[] {
  if (wholeApi.length === 0 || !api || !hasDocument(api)) return [];
  const content = Lazy.uncachedAny({ produce: () => [property(api, 'Body'), property(api, 'BodyS3Location')] });
  return [{ construct: api, content, made: false }];
}
