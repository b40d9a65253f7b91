import type { IConstruct } from 'constructs';
import { propertyCase } from '../api-gateway/property-case';
import { identity } from '../tree/attachments';
import { routePoliciesOf } from '../tree/route-policies';
import { type CoveredMethod, isProxy } from './covered-method';
import type { EffectivePolicies } from './effective-policies';
import { pathOf } from './rest-api-tree';

/** Notes which policies cover the functions behind proxy integrations, where someone asks. */
export function notePolicies(
  { tree, wholeApi }: EffectivePolicies,
  targets: IConstruct[],
  methods: CoveredMethod[],
): void {
  const apis = [...new Set([...(tree.api ? [tree.api] : []), ...targets].map(identity))];
  const [scope] = [...apis, ...methods.map(({ cfn }) => cfn)];
  const notes = scope && routePoliciesOf(scope);
  if (!notes) return;
  if (wholeApi.length > 0) notes.noteApi(apis, wholeApi[0].policy.cors);
  for (const { verb, node, cfn, by, integration } of methods.filter(isProxy)) {
    notes.noteRoute(integration[propertyCase(integration, 'uri')], cfn, {
      route: `${verb} ${pathOf(tree, node)}`,
      apis,
      policy: by.policy.cors,
      source: by.source,
      gatewaySets: false,
    });
  }
}
