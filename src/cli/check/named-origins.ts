import type { ApiModel, RestMethod, RestResource } from '../../verify/model/api-model';
import { isKnown } from '../../verify/template/unknown';

/** The exact origins that an API lets in by name, so that a check needs no list of its own. */
export function namedOrigins(api: ApiModel): string[] {
  return Array.from(new Set(api.kind === 'HTTP' ? (api.cors?.allowOrigins ?? []).filter(isExact) : quotedOrigins(api.root)));
}

/** Both a mapped header and a mapping template have each origin in single quotes. */
function quotedOrigins(resource: RestResource): string[] {
  const texts = Array.from(resource.methods.values()).flatMap(corsTexts);
  const own = texts.flatMap((text) => Array.from(text.matchAll(/'([^'\s]+)'/g), ([, quoted]) => quoted).filter(isExact));
  return [...own, ...resource.children.flatMap(quotedOrigins)];
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
