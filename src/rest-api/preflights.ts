import { ReachableMethods } from '../policy/reachable-methods';
import type { ResourceNode } from './api-tree';
import type { Coverage, CoveredResource } from './coverage';
import { warnAboutOwnOptions, warnAboutUnseenMethods, warnWhereClosed } from './diagnostics';
import { attachPreflight, isOurPreflight, PreflightAnswers } from './preflight';
import type { Change } from './redeployment';

/** Has every covered resource that can be called answer its preflights. */
export function attachPreflights(coverage: Coverage): Change[] {
  const answers = new PreflightAnswers();
  const reachable = new ReachableMethods(coverage.tree.resources, usersVerbs, (a, b) => coverage.same(a, b));
  return coverage.resources.filter(isCalled).flatMap(({ node, by }) => {
    const policy = by.policy.cors;
    if (usersVerbs(node).includes('OPTIONS')) {
      warnAboutOwnOptions(node);
      return [];
    }
    const methods = reachable.at(node);
    const unseen = methods.length === 0 && policy.methods === undefined && node.part === undefined;
    if (unseen) warnAboutUnseenMethods(node);
    const answer = answers.for(policy, unseen ? ['ANY'] : methods);
    const options = attachPreflight(node, answer);
    warnWhereClosed(options);
    return [{ construct: options, content: answer, made: true }];
  });
}

/** A resource without methods is never called; one that the user named answers all the same, as with `addCorsPreflight`. */
function isCalled({ node, named }: CoveredResource): boolean {
  return named || usersVerbs(node).length > 0;
}

function usersVerbs(node: ResourceNode): string[] {
  return node.methods.filter((method) => !isOurPreflight(method)).map(({ verb }) => verb);
}
