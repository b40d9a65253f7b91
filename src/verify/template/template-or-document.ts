import { kindOfDocument } from '../../api-gateway/open-api/document-kind';
import { parseText } from '../../text/json-or-yaml';
import { isObject } from './cloudformation-template';

/**
 * What a text holds that somebody wants to have checked: a CloudFormation template, or an OpenAPI
 * document as the API that it becomes when it is imported. `name` is how errors call it, and `id`
 * the logical id of that API.
 */
export function templateOrDocument(
  text: string,
  { name, id, kind, notes }: { name: string; id: string; kind?: 'rest' | 'http'; notes: string[] },
): any {
  const content = parseText(text, name, notes);
  const isDocument = isObject(content) && (content.openapi ?? content.swagger) !== undefined;
  return isDocument ? templateAround(content, id, kind, notes) : content;
}

function templateAround(
  document: Record<string, any>,
  id: string,
  given: 'rest' | 'http' | undefined,
  notes: string[],
): object {
  const told = given ? { kind: given.toUpperCase() } : kindOfDocument(document);
  if ('note' in told && told.note) notes.push(told.note);
  const [Type, more] =
    told.kind === 'HTTP' ? ['AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }] : ['AWS::ApiGateway::RestApi', {}];
  return { Resources: { [id]: { Type, Properties: { ...more, Body: document } } } };
}
