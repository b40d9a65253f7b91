import { asText } from './as-text';
import type { Json } from './json';

/**
 * `${AWS::Region}` and its like in an OpenAPI document: API Gateway replaces them when it imports
 * the document.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/import-api-aws-variables.html
 */
export function withAwsVariables(value: Json, textFor: (name: string) => Json): Json {
  if (typeof value === 'string') {
    return value.includes('${AWS::')
      ? value.replace(/\$\{(AWS::(?:Region|AccountId|Partition))\}/g, (_, name) => asText(textFor(name)))
      : value;
  }
  if (typeof value !== 'object' || value === null || !holdsVariable(value)) return value;
  if (Array.isArray(value)) return value.map((item) => withAwsVariables(item, textFor));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAwsVariables(item, textFor)]));
}

function holdsVariable(value: Json): boolean {
  if (typeof value === 'string') return value.includes('${AWS::');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsVariable);
}
