import { Stack } from 'aws-cdk-lib';
import { type AskedHeaders, togetherAsked } from '../api-gateway/asked-headers';
import { askedByDocument } from '../api-gateway/open-api/asked-headers';
import { getOrCreate } from '../collections';
import { missingAllowHeader, withAskedHeaders } from '../policy/asked-headers';
import type { Policy } from '../policy/policy';
import { hasDocument } from '../tree/api-documents';
import type { AskingRoutes } from '../tree/asked-headers';
import type { Attachment } from '../tree/attachments';
import { propertyBeforePatch } from '../tree/wrapped-property';
import { annotate } from '../warnings/warn';
import type { CoveredMethod } from './covered-method';
import type { EffectivePolicies } from './effective-policies';

/**
 * What each policy allows, with the headers that the routes under it ask for: one list a policy,
 * whichever resource a preflight goes to. Lists by hand that lack some are warned about.
 */
export function policyUnderRoutes(
  effective: EffectivePolicies,
  methods: CoveredMethod[],
  asking: AskingRoutes,
): (by: Attachment) => Policy {
  const routes = new Map<object, AskedHeaders[]>();
  for (const { by, cfn, verb } of methods)
    getOrCreate(routes, by.source, () => []).push(asking.ofMethod(cfn, verb, effective.tree.api));
  const [wholeApi] = effective.wholeApi;
  if (wholeApi) getOrCreate(routes, wholeApi.source, () => []).push(...inDocument(effective));

  const policies = new Map<object, Policy>();
  return ({ source, policy: { cors }, construct }) =>
    getOrCreate(policies, source, () => {
      const asked = togetherAsked(routes.get(source) ?? []);
      const warning = missingAllowHeader(cors, asked);
      if (warning) annotate(construct, warning);
      return withAskedHeaders(cors, asked);
    });
}

/** The preflights of the root may be answered here for what a document says, too. */
function inDocument({ tree: { api } }: EffectivePolicies): AskedHeaders[] {
  return api && hasDocument(api) ? askedByDocument(Stack.of(api).resolve(propertyBeforePatch(api, 'Body'))) : [];
}
