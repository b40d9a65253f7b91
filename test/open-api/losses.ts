/**
 * Where the old document says something that the new one does not say in the same order; templates
 * may have something in front.
 */
export function losses(before: any, after: any, place = ''): string[] {
  if (typeof before === 'string' && /responseTemplates/.test(place))
    return String(after).endsWith(before) ? [] : [place];
  if (isCopiedIn(before, after, place)) return [];
  if (typeof before !== 'object' || before === null) return Object.is(before, after) ? [] : [place];
  if (typeof after !== 'object' || after === null || Array.isArray(before) !== Array.isArray(after)) return [place];
  const keys = Object.keys(before);
  const kept = Object.keys(after).filter((key) => Object.hasOwn(before, key));
  return kept.join('\n') === keys.join('\n')
    ? keys.flatMap((key) => losses(before[key], after[key], `${place}/${key}`))
    : [`${place} ${keys}`];
}

/** Where the new document says something that the old one does not. */
export function additions(before: any, after: any, place = ''): string[] {
  if (typeof after !== 'object' || after === null || isCopiedIn(before, after, place)) return [];
  return Object.keys(after).flatMap((key) =>
    Object.hasOwn(before ?? {}, key) ? additions(before[key], after[key], `${place}/${key}`) : [`${place} ${key}`],
  );
}

/** A response that an import of a REST API would not find behind its reference. */
function isCopiedIn(before: any, after: any, place: string): boolean {
  return /\/responses\/\w+$/.test(place) && before?.$ref !== undefined && after?.description !== undefined;
}

/** A place of an addition that only CORS needs. */
export const ABOUT_CORS =
  /(\/paths\/[^ ]+ options|\/components\/pathItems\/\w+ options|gateway-responses| x-amazon-apigateway-cors|headers|(headers|responseParameters) [\w.-]*(Access-Control-[\w-]+|Vary)|responses \d{3}| responses|response(Parameters|Templates))$/;
