import type { IConstruct } from 'constructs';
import { type AskedHeaders, togetherAsked } from '../api-gateway/asked-headers';
import { corsConfiguration } from '../api-gateway/cors-configuration';
import { OriginMatching } from '../options/origin-matching';
import { PreflightHandler } from '../options/preflight-handler';
import { withAskedHeaders } from '../policy/asked-headers';
import type { Policy } from '../policy/policy';
import { isMadeFromDocument } from '../tree/api-documents';
import { AskingRoutes } from '../tree/asked-headers';
import type { Attachment, Attachments } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { followsPolicy } from '../warnings/distributions';
import { notePolicy } from './backend-policies';
import { configureCors, hasOwnCorsConfiguration } from './cors-configuration';
import { allRoutesSeen, warnAboutApi, warnAboutMissingHeaders, warnAboutService } from './diagnostics';
import { refuseUnmatchedRoutes } from './function-matching';
import { type HttpApiTree, readHttpApis } from './http-api-tree';
import { refuseReservedMappings } from './parameter-mappings';
import { partsByPolicy } from './parts-by-policy';
import type { PreflightCode } from './preflight-function';
import { addMatchingPreflightRoutes, addPreflightRoutes } from './preflight-routes';

/** The code of a function that compares origins: the room that makes functions knows it. */
type CodeOf = (policy: Policy, verbs: string[], user: IConstruct) => PreflightCode;

/** Idempotent: it may look at a tree more than once. */
export function coverHttpApis(
  resources: ApiGatewayResources,
  policies: Attachments,
  targets: IConstruct[],
  codeOf: CodeOf,
): void {
  const asking = new AskingRoutes(resources);
  const trees = readHttpApis(resources, targets);
  for (const tree of trees)
    for (const [part, attachment] of partsByPolicy(tree, policies)) coverHttpApi(part, attachment, asking, codeOf);
  refuseReservedMappings(trees, resources);
}

function coverHttpApi(tree: HttpApiTree, attachment: Attachment, asking: AskingRoutes, codeOf: CodeOf): void {
  const { cors: given, options } = attachment.policy;
  const asked = askedOfPages(tree, asking);
  const cors = withAskedHeaders(given, asked);
  const verbs = allRoutesSeen(tree) ? tree.routes.map(({ verb }) => verb) : ['ANY'];
  const isMatchedByFunctions = options?.originMatching === OriginMatching.FUNCTIONS;
  if (!isMatchedByFunctions && tree.api && !isMadeFromDocument(tree.api) && !hasOwnCorsConfiguration(tree.api))
    configureCors(tree.api, corsConfiguration(cors, verbs));
  if (tree.api) {
    const all = [...tree.routes, ...tree.documented];
    followsPolicy(
      tree.api,
      cors,
      all.map(({ verb }) => verb),
    );
  }
  notePolicy(tree, attachment, cors);
  const handler = options?.preflightHandler ?? PreflightHandler._default();
  if (isMatchedByFunctions) {
    refuseUnmatchedRoutes(tree, attachment);
    if (tree.api) addMatchingPreflightRoutes(tree, handler, (user) => codeOf(cors, verbs, user));
  } else {
    addPreflightRoutes(tree, handler);
    warnAboutService(tree, cors);
  }
  warnAboutApi(tree, cors);
  // The document's routes are asked with it.
  if (!tree.api || !isMadeFromDocument(tree.api)) warnAboutMissingHeaders(tree, cors, asked);
}

function askedOfPages({ routes, deployTimeRoutes }: HttpApiTree, asking: AskingRoutes): AskedHeaders {
  return togetherAsked([
    ...routes.map(({ cfn, verb }) => asking.ofRoute(cfn, verb)),
    ...deployTimeRoutes.map(({ cfn }) => asking.ofRoute(cfn, '')),
  ]);
}
