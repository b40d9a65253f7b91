import { readable, unknown } from '../unknown';
import { asText } from './as-text';
import { isObject, objectOf } from './cloudformation-template';
import { TRANSFORM } from './expand-keys';
import type { Json, JsonObject } from './json';

/**
 * Properties without the keys that say that the deployment adds to a map,
 * and what follows from them.
 */
interface SettledProperties {
  readonly properties: JsonObject;
  /** What adds to an API: what is there stays, what is missing may come. */
  readonly additions: string[];
  /** Why the resource may be another one than is seen. */
  readonly doubt?: string;
  /** What was left out, since it is no part of what it stands in. */
  readonly notes?: string[];
}

/**
 * An API can only gain by what is added to its document or itself; of any other resource nobody can
 * tell what it will be.
 */
export function settled(type: string, name: string, given: JsonObject): SettledProperties {
  const isApi = type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGatewayV2::Api';
  if (isApi) return settledApi(name, given);
  if (!holdsAddition(given)) return { properties: given, additions: [] };
  const { [TRANSFORM]: addition = 'an include', ...own } = given;
  const properties = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, closed(value)]));
  return {
    properties,
    additions: [],
    doubt: `parts of ${name} come only with the deployment, from ${readable(asText(addition))}`,
  };
}

function settledApi(name: string, given: JsonObject): SettledProperties {
  const additions: string[] = [];
  const properties = openMap(given, name, additions);
  if (given.CloneFrom !== undefined)
    additions.push(`${name} begins as a copy of the API ${readable(asText(given.CloneFrom))}`);
  for (const [key, value] of Object.entries(properties)) {
    properties[key] = key === 'Body' && isObject(value) ? settledDocument(value, name, additions) : closed(value);
  }
  if (given[TRANSFORM] !== undefined) properties.CorsConfiguration ??= given[TRANSFORM]; // it may bring one
  const paths = Object.keys(objectOf(objectOf(properties.Body).paths));
  const odd = paths.filter((path) => !/^(\/|\$default$|x-)/.test(path));
  const notes = odd.map((path) => `paths["${readable(path)}"] of ${name} is left out: a path begins with a slash`);
  return { properties, additions, notes };
}

function settledDocument(document: JsonObject, name: string, additions: string[]): JsonObject {
  const body = openMap(document, `the document of ${name}`, additions);
  for (const [key, value] of Object.entries(body))
    body[key] = key === 'paths' || key === RESPONSES ? value : closed(value);
  if (typeof body.paths === 'string') additions.push(`all paths of ${name} come from ${readable(body.paths)}`);
  if (isObject(body[RESPONSES]))
    body[RESPONSES] = shallow(body[RESPONSES], `the gateway responses of ${name}`, additions);
  if (!isObject(body.paths)) return body;
  body.paths = openMap(body.paths, `the paths of ${name}`, additions);
  for (const [path, item] of Object.entries<Json>(body.paths)) {
    if (typeof item === 'string') additions.push(`the path ${readable(path)} of ${name} comes from ${readable(item)}`);
    if (isObject(item)) body.paths[path] = shallow(item, `the path ${readable(path)} of ${name}`, additions);
  }
  return body;
}

const RESPONSES = 'x-amazon-apigateway-gateway-responses';

function shallow(map: JsonObject, what: string, additions: string[]): JsonObject {
  return Object.fromEntries(Object.entries(openMap(map, what, additions)).map(([key, value]) => [key, closed(value)]));
}

/** A map that may have more keys. */
function openMap({ [TRANSFORM]: addition, ...map }: JsonObject, what: string, additions: string[]): JsonObject {
  if (addition !== undefined) additions.push(`${readable(asText(addition))} adds to ${what}`);
  return map;
}

/** A value in which every map that may have more keys is unknown as a whole. */
function closed(value: Json): Json {
  if (typeof value !== 'object' || value === null || !holdsAddition(value)) return value;
  if (Array.isArray(value)) return value.map(closed);
  if (value[TRANSFORM] !== undefined) return unknown(readable(asText(value[TRANSFORM])));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, closed(item)]));
}

function holdsAddition(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return TRANSFORM in value || Object.values(value).some(holdsAddition);
}
