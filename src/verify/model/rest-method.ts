import type { FoundResource } from '../template/all-resources';
import { isObject } from '../template/cloudformation-template';
import type { JsonObject } from '../template/json';
import { readable } from '../unknown';
import type { Authorization, RestMethod } from './api-model';
import type { ApiParts } from './api-parts';
import { entriesOf, headerNamesOf, isOpen, isTrue, listOf, textOf } from './properties';
import { NO_VALIDATOR, type Validation, validationBy, validatorElsewhere } from './request-validator';
import { isOpenIntegration, readIntegration } from './rest-integration';

/** An AWS::ApiGateway::Method of the resource at a path. */
export function readMethod(part: FoundResource, path: string, all: ApiParts): RestMethod {
  const { HttpMethod, Integration, MethodResponses, RequestModels, ...others } = part.properties;
  const responses = listOf(MethodResponses);
  const isVague =
    isOpenIntegration(Integration) ||
    isOpen(HttpMethod, others.ApiKeyRequired, MethodResponses, ...responses) ||
    responses.some(({ StatusCode, ResponseParameters }) => isOpen(StatusCode, ResponseParameters));
  const doubt = isVague ? `parts of ${part.name} are known only after deployment` : part.doubt;
  return {
    verb: isOpen(HttpMethod) ? HttpMethod : textOf(HttpMethod).toUpperCase(),
    path,
    where: part.name,
    authorization: authorizationOf(others, all),
    apiKey: apiKeyOf(others, all),
    ...validationOf(part.properties, all),
    bodyTypes: entriesOf(RequestModels).map(([type]) => type),
    integration:
      isObject(Integration) || doubt ? readIntegration(isObject(Integration) ? Integration : {}, all.byId) : undefined,
    methodResponses: new Map(
      responses.map(({ StatusCode, ResponseParameters }) => [
        textOf(StatusCode),
        headerNamesOf(Object.keys(ResponseParameters ?? {})),
      ]),
    ),
    doubt,
  };
}

function apiKeyOf({ ApiKeyRequired }: JsonObject, { api }: ApiParts): RestMethod['apiKey'] {
  if (!isTrue(ApiKeyRequired)) return 'NONE';
  const source = textOf(api?.properties.ApiKeySourceType || 'HEADER');
  return source === 'HEADER' || source === 'AUTHORIZER' ? source : 'UNKNOWN';
}

function validationOf(properties: JsonObject, { byId }: ApiParts): Validation {
  const { RequestValidatorId, RequestParameters, RequestModels } = properties;
  const validator = byId.get(textOf(RequestValidatorId))?.properties;
  return validationBy(
    validator
      ? { parameters: validator.ValidateRequestParameters, body: validator.ValidateRequestBody }
      : RequestValidatorId === undefined
        ? NO_VALIDATOR
        : validatorElsewhere(textOf(RequestValidatorId)),
    entriesOf(RequestParameters)
      .map(([name, required]): [string, unknown] => [name.replace(/^method\.request\./, ''), required])
      .filter(([name]) => !name.startsWith('path.')), // which no request lacks
    entriesOf(RequestModels).filter(([, model]) => model !== 'Empty'),
  );
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 */
function authorizationOf(properties: JsonObject, { byId }: ApiParts): Authorization {
  const type = textOf(properties.AuthorizationType || 'NONE');
  if (type === 'NONE') return { type, identitySources: [] };
  if (type === 'AWS_IAM') return { type, name: 'IAM', identitySources: ['header.Authorization'] };
  const authorizer = byId.get(textOf(properties.AuthorizerId));
  const name = authorizer?.name ?? readable(textOf(properties.AuthorizerId ?? type));
  const sources = textOf(authorizer?.properties.IdentitySource)
    .split(',')
    .map((source) => source.trim().replace(/^method\.request\./, ''))
    .filter(Boolean);
  const orToken = sources.length > 0 ? sources : ['header.Authorization'];
  if (type === 'COGNITO_USER_POOLS') return { type: 'COGNITO', name, identitySources: orToken };
  const kind = type === 'CUSTOM' ? authorizer?.properties.Type : undefined;
  if (kind === 'REQUEST') return { type: kind, name, identitySources: sources };
  if (kind === 'TOKEN') return { type: kind, name, identitySources: orToken };
  return { type: 'UNKNOWN', name, identitySources: sources, doubt: authorizer?.doubt };
}
