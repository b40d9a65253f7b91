/**
 * Keeps values that may be secret out of everything that the commands write: those of headers that
 * somebody gave or that sound secret, of queries, and of cookies. Their names and lengths stay,
 * which is all that CORS depends on.
 */
export class Secrets {
  /** Header names in lower case, and what each may not show. */
  private readonly given: Map<string, Set<string>>;
  private readonly values: string[];

  /** @param given headers, names as somebody wrote them: one name may come with several values */
  public constructor(given: [string, string][] = [], query = '') {
    const secret = given.map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => !isPublic(name));
    this.given = new Map(secret.map(([name]) => [name, new Set()]));
    for (const [name, value] of secret) this.given.get(name)!.add(value);
    const ofHeaders = secret.flatMap(([, value]) => [value, ...value.split(/[\s,;]+/)]);
    const ofQuery = [...new URLSearchParams(query)].map(([, value]) => value);
    const all = [...ofHeaders, ...ofQuery].flatMap((value) => [value, encodeURIComponent(value)]);
    this.values = [...new Set(all)].filter(({ length }) => length >= SHORTEST).sort((a, b) => b.length - a.length);
  }

  /** Headers as they may be shown: the same object, where nothing in them is secret. */
  public headers(headers: Record<string, string>): Record<string, string> {
    let shown: Record<string, string> | undefined;
    for (const [name, value] of Object.entries(headers)) {
      const other = this.header(name.toLowerCase(), value);
      if (other === value) continue;
      shown ??= { ...headers };
      shown[name] = other;
    }
    return shown ?? headers;
  }

  /** A text as it may be shown: an answer may repeat what it was given. */
  public text(text: string): string {
    const known = this.values.reduce((shown, value) => shown.replaceAll(value, lengthOf(value)), text);
    const withoutQuery = known.includes('=')
      ? known.replace(QUERY_VALUE, (_, name, value) => name + lengthOf(value))
      : known;
    return withoutQuery.includes('@') ? withoutQuery.replace(USER, '//…@') : withoutQuery;
  }

  /**
   * The same for all texts of a value; what is called `headers` or `backendHeaders` in it are headers.
   * Parts without secrets stay the same objects.
   */
  public in<Value>(value: Value, name = ''): Value {
    if (typeof value === 'string') return this.text(value) as Value;
    if (typeof value !== 'object' || value === null) return value;
    if (name === 'headers' || name === 'backendHeaders') return this.headers(value as Record<string, string>) as Value;
    let shown: any;
    for (const [key, item] of Object.entries(value)) {
      const other = this.in(item, key);
      if (other === item) continue;
      shown ??= Array.isArray(value) ? [...value] : { ...value };
      shown[key] = other;
    }
    return shown ?? value;
  }

  private header(name: string, value: string): string {
    if (name === 'set-cookie')
      return value
        .split(/,\s*(?=[^\s;,=]+=)/)
        .map(cookie)
        .join(', ');
    return soundsSecret(name) || this.given.get(name)?.has(value) ? lengthOf(value) : this.text(value);
  }
}

/** Shorter values would be found in every other word. */
const SHORTEST = 6;

const QUERY_VALUE = /([?&#][^?&#=\s"'<>]{1,200}=)((?!\(\d+ characters?\))[^&#\s"'<>]+)/g;
const USER = /\/\/[^/?#\s@"']+@/g;

/**
 * Their values are not secret: what a browser or this program sets, and what CORS itself looks at.
 */
function isPublic(name: string): boolean {
  return PUBLIC.test(name);
}

const PUBLIC = new RegExp(
  '^(accept(-.*)?|content-.*|range|origin|access-control-.*|' +
    'host|connection|user-agent|sec-.*|cache-control|pragma|te|dnt)$',
);

/** Whether the value of a header is kept back, whoever sends it and whatever it is. */
export function soundsSecret(name: string): boolean {
  const lower = name.toLowerCase();
  return SECRET.test(lower) && !isPublic(lower);
}

/** `www-authenticate` says how to log in, and is not a secret. */
const SECRET = /token|secret|key|session|passw|credential|signature|cookie|jwt|auth(?!enticat)/;

function cookie(text: string): string {
  const [, name = '', value = text] = /^([^=;]*)=(.*)$/s.exec(text) ?? [];
  return name && `${name}=${lengthOf(value)}`;
}

function lengthOf({ length }: string): string {
  return `(${length} character${length === 1 ? '' : 's'})`;
}
