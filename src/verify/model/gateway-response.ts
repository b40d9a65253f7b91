import type { FoundResource } from '../template/all-resources';
import type { GatewayResponse } from './api-model';
import { GATEWAY_SOURCES, mappingFault } from './mapping-expression';
import { isOpen, mapOf, mappedHeaders, textOf } from './properties';

/** `documented`: the API whose document it stands beside. */
export function readGatewayResponse(part: FoundResource, documented: FoundResource | undefined): GatewayResponse {
  const { ResponseType, StatusCode, ResponseParameters } = part.properties;
  const isVague = isOpen(ResponseType, StatusCode, ResponseParameters);
  const vague = isVague ? `parts of ${part.name} are known only after deployment` : undefined;
  return {
    type: textOf(ResponseType),
    statusCode: StatusCode === undefined ? undefined : Number(StatusCode),
    headers: mappedHeaders(mapOf(ResponseParameters), 'gatewayresponse.header.'),
    where: part.name,
    doubt: part.doubt ?? vague ?? (documented && lostAtImport(part, documented)),
  };
}

/** CloudFormation does not put back what an import of a changed document takes away. */
function lostAtImport({ name }: FoundResource, { name: api, properties }: FoundResource): string | undefined {
  if (properties.Body === undefined && properties.BodyS3Location === undefined) return undefined;
  return (
    `${name} stands beside the document of ${api}, and the next import of a changed Body takes it away: ` +
    'write it into x-amazon-apigateway-gateway-responses'
  );
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function checkGatewayResponse({ type, where, headers }: GatewayResponse, faults: string[]): void {
  for (const [header, expression] of headers) {
    const fault = mappingFault(header, expression, GATEWAY_SOURCES);
    if (fault) faults.push(`the gateway response ${type} (${where}) ${fault}`);
  }
}
