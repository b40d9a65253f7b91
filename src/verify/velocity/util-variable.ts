import { isKnown } from '../unknown';
import { JavaException } from './java-string';
import { asValue } from './json-path';
import { HostObject, Unknowable, type Value } from './values';

/**
 * `$util`: "Util variables" in
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export class UtilVariable extends HostObject {
  public override call(method: string, parameters: Value[]): Value | undefined {
    const work = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
    const [text] = parameters;
    if (!work || parameters.length !== 1) return undefined;
    if (text instanceof Unknowable) return text;
    if (typeof text !== 'string') return text === null ? null : work(String(text));
    return isKnown(text)
      ? work(text)
      : new Unknowable(`$util.${method} of a value that is known only after deployment`);
  }
}

const METHODS: Record<string, (text: string) => Value> = {
  escapeJavaScript,
  parseJson: (text) => {
    try {
      return asValue(JSON.parse(text));
    } catch {
      throw new JavaException('$util.parseJson of a text that is not JSON');
    }
  },
  urlEncode: (text) =>
    encodeURIComponent(text)
      .replace(/%20/g, '+')
      .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
  urlDecode: (text) => decodeURIComponent(text.replace(/\+/g, ' ')),
  base64Encode: (text) => Buffer.from(text).toString('base64'),
  base64Decode: (text) => Buffer.from(text, 'base64').toString(),
};

const SHORT: Record<string, string> = { '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };

/**
 * As Apache Commons Lang does it: quotes, slashes, control characters and everything beyond ASCII.
 */
function escapeJavaScript(text: string): string {
  return text
    .replace(/['"\\/]/g, '\\$&')
    .replace(
      /[^\x20-\x7e]/g,
      (char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
}
