import { OpenApiDocument, type OpenApiObject } from '../../../api-gateway/open-api/document';
import type { FoundResource } from '../../template/all-resources';
import { isObject } from '../../template/cloudformation-template';
import type { ApiParts } from '../api-parts';
import { corsConfigurationOf } from '../http-cors';
import { isOpen, textOf } from '../properties';
import { basePathOf } from './document-of-api';
import { httpSecurity } from './http-security';
import { ImportedResources } from './imported-resources';
import { type ImportedOperation, operationsOf, requestModels } from './operations';

/**
 * An HTTP API with the resources that the import of its document makes:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
export function importHttpApi(root: OpenApiObject, api: FoundResource, all: ApiParts): ApiParts {
  const imported = new ImportedResources(api, 'AWS::ApiGatewayV2');
  const document = new OpenApiDocument(root);
  const base = basePathOf(root, api.properties.BasePath);
  for (const found of operationsOf(document)) {
    const { path, verb, operation, isUnreadable, isDefaultRoute } = found;
    const mayBeDefault = isOpen(operation.isDefaultRoute) ? operation.isDefaultRoute : undefined;
    const isVague = isUnreadable || mayBeDefault !== undefined;
    const properties = {
      RouteKey: isDefaultRoute ? '$default' : (mayBeDefault ?? `${verb} ${base}${path}`),
      Target: targetOf(found, imported),
      ...httpSecurity(operation, document, imported),
      RequestModels: requestModels(found, document),
    };
    const doubt = isVague ? `${verb} ${path} of ${api.name} is known only after deployment` : undefined;
    imported.add('Route', `paths["${path}"] of ${api.name}`, properties, { doubt });
  }
  const CorsConfiguration = api.properties.CorsConfiguration ?? corsConfigurationOf(root['x-amazon-apigateway-cors']);
  return imported.within({ ...all, api: { ...api, properties: { ...api.properties, CorsConfiguration } } });
}

function targetOf({ verb, path, integration }: ImportedOperation, imported: ImportedResources): string | undefined {
  if (!isObject(integration)) return undefined;
  const id = imported.add('Integration', `the integration of ${verb} ${path}`, {
    IntegrationType: textOf(integration.type).toUpperCase(),
    IntegrationUri: integration.uri,
    RequestParameters: integration.requestParameters,
    ResponseParameters: integration.responseParameters,
  });
  return `integrations/${id}`;
}
