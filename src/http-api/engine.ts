import type { IConstruct } from 'constructs';
import { corsConfiguration } from '../api-gateway/cors-configuration';
import { PreflightHandler } from '../options/preflight-handler';
import { isMadeFromDocument } from '../tree/api-documents';
import type { AppliedPolicy, Attachments } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { followsPolicy } from '../warnings/distributions';
import { configureCors, hasOwnCorsConfiguration } from './cors-configuration';
import { allRoutesSeen, warnAboutApi } from './diagnostics';
import { type HttpApiTree, readHttpApis } from './http-api-tree';
import { addPreflightRoutes } from './preflight-routes';

/** Idempotent: it may look at a tree more than once. */
export function coverHttpApis(resources: ApiGatewayResources, policies: Attachments, targets: IConstruct[]): void {
  for (const tree of readHttpApis(resources, targets)) coverHttpApi(tree, policies.single(tree.targets).policy);
}

function coverHttpApi(tree: HttpApiTree, { cors, options }: AppliedPolicy): void {
  if (tree.api && !isMadeFromDocument(tree.api) && !hasOwnCorsConfiguration(tree.api)) {
    const verbs = allRoutesSeen(tree) ? tree.routes.map(({ verb }) => verb) : ['ANY'];
    configureCors(tree.api, corsConfiguration(cors, verbs));
  }
  if (tree.api) followsPolicy(tree.api, cors);
  addPreflightRoutes(tree, options?.preflightHandler ?? PreflightHandler._default());
  warnAboutApi(tree, cors);
}
