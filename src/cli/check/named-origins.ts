import type { ApiModel, HttpApiModel, LambdaBackend, RestMethod, RestResource } from '../../verify/model/api-model';
import { isKnown } from '../../verify/unknown';

/** The exact origins that an API lets in by name, so that a check needs no list of its own. */
export function namedOrigins(api: ApiModel): string[] {
  return Array.from(new Set(api.kind === 'HTTP' ? originsOfHttp(api).filter(isExact) : originsOfRest(api.root)));
}

/** What functions say counts only where the API has no configuration of its own. */
function originsOfHttp({ cors, routes }: HttpApiModel): string[] {
  return cors ? cors.allowOrigins : routes.flatMap(({ lambda }) => originsOfFunction(lambda));
}

function originsOfFunction(lambda: LambdaBackend | undefined): string[] {
  return lambda?.cors && 'policy' in lambda.cors ? lambda.cors.policy.origins : [];
}

/** Both a mapped header and a mapping template have each origin in single quotes. */
function originsOfRest(resource: RestResource): string[] {
  const methods = Array.from(resource.methods.values());
  const texts = methods.flatMap(corsTexts);
  const own = texts.flatMap((text) =>
    Array.from(text.matchAll(/'([^'\s]+)'/g), ([, quoted]) => quoted).filter(isExact),
  );
  const ofFunctions = methods.flatMap(({ integration }) => originsOfFunction(integration?.lambda)).filter(isExact);
  return [...own, ...ofFunctions, ...resource.children.flatMap(originsOfRest)];
}

function corsTexts({ integration }: RestMethod): string[] {
  const responses = integration?.responses ?? [];
  const mapped = responses.flatMap(({ headers }) =>
    Array.from(headers, ([name, value]) => (/^access-control-allow-origin$/i.test(name) ? value : '')),
  );
  return [...mapped, ...responses.flatMap(({ templates }) => Array.from(templates.values()))];
}

function isExact(text: string): boolean {
  return isKnown(text) && /^https?:\/\/[a-z0-9._-]+(:\d+)?$/.test(text);
}
