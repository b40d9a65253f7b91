import type { IConstruct } from 'constructs';
import { type AskedHeaders, togetherAsked } from '../api-gateway/asked-headers';
import { corsConfiguration } from '../api-gateway/cors-configuration';
import { PreflightHandler } from '../options/preflight-handler';
import { withAskedHeaders } from '../policy/asked-headers';
import { isMadeFromDocument } from '../tree/api-documents';
import { AskingRoutes } from '../tree/asked-headers';
import type { Attachment, Attachments } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { followsPolicy } from '../warnings/distributions';
import { notePolicy } from './backend-policies';
import { configureCors, hasOwnCorsConfiguration } from './cors-configuration';
import { allRoutesSeen, warnAboutApi, warnAboutMissingHeaders } from './diagnostics';
import { type HttpApiTree, readHttpApis } from './http-api-tree';
import { refuseReservedMappings } from './parameter-mappings';
import { addPreflightRoutes } from './preflight-routes';

/** Idempotent: it may look at a tree more than once. */
export function coverHttpApis(resources: ApiGatewayResources, policies: Attachments, targets: IConstruct[]): void {
  const asking = new AskingRoutes(resources);
  for (const tree of readHttpApis(resources, targets)) coverHttpApi(tree, policies.single(tree.targets), asking);
}

function coverHttpApi(tree: HttpApiTree, attachment: Attachment, asking: AskingRoutes): void {
  const { cors: given, options } = attachment.policy;
  const asked = askedOfPages(tree, asking);
  const cors = withAskedHeaders(given, asked);
  if (tree.api && !isMadeFromDocument(tree.api) && !hasOwnCorsConfiguration(tree.api)) {
    const verbs = allRoutesSeen(tree) ? tree.routes.map(({ verb }) => verb) : ['ANY'];
    configureCors(tree.api, corsConfiguration(cors, verbs));
  }
  const verbs = [...tree.routes, ...tree.documented].map(({ verb }) => verb);
  if (tree.api) followsPolicy(tree.api, cors, verbs);
  notePolicy(tree, attachment, cors);
  addPreflightRoutes(tree, options?.preflightHandler ?? PreflightHandler._default());
  warnAboutApi(tree, cors);
  // The document's routes are asked with it.
  if (!tree.api || !isMadeFromDocument(tree.api)) warnAboutMissingHeaders(tree, cors, asked);
  refuseReservedMappings(tree);
}

function askedOfPages({ routes, opaqueRoutes }: HttpApiTree, asking: AskingRoutes): AskedHeaders {
  return togetherAsked([
    ...routes.map(({ cfn, verb }) => asking.ofRoute(cfn, verb)),
    ...opaqueRoutes.map((route) => asking.ofRoute(route, '')),
  ]);
}
