import type { ApiModel } from '../model/api-model';
import type { PolicyMark } from '../template/policy-marks';

/**
 * The policy that holds for a method or route, which is named by its construct path:
 * the nearest one that covers it.
 */
export function policyAt({ authoring, constructPath }: ApiModel, where = constructPath): PolicyMark | undefined {
  const covering = (authoring?.policies ?? []).filter(({ covers, only }) =>
    only ? resourceOf(where) === covers : isBelow(where, covers) || isBelow(constructPath, covers),
  );
  return covering.reduce<PolicyMark | undefined>(
    (best, next) => (best && best.covers.length >= next.covers.length ? best : next),
    undefined,
  );
}

function isBelow(path: string | undefined, above: string): boolean {
  return path === above || (path?.startsWith(`${above}/`) ?? false);
}

/** 'Shop/Api/Default/items/GET' is a method of 'Shop/Api/Default/items'. */
function resourceOf(where: string | undefined): string | undefined {
  return where?.slice(0, where.lastIndexOf('/'));
}
