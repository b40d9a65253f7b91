import { OpenApiDocument } from '../api-gateway/open-api/document';
import { OriginMatching } from '../options/origin-matching';
import { type Attachment, identity } from '../tree/attachments';
import { routePoliciesOf } from '../tree/route-policies';
import type { CoveredApi } from './document-apis';
import { writtenUri } from './written-backends';

/**
 * Notes which functions behind the operations of a document a policy covers, where someone asks.
 */
export function notePolicies({ cfn, targets }: CoveredApi, body: unknown, { policy, source }: Attachment): void {
  const notes = routePoliciesOf(cfn);
  if (!notes) return;
  const apis = [...new Set([cfn, ...targets].map(identity))];
  const gatewaySets =
    cfn.cfnResourceType === 'AWS::ApiGatewayV2::Api' && policy.options?.originMatching !== OriginMatching.FUNCTIONS;
  const document = new OpenApiDocument(body);
  notes.noteApi(apis, policy.cors);
  for (const operation of document.operations) {
    const isProxy = document.integrationsOf(operation).some(({ type }) => /^(aws|http)_proxy$/i.test(type));
    const uri = isProxy && operation.verb !== 'OPTIONS' ? writtenUri(cfn, operation) : undefined;
    if (uri === undefined) continue;
    const route = `${operation.verb} ${operation.path}`;
    notes.noteRoute(uri, cfn, { route, apis, policy: policy.cors, source, gatewaySets });
  }
}
