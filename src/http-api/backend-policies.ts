import type { Policy } from '../policy/policy';
import { type Attachment, identity } from '../tree/attachments';
import { property } from '../tree/properties';
import { routePoliciesOf } from '../tree/route-policies';
import { type HttpApiTree, routeName } from './http-api-tree';

/** Notes which functions the policy of an API covers, where someone asks. */
export function notePolicy({ api, targets, routes }: HttpApiTree, { source }: Attachment, policy: Policy): void {
  const notes = routePoliciesOf(targets[0]);
  if (!notes) return;
  const apis = [...new Set([...(api ? [api] : []), ...targets].map(identity))];
  notes.noteApi(apis, policy);
  const gatewaySets = api !== undefined && property(api, 'CorsConfiguration') !== undefined;
  for (const route of routes) {
    for (const each of route.integrations()) {
      notes.noteRoute(property(each, 'IntegrationUri'), each, {
        route: routeName(route),
        apis,
        policy,
        source,
        gatewaySets,
      });
    }
  }
}
