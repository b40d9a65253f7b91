/**
 * What CORS_POLICY says, ready to answer with. Its format is described in docs/proxy-backends.md;
 * CorsRuntime writes it. Throws where it says nothing that could be followed, so that the function
 * fails when it starts, and not at a visitor's request.
 */
exports.policyFrom = function policyFrom(text) {
  const {
    origins = [],
    patterns = [],
    methods,
    headers,
    maxAge,
    expose,
    credentials,
    status = 204,
    answersOptions = false,
  } = checked(text);
  const exact = new Set(origins.filter(isSent));
  const expressions = patterns.map(whole);
  const fixed = patterns.length === 0 && exact.size === 1 ? [...exact][0] : undefined;
  const allows = (origin) =>
    exact.has(origin) || (isSent(origin) && expressions.some((expression) => expression.test(origin)));

  const allowCredentials = credentials ? 'true' : undefined;
  const preflight = sent({
    'Access-Control-Allow-Credentials': allowCredentials,
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': headers,
    'Access-Control-Max-Age': maxAge?.toString(),
  });
  const response = sent({
    'Access-Control-Allow-Credentials': allowCredentials,
    'Access-Control-Expose-Headers': expose,
  });

  /**
   * Without a look at the request where one answer does for all; an unlisted origin learns nothing.
   */
  const to = (origin, rest) => {
    if (fixed !== undefined) return { 'Access-Control-Allow-Origin': fixed, ...rest };
    return origin !== undefined && allows(origin)
      ? { 'Access-Control-Allow-Origin': origin, ...rest, Vary: 'Origin' }
      : { Vary: 'Origin' };
  };
  return {
    status,
    answersOptions,
    preflight: (origin) => to(origin, preflight),
    response: (origin) => to(origin, response),
  };
};

/**
 * No page is served by these schemes, and no origin has a backslash, a space, a control character
 * or a letter beyond ASCII.
 */
function isSent(origin) {
  return !/^(wss?|ftp):|[^!-[\]-~]/.test(origin);
}

function checked(text) {
  if (!text)
    throw new Error(
      'CORS_POLICY: this environment variable of the function is missing. Attach a CorsRuntime to the function.',
    );
  const policy = parsed(text);
  const faults = Object.entries(policy).flatMap(([name, value]) => fault(name, value) ?? []);
  if (faults.length === 0 && !policy.origins?.length && !policy.patterns?.length)
    faults.push('CORS_POLICY: nobody is listed in origins or patterns.');
  if (policy.quotes !== undefined && policy.quotes !== text.split('"').length - 1)
    faults.push(
      'CORS_POLICY: a deploy-time value in it has a quote, and would change what the policy says. Write the value without.',
    );
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return policy;
}

function parsed(text) {
  let policy;
  try {
    policy = JSON.parse(text);
  } catch (error) {
    throw new Error(`CORS_POLICY: this environment variable of the function is not JSON: ${error.message}`);
  }
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    throw new Error('CORS_POLICY: this environment variable of the function is not a JSON object.');
  }
  return policy;
}

function fault(name, value) {
  if (!Object.hasOwn(FIELDS, name))
    return `CORS_POLICY.${name}: there is no such field. Known are ${Object.keys(FIELDS).join(', ')}.`;
  const [expected, fits] = FIELDS[name];
  return fits(value) ? undefined : `CORS_POLICY.${name}: ${JSON.stringify(value)} is not ${expected}.`;
}

const isText = (value) => typeof value === 'string';
const isFlag = (value) => typeof value === 'boolean';
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isList = (value) => Array.isArray(value) && value.every(isText);

const FIELDS = {
  origins: ['a list of origins', isList],
  patterns: ['a list of regular expressions', (value) => isList(value) && value.every(isExpression)],
  methods: ['a text', isText],
  headers: ['a text', isText],
  maxAge: ['a whole number of seconds', isCount],
  expose: ['a text', isText],
  credentials: ['true or false', isFlag],
  status: ['a number from 200 to 299', (value) => isCount(value) && value >= 200 && value <= 299],
  answersOptions: ['true or false', isFlag],
  quotes: ['the number of quotes', isCount],
};

/**
 * What Java, JavaScript, Python and RE2 read alike: letters, digits and signs of an origin,
 * classes, groups, alternatives and repeats. Two that RE2 lacks are taken, too: `(?=` and `(?!`.
 * Compiled alone, so that none reaches beyond the anchors that are put around it.
 */
const PORTABLE =
  /^([A-Za-z0-9_:/%~@.\]-]|\\[.[]|\[(\^[^\\[\]&~|^]+|[^\\[\]&~|^][^\\[\]&~|]*)\]|\((\?[:=!]|(?!\?))|\)|\||([?*+]|\{[0-9]{1,3}(,[0-9]{0,3})?\})\??(?![?*+{]))*$/;

function isExpression(text) {
  try {
    return PORTABLE.test(text) && new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}

/** For the whole of an origin: without the flag `m`, `$` is the very end. */
function whole(expression) {
  return new RegExp(`^(?:${expression})$`);
}

function sent(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined && value !== ''));
}
