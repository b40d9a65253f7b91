import { isObject } from '../template/cloudformation-template';
import { isKnown, readable } from '../unknown';
import type { HttpCors } from './api-model';
import { strings, textOf } from './properties';

/**
 * CorsConfiguration of an AWS::ApiGatewayV2::Api, or `x-amazon-apigateway-cors` of a document,
 * which has the same names in camel case.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-api-cors.html
 */
export function readCors(configuration: any, name: string): HttpCors | undefined {
  if (configuration === undefined) return undefined;
  const given = isObject(configuration) ? configuration : {};
  const property = (key: string): any => given[key] ?? given[key.charAt(0).toLowerCase() + key.slice(1)];
  const [AllowOrigins, AllowMethods, AllowHeaders, AllowCredentials] = [
    'AllowOrigins',
    'AllowMethods',
    'AllowHeaders',
    'AllowCredentials',
  ].map(property);
  const MaxAge = property('MaxAge');
  const unread = [configuration, AllowOrigins, AllowMethods, AllowHeaders, AllowCredentials].find(
    (value) => !isKnown(typeof value === 'string' ? value : ''),
  );
  return {
    allowOrigins: strings(AllowOrigins),
    allowMethods: strings(AllowMethods),
    allowHeaders: strings(AllowHeaders),
    exposeHeaders: strings(property('ExposeHeaders')),
    allowCredentials: textOf(AllowCredentials) === 'true',
    maxAge: MaxAge === undefined ? undefined : textOf(MaxAge),
    doubt:
      unread && `the CORS configuration of ${name} holds ${readable(unread)}, which is known only after deployment`,
  };
}

/**
 * What the service refuses:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function checkCors(cors: HttpCors, name: string, faults: string[]): void {
  for (const origin of cors.allowOrigins.filter(isKnown)) {
    if (!/^(\*|https?:\/\/(\*|[^*/\s]+))$/i.test(origin)) {
      faults.push(
        `the CORS configuration of ${name} allows the origin "${origin}": the service takes exact http(s) origins, *, https://* and http://*.`,
      );
    }
  }
  if (cors.allowCredentials && cors.allowOrigins.includes('*')) {
    faults.push(
      `the CORS configuration of ${name} has AllowCredentials together with the origin *: the service refuses that.`,
    );
  }
  if (cors.maxAge !== undefined && isKnown(cors.maxAge) && !isMaxAge(Number(cors.maxAge))) {
    faults.push(`the CORS configuration of ${name} has MaxAge ${cors.maxAge}: the service takes -1 to 86400.`);
  }
}

function isMaxAge(seconds: number): boolean {
  return seconds >= -1 && seconds <= 86_400;
}
