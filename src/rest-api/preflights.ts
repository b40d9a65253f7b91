import { isGreedy } from '../api-gateway/path-part';
import { ReachableMethods } from '../api-gateway/reachable-methods';
import { getOrCreate } from '../collections';
import { PreflightPlacement } from '../options/cors-options';
import type { Policy } from '../policy/policy';
import type { Attachment } from '../tree/attachments';
import { warnAboutOwnOptions, warnAboutUnseenMethods, warnWhereClosed } from './diagnostics';
import type { Change, CoveredResource, EffectivePolicies } from './effective-policies';
import { attachPreflight, isOurPreflight, PreflightAnswers, standsOn } from './preflight';
import { type Paths, planPerResource, planShared } from './preflight-plan';
import type { ResourceNode } from './rest-api-tree';
import { isSharedResource, placeSharedResources } from './shared-preflight';

/**
 * Has every covered resource that can be called answer its preflights, or another one for it.
 *
 * @param policyOf the policy of an attachment, with what the routes under it ask for
 */
export function attachPreflights(effective: EffectivePolicies, policyOf: (by: Attachment) => Policy): Change[] {
  const called = effective.resources.filter(isCalled);
  for (const { node } of called.filter(hasOwnOptions)) warnAboutOwnOptions(node);

  const groups = new Map<Attachment, ResourceNode[]>();
  for (const resource of called)
    if (!hasOwnOptions(resource)) getOrCreate(groups, resource.by, () => []).push(resource.node);
  const sharing =
    effective.wholeApi[0]?.policy.options?.preflight === PreflightPlacement.SHARED ? effective.wholeApi[0] : undefined;
  if (sharing) placeShared(effective, groups.get(sharing) ?? []);

  const reachable = new ReachableMethods(effective.tree.resources, usersVerbs, (a, b) => effective.same(a, b));
  const answered = new Set(called.map(({ node }) => node));
  const shared = [...effective.tree.resources.values()].filter(isSharedResource);
  const answers = new PreflightAnswers();
  return [...groups].flatMap(([by, nodes]) => {
    const group = new Set(nodes);
    const paths: Paths = {
      reachable,
      called: nodes,
      shared,
      verbs: usersVerbs,
      takesPreflights: (node) =>
        hasVerb(node, 'ANY') || hasVerb(node, 'OPTIONS') || (answered.has(node) && !group.has(node)),
    };
    const plan = by === sharing ? planShared(paths) : planPerResource(paths);
    return [...plan].flatMap(([node, methods]) => attach(policyOf(by), node, methods, answers));
  });
}

function placeShared({ tree }: EffectivePolicies, nodes: ResourceNode[]): void {
  const group = new Set(nodes);
  const answersFor = (node: ResourceNode) =>
    group.has(node) && node.part !== '' && !isGreedy(node) && !hasVerb(node, 'ANY');
  placeSharedResources(tree, answersFor, (greedy) => group.has(greedy) || isSharedResource(greedy));
}

function attach(cors: Policy, node: ResourceNode, methods: string[], answers: PreflightAnswers): Change[] {
  const unseen = methods.length === 0 && cors.methods === undefined && node.part === undefined;
  if (unseen) warnAboutUnseenMethods(node);
  const content = answers.for(cors, unseen ? ['ANY'] : methods);
  const options = attachPreflight(node, content);
  warnWhereClosed(options);
  const change = { construct: options, content, made: true };
  return isSharedResource(node)
    ? [{ construct: standsOn(node.construct)!, content: node.part, made: true }, change]
    : [change];
}

/**
 * A resource without methods is never called; one that the user named answers all the same, as with
 * `addCorsPreflight`.
 */
function isCalled({ node, named }: CoveredResource): boolean {
  return named || usersVerbs(node).length > 0;
}

function hasOwnOptions({ node }: CoveredResource): boolean {
  return hasVerb(node, 'OPTIONS');
}

function hasVerb(node: ResourceNode, verb: string): boolean {
  return usersVerbs(node).includes(verb);
}

function usersVerbs(node: ResourceNode): string[] {
  return node.methods.filter((method) => !isOurPreflight(method)).map(({ verb }) => verb);
}
