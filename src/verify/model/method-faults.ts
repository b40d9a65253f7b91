import type { FoundResource } from '../template/all-resources';
import type { RestMethod } from './api-model';
import { mappingFault, RESPONSE_SOURCES } from './mapping-expression';
import { listOf, textOf } from './properties';

/**
 * What makes the deployment of a method fail.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export function checkMethod(method: RestMethod, { properties }: FoundResource, faults: string[]): void {
  const name = `${method.verb} ${method.path} (${method.where})`;
  if (properties.AuthorizationType === 'CUSTOM' && properties.AuthorizerId === undefined)
    faults.push(`${name} has AuthorizationType CUSTOM and no AuthorizerId: "Invalid authorizer ID specified".`);
  const statuses = listOf(properties.MethodResponses).map(({ StatusCode }) => textOf(StatusCode));
  const twice = statuses.find((status, index) => statuses.indexOf(status) !== index);
  if (twice)
    faults.push(
      `${name} has two method responses with the status ${twice}: "Response already exists for this resource".`,
    );
  const { integration } = method;
  if (!integration || integration.type.endsWith('_PROXY')) return; // no integration responses there

  for (const { statusCode, headers } of integration.responses) {
    const declared = method.methodResponses.get(statusCode);
    for (const [header, expression] of headers) {
      if (!declared?.has(header.toLowerCase()))
        faults.push(
          `${name} maps ${header} on the integration response ${statusCode}, ` +
            `but its method response ${statusCode} does not declare it: ` +
            `add "method.response.header.${header}": true there.`,
        );
      const fault = mappingFault(header, expression, RESPONSE_SOURCES);
      if (fault) faults.push(`${name} ${fault}`);
    }
  }
}
