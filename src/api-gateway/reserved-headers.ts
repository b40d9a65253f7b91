import { asText } from '../text/as-text';

/**
 * The header that a parameter mapping of an HTTP API touches although API Gateway reserves it: the
 * service refuses the integration. `mapping` is a RequestParameters or ResponseParameters property
 * in any of its forms.
 *
 * "Reserved headers" in
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function reservedHeaderIn(mapping: unknown): string | undefined {
  return mappedHeadersOf(mapping).find((name) => RESERVED.test(name));
}

/** The fault of mappings that touch a header of CORS. */
export function corsMappingFault(...mappings: unknown[]): string | undefined {
  const header = mappings.flatMap(mappedHeadersOf).find((name) => /^access-control-/i.test(name));
  return header === undefined
    ? undefined
    : `a parameter mapping touches ${header}, which API Gateway reserves and refuses at deployment. ` +
        'Leave it out: the CORS policy of the API sends it.';
}

const RESERVED = new RegExp(
  '^(access-control-.*|apigw-.*|authorization|connection|content-(encoding|length|location)|forwarded|keep-alive|' +
    'origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|' +
    'x-amz-.*|x-amzn-.*|x-forwarded-(for|host|proto)|via)$',
  'i',
);

/** `overwrite:header.X-Name` is a key, or the value of `Destination`, at whatever depth. */
function mappedHeadersOf(mapping: unknown): string[] {
  if (typeof mapping !== 'object' || mapping === null) return [];
  return Object.entries(mapping).flatMap(([key, value]) => {
    const place = key.toLowerCase() === 'destination' ? asText(value) : key;
    const [, name] = /^(?:append|overwrite|remove):header\.(.+)$/i.exec(place) ?? [];
    return [...(name === undefined ? [] : [name]), ...mappedHeadersOf(value)];
  });
}
