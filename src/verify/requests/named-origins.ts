import type { DistributionModel } from '../cloudfront/distribution';
import type { Entrance } from '../entrances';
import type { ApiModel, HttpApiModel, LambdaBackend, RestMethod, RestResource } from '../model/api-model';
import { couldBe, knownParts, unknownParts } from '../unknown';
import type { Stranger } from './strangers';

/**
 * Without a list, the origins that an API lets in by name have to get in, and into no other API;
 * one without names is for any page. A response headers policy names pages, too.
 */
export function originsOf(way: Way): string[] {
  const named = namedBy(way);
  return named.length > 0 ? named : [ANY_PAGE];
}

export const ANY_PAGE = 'https://any-page.example';

/**
 * What a way to an API names beside the origins that should get in. A value of the deployment that
 * may turn out to be one of these is not a stranger for certain.
 */
export function namedBeside(listed: string[], way: Way): Stranger[] {
  return namedBy(way)
    .filter((origin) => !listed.some((each) => couldBe(origin, each)))
    .map((origin) => ({ origin, likeness: 'named in the template' }));
}

type Way = Pick<Entrance, 'api' | 'via'>;

function namedBy({ api, via }: Way): string[] {
  return [...new Set([...namedOrigins(api), ...(via ? originsOfDistribution(via) : [])])];
}

/**
 * The exact origins that an API lets in by name, so that a check needs no list of its own. One that
 * only the deployment knows is an origin, too: that of the page on
 * `https://${Distribution.DomainName}`.
 */
export function namedOrigins(api: ApiModel): string[] {
  const sides = api.sides?.map(({ model }) => model) ?? [api];
  return [...new Set(sides.flatMap(originsIn))];
}

/** The exact origins that the response headers policies of a distribution name. */
function originsOfDistribution({ behaviors }: DistributionModel): string[] {
  const named = behaviors.flatMap(({ responseHeaders }) => responseHeaders?.cors?.origins ?? []);
  return [...new Set(named.filter(isExact))];
}

function originsIn(api: ApiModel): string[] {
  switch (api.kind) {
    case 'REST':
      return originsOfRest(api.root);
    case 'HTTP':
      return originsOfHttp(api);
    case 'FUNCTION_URL':
      return originsOfHttp({ cors: api.cors, routes: [api.route] });
  }
}

/** What functions say counts only where the API has no configuration of its own. */
function originsOfHttp({ cors, routes }: Pick<HttpApiModel, 'cors' | 'routes'>): string[] {
  const named = cors ? cors.allowOrigins : routes.flatMap(({ lambda }) => originsOfFunction(lambda));
  return named.filter((text) => isExact(text) || isValue(text));
}

function originsOfFunction(lambda: LambdaBackend | undefined): string[] {
  return lambda?.cors && 'policy' in lambda.cors ? lambda.cors.policy.origins : [];
}

function originsOfRest(resource: RestResource): string[] {
  const methods = [...resource.methods.values()];
  const ofFunctions = methods.flatMap(({ integration }) => originsOfFunction(integration?.lambda)).filter(isExact);
  return [...methods.flatMap(originsOfMethod), ...ofFunctions, ...resource.children.flatMap(originsOfRest)];
}

/**
 * A mapped header is one origin in quotes;
 * a mapping template has each of its origins in quotes, among other texts.
 */
function originsOfMethod({ integration }: RestMethod): string[] {
  const responses = integration?.responses ?? [];
  const mapped = responses.flatMap(({ headers }) =>
    [...headers].flatMap(([name, value]) => (/^access-control-allow-origin$/i.test(name) ? quoted(value) : [])),
  );
  const inTemplates = responses.flatMap(({ templates }) => [...templates.values()].flatMap(quoted));
  return [...mapped.filter((text) => isExact(text) || isValue(text)), ...inTemplates.filter(isExact)];
}

function quoted(text: string): string[] {
  return Array.from(text.matchAll(/'((?:\uE000[^\uE001]*\uE001|[^'\s])+)'/g), ([, inside]) => inside);
}

/** A scheme and a host, which may be values of the deployment. */
function isExact(text: string): boolean {
  return unknownParts(text).every(isNamed) && /^https?:\/\/[a-z0-9._-]+(:\d+)?$/.test(knownParts(text).join('x'));
}

/** A value of the deployment as a whole. */
function isValue(text: string): boolean {
  const [part, ...others] = unknownParts(text);
  return part !== undefined && others.length === 0 && knownParts(text).join('') === '' && isNamed(part);
}

/** A parameter, an attribute, an import or a dynamic reference: not what nobody could work out. */
function isNamed(part: string): boolean {
  return /^(\{\{resolve:.*|Fn::ImportValue .+|[\w:/.-]+)$/.test(part);
}
