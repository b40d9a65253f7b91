import { unknown } from '../unknown';

/** Whether an attribute of a resource holds what `Ref` gives: its id. */
export function isId(type: string, attribute: string): boolean {
  return type.startsWith('AWS::ApiGateway')
    ? SAME_AS_REF.has(attribute)
    : type.startsWith('AWS::CloudFront::') && attribute === 'Id';
}

/** Attributes of API Gateway's resources that hold what `Ref` gives. */
const SAME_AS_REF = new Set([
  'RestApiId',
  'ResourceId',
  'AuthorizerId',
  'RequestValidatorId',
  'ApiId',
  'IntegrationId',
  'RouteId',
]);

/** An attribute that is an address, with the id in it. */
export function addressOf(type: string, attribute: string, id: string): string | undefined {
  const domain = `.${unknown('AWS::Region')}`;
  switch (`${type}.${attribute}`) {
    case 'AWS::ApiGatewayV2::Api.ApiEndpoint':
      return `https://${id}.execute-api${domain}.${unknown('AWS::URLSuffix')}`;
    case 'AWS::Lambda::Url.FunctionUrl':
      return `https://${id}.lambda-url${domain}.on.aws/`;
    default:
      return undefined;
  }
}
