import { allResources, type FoundResource } from '../template/all-resources';
import type { Asked } from '../template/deployment';
import type { TemplateScope } from '../template/scope';
import { unknownParts } from '../unknown';
import type { ApiModel } from './api-model';
import type { ApiParts } from './api-parts';
import { authoringOf } from './authoring';
import { readFunctionUrl } from './function-url';
import { readHttpApi } from './http-api';
import { readRestApi } from './rest-api';
import { type Reading, withSides } from './sides';
import { checkNotSam } from './unreadable-templates';

/**
 * Every REST and HTTP API and function URL that the templates make or add to, together with what
 * the templates around them add. Where a condition is open, an API has a side for each way in which
 * it may turn out.
 */
export function readApis(scopes: TemplateScope[], around: TemplateScope[] = []): ApiModel[] {
  if (scopes.length === 0) return [];
  const { deployment } = scopes[0];
  const first = readingsOf(scopes, around);
  return Array.from(first, ([id, reading]) => {
    const readAgain = (): Reading =>
      readingsOf(scopes, around, id).get(id) ?? { asked: { questions: [], conditions: new Map() } };
    return withSides(reading, deployment, readAgain);
  }).filter((model): model is ApiModel => model !== undefined);
}

/**
 * The APIs as they stand under what is assumed about the deployment, by id;
 * only one of them, if it is named.
 */
function readingsOf(scopes: TemplateScope[], around: TemplateScope[], only?: string): Map<string, Reading> {
  const seen = new Set<TemplateScope>();
  const own = allResources(scopes, TYPES, seen);
  const others = allResources(around, TYPES, seen);
  checkNotSam(own.resources);
  const resources = [...own.resources, ...others.resources];
  const unread = [...own.unread, ...others.unread];
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const wanted = new Set(own.resources.map((resource) => apiIdOf(resource)));
  const groups = groupBy(resources, (resource) => apiIdOf(resource));
  const undecided = [...groups].flatMap(([id, members]) => (dependsOnCondition(id) ? members : []));
  const permissions = resources.some(isUrl) ? allResources([...scopes, ...around], PERMISSION).resources : [];
  const homeless = resources.filter((resource) => apiIdOf(resource) === undefined && resource.doubt !== undefined);
  const readings = new Map<string, Reading>();
  for (const [id, members] of groups) {
    if (!wanted.has(id) || (only !== undefined && id !== only) || dependsOnCondition(id)) continue;
    const stack = unread.find(({ parameters }) => Object.values(parameters).includes(id));
    const api = byId.get(id);
    const parts = members.filter((member) => member !== api);
    const all: ApiParts = {
      id,
      api,
      parts,
      byId,
      unread: stack?.name,
      additions: [...additionsTo(members), ...mayBelongTo(members, homeless)],
    };
    const read = api && isUrl(api) ? readFunctionUrl(api, byId, permissions) : readApi(all);
    const model = read && { ...read, authoring: authoringOf(api, parts) };
    readings.set(id, { model, asked: allAsked([...members, ...undecided, ...functionsOf(members, resources)]) });
  }
  return readings;
}

const TYPES = /^AWS::((ApiGateway(V2)?|Serverless)::|Lambda::(Function|Version|Alias|Url)$)/;
/** An app has two or more for each method of an API, so they are read only where they count. */
const PERMISSION = /^AWS::Lambda::Permission$/;

function readApi(all: ApiParts): ApiModel | undefined {
  const read = isHttp(all) ? readHttpApi(all) : readRestApi(all);
  const { notes = [] } = all.api ?? {};
  return notes.length > 0 && read ? { ...read, notes } : read;
}

function isUrl({ type }: FoundResource): boolean {
  return type === 'AWS::Lambda::Url';
}

/** Whether only an open condition says to which API something belongs. */
function dependsOnCondition(id: string): boolean {
  return unknownParts(id).some((part) => part.startsWith('Fn::If '));
}

function additionsTo(members: FoundResource[]): string[] {
  return [
    ...new Set(
      members.flatMap(({ scope, additions }) => [
        ...additions,
        ...scope.additions.map((each) => `${each} adds resources`),
      ]),
    ),
  ];
}

/** Parts of some API of the same kind, of which nothing is seen. */
function mayBelongTo([{ type }]: FoundResource[], homeless: FoundResource[]): string[] {
  const [, service] = type.split('::');
  return homeless.flatMap((part) => (part.type.split('::')[1] === service && part.doubt ? [part.doubt] : []));
}

/** The functions to which an API refers, where what they are depends on a condition. */
function functionsOf(members: FoundResource[], resources: FoundResource[]): FoundResource[] {
  const open = resources.filter(({ type, asked }) => asked.questions.length > 0 && /^AWS::Lambda::(?!Url)/.test(type));
  if (open.length === 0) return [];
  const texts = JSON.stringify(members.map(({ properties }) => properties));
  return open.filter(({ id }) => texts.includes(id));
}

function allAsked(members: FoundResource[]): Asked {
  return {
    questions: members.flatMap(({ asked }) => asked.questions),
    conditions: new Map(members.flatMap(({ asked }) => [...asked.conditions])),
  };
}

function apiIdOf({ type, id, properties }: FoundResource): string | undefined {
  if (type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGatewayV2::Api' || type === 'AWS::Lambda::Url')
    return id;
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
