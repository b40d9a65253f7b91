import { isObject, objectOf } from '../template/cloudformation-template';
import type { Json } from '../template/json';
import { isKnown, readable } from '../unknown';
import type { HttpCors } from './api-model';
import { isOpen, isTrue, strings, textOf } from './properties';

/**
 * CorsConfiguration of an AWS::ApiGatewayV2::Api. `misread`: what comes of a text in place of a
 * list, where it is not simply refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-api-cors.html
 */
export function readCors(configuration: Json, name: string, misread?: (field: string) => string): HttpCors | undefined {
  if (configuration === undefined) return undefined;
  const given = objectOf(configuration);
  const { AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, AllowCredentials, MaxAge } = given;
  const unread = [configuration, AllowOrigins, AllowMethods, AllowHeaders, AllowCredentials].find((value) =>
    isOpen(value),
  );
  const text = LISTS.find((field) => typeof given[field] === 'string');
  return {
    allowOrigins: strings(AllowOrigins),
    allowMethods: strings(AllowMethods),
    allowHeaders: strings(AllowHeaders),
    exposeHeaders: strings(ExposeHeaders),
    allowCredentials: isTrue(AllowCredentials),
    maxAge: MaxAge === undefined ? undefined : textOf(MaxAge),
    doubt:
      (unread &&
        `the CORS configuration of ${name} holds ${readable(textOf(unread))}, which is known only after deployment`) ||
      (text && misread?.(lowerCamel(text))),
  };
}

const LISTS = ['AllowOrigins', 'AllowMethods', 'AllowHeaders', 'ExposeHeaders'];
const FIELDS = [...LISTS, 'AllowCredentials', 'MaxAge'];

/**
 * `x-amazon-apigateway-cors` of a document as CorsConfiguration:
 * it has the same names in camel case.
 */
export function corsConfigurationOf(inDocument: unknown): unknown {
  if (!isObject(inDocument)) return inDocument;
  return Object.fromEntries(FIELDS.map((field) => [field, inDocument[lowerCamel(field)] ?? inDocument[field]]));
}

function lowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** CloudFormation takes neither a text for a list, nor `true` for a configuration, as SAM does. */
export function checkShape(configuration: Json, name: string, faults: string[]): void {
  const isMap = isObject(configuration);
  if (!isMap && !(typeof configuration === 'string' && !isKnown(configuration)))
    faults.push(
      `CorsConfiguration of ${name} is ${JSON.stringify(configuration)}: write AllowOrigins, AllowMethods, … as lists.`,
    );
  for (const field of isMap ? FIELDS.filter((each) => lowerCamel(each) in configuration) : []) {
    faults.push(
      `${lowerCamel(field)} in CorsConfiguration of ${name} is not a property that CloudFormation has: write ${field}.`,
    );
  }
  for (const field of LISTS) {
    const value = objectOf(configuration)[field];
    if (typeof value === 'string' && isKnown(value))
      faults.push(
        `${field} in CorsConfiguration of ${name} is a text, and CloudFormation wants a list: write ["${value}"].`,
      );
  }
}

/**
 * What the service refuses:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function checkCors(cors: HttpCors, name: string, faults: string[]): void {
  for (const origin of cors.allowOrigins.filter(isKnown)) {
    if (!/^(\*|https?:\/\/(\*|[^*/\s]+))$/i.test(origin)) {
      faults.push(
        `the CORS configuration of ${name} allows the origin "${origin}": ` +
          'the service takes exact http(s) origins, *, https://* and http://*.',
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
