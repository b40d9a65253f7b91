import { allResources, type FoundResource } from '../template/all-resources';
import type { TemplateScope } from '../template/scope';
import type { ApiModel } from './api-model';
import type { ApiParts } from './api-parts';
import { readHttpApi } from './http-api';
import { readRestApi } from './rest-api';

/**
 * Every REST and HTTP API that the templates make or add to, together with what the templates
 * around them add.
 */
export function readApis(scopes: TemplateScope[], around: TemplateScope[] = []): ApiModel[] {
  const seen = new Set<TemplateScope>();
  const own = allResources(scopes, TYPES, seen);
  const others = allResources(around, TYPES, seen);
  const resources = [...own.resources, ...others.resources];
  const unread = [...own.unread, ...others.unread];
  const hasApi = own.resources.some(
    ({ type }) => type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGatewayV2::Api',
  );
  const serverless = own.resources.find(({ type }) =>
    (hasApi ? /^AWS::Serverless::(Http)?Api$/ : /^AWS::Serverless::/).test(type),
  );
  if (serverless) {
    throw new Error(
      `${serverless.name} is of type ${serverless.type}: routes appear only after the SAM transform. ` +
        'Pass the transformed template instead, as `sam validate --debug` or a change set of the stack shows it.',
    );
  }

  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const wanted = new Set(own.resources.map((resource) => apiIdOf(resource)));
  const parts = groupBy(resources, (resource) => apiIdOf(resource));
  return Array.from(parts, ([id, members]) => {
    if (!wanted.has(id)) return undefined;
    const api = byId.get(id);
    const stack = unread.find(({ parameters }) => Object.values(parameters).includes(id));
    const all: ApiParts = { id, api, parts: members.filter((member) => member !== api), byId, unread: stack?.name };
    return isHttp(all) ? readHttpApi(all) : readRestApi(all);
  }).filter((model): model is ApiModel => model !== undefined);
}

const TYPES = /^AWS::((ApiGateway(V2)?|Serverless)::|Lambda::(Function|Version|Alias)$)/;

function apiIdOf({ type, id, properties }: FoundResource): string | undefined {
  if (type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGatewayV2::Api') return id;
  const owner = type.startsWith('AWS::ApiGateway::') ? properties.RestApiId : properties.ApiId;
  return typeof owner === 'string' ? owner : undefined;
}

function isHttp({ api, parts }: ApiParts): boolean {
  return (api ?? parts[0]).type.startsWith('AWS::ApiGatewayV2::');
}

function groupBy(
  resources: FoundResource[],
  key: (resource: FoundResource) => string | undefined,
): Map<string, FoundResource[]> {
  const groups = new Map<string, FoundResource[]>();
  for (const resource of resources) {
    const id = key(resource);
    if (id === undefined) continue;
    const group = groups.get(id);
    if (group) group.push(resource);
    else groups.set(id, [resource]);
  }
  return groups;
}
