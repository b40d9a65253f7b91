import type { CfnResource } from 'aws-cdk-lib';
import type { Attachment, Attachments } from '../tree/attachments';
import { policyOfPart } from '../tree/default-of-part';
import { ownDetail } from '../tree/own-constructs';
import type { HttpApiTree, RouteTarget } from './http-api-tree';

/**
 * What each policy of an API covers of it. A policy that was put on the API covers the whole; of
 * the defaults that imports of an API have, each covers the routes that were added through these.
 *
 * @throws where two policies were put on the API.
 */
export function partsByPolicy(tree: HttpApiTree, policies: Attachments): [HttpApiTree, Attachment][] {
  const isMadeHere = tree.api !== undefined;
  const ofTargets = tree.targets.map((target) => policies.nearest(target)!);
  const isSplit = !isMadeHere && ofTargets.every(({ isDefault }) => isDefault);
  const attachments = isSplit ? firstOfEach(ofTargets) : [policies.single(tree.targets)];
  const policyOf = ({ cfn }: RouteTarget) => policyOfPart(attachments, cfn, isMadeHere);
  const byRoute = new Map([...tree.routes, ...tree.deployTimeRoutes].map((route) => [route.cfn, policyOf(route)]));
  return attachments.map((attachment) => {
    const covers = ({ cfn }: RouteTarget) => byRoute.get(cfn) === attachment;
    const answersFor = (preflight: CfnResource) =>
      (byRoute.get(routeBehind(preflight)) ?? attachments[0]) === attachment;
    const part = {
      ...tree,
      targets: isSplit
        ? tree.targets.filter((target) => policies.nearest(target)!.source === attachment.source)
        : tree.targets,
      routes: tree.routes.filter(covers),
      deployTimeRoutes: tree.deployTimeRoutes.filter(covers),
      preflightRoutes: tree.preflightRoutes.filter(answersFor),
    };
    return [part, attachment];
  });
}

function firstOfEach(attachments: Attachment[]): Attachment[] {
  return [...new Map([...attachments].reverse().map((each) => [each.source, each])).values()].reverse();
}

/** The route that a preflight route of ours was made for. */
function routeBehind(preflight: CfnResource): CfnResource {
  return ownDetail<{ route: CfnResource }>(preflight.node.scope!, 'preflight-route')!.route;
}
