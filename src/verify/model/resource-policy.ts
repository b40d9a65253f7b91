import type { FoundResource } from '../template/all-resources';
import { isObject, objectOf } from '../template/cloudformation-template';
import type { Json, JsonObject } from '../template/json';
import { readable } from '../unknown';
import type { ResourcePolicy } from './api-model';
import { textOf } from './properties';

/**
 * Who may call a REST API: its `Policy`, or `x-amazon-apigateway-policy` of its document. Either
 * may be an object or a text of JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
 */
export function readPolicy(api: FoundResource, document: JsonObject | undefined): ResourcePolicy | undefined {
  const { Policy } = api.properties;
  const inDocument = document?.['x-amazon-apigateway-policy'];
  if (Policy === undefined || inDocument === undefined) return policyOf(Policy ?? inDocument, api.name);
  return {
    statements: [],
    doubt: `${api.name} has a Policy beside the one in its document, and which counts is not known`,
  };
}

function policyOf(given: Json, name: string): ResourcePolicy | undefined {
  const policy = typeof given === 'string' ? parsed(given) : given;
  if (policy === undefined) {
    // The Serverless Framework writes "".
    if (given === undefined || (typeof given === 'string' && given.trim() === '')) return undefined;
    return { statements: [], doubt: `the resource policy of ${name} is ${readable(textOf(given))}` };
  }
  const listed = isObject(policy) ? policy.Statement : policy;
  const statements = Array.isArray(listed) ? listed : listed === undefined ? [] : [listed];
  if (statements.length === 0 && isObject(policy)) return undefined;
  const open = statements.find((statement) => !isObject(statement));
  if (open === undefined) return { statements: statements.map(objectOf) };
  return { statements: [], doubt: `a statement of the resource policy of ${name} is ${readable(textOf(open))}` };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
