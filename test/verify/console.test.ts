import { CAUSES } from '../../src/verify/console/causes';
import { FRAMES, OF_PREFLIGHT } from '../../src/verify/console/frames';
import { recognize } from '../../src/verify/console/recognize';
import { told } from '../../src/verify/console/telling';
import { filledIn } from '../../src/verify/console/wording';
import { APP } from '../support/pages';

const URL_OF_API = 'https://api.example.com/prod/items';
const GAPS = {
  url: URL_OF_API,
  kind: 'fetch',
  origin: APP,
  header: 'x-tenant',
  method: 'PUT',
  list: 'Headers',
  to: 'https://login.example.com/',
  page: APP,
};
const CHROMIUM = filledIn(FRAMES[1].text, GAPS);
const FIREFOX = filledIn(FRAMES[2].text, GAPS);
const MISSING = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
const ofFirefox = (reason: string, status = '') => `${FIREFOX}${reason}).${status && ` Status code: ${status}.`}`;
const GONE = ofFirefox('CORS request did not succeed', '(null)');

const idsIn = (text: string) => recognize(text).map(({ cause }) => cause.id);

describe('every wording in the table', () => {
  const rows = CAUSES.flatMap((cause) => cause.prints.map((print) => [cause.id, print] as const));

  test.each(rows)('is recognized as what it is printed for: %s %j', (id, print) => {
    const text = filledIn(print.text, {
      ...GAPS,
      value: id === 'not-an-origin' ? 'foo' : id === 'several-origins' ? 'a, b' : 'https://other.example',
      code: '404',
      what: 'resource',
    });
    const message =
      print.alone || print.engine === 'webkit' ? text : print.engine === 'chromium' ? CHROMIUM + text : ofFirefox(text);
    const [incident] = recognize(message);
    expect(incident?.cause.id).toBe(id);
    expect(incident.engines).toEqual([print.engine]);
  });

  test.each(CAUSES.map((cause) => [cause.id, cause] as const))(
    'leaves no gap open in what it explains: %s',
    (_, { happened, isNot = '', leads, see, fixes }) => {
      for (const text of [happened, isNot, see, ...leads.map((lead) => lead.text), ...Object.values(fixes)]) {
        expect(told(text, { gaps: {} })).not.toMatch(/\{[a-z]+[A-Z]?\w*\}/);
      }
    },
  );

  test('has a name of its own, and refines only what there is', () => {
    const ids = CAUSES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(CAUSES.flatMap(({ refines }) => refines ?? []).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('a message means something else once more is known', () => {
  test.each([
    ['without a status, the response lacks the header', CHROMIUM + MISSING, ['no-origin']],
    ['of a preflight, the status is open', CHROMIUM + OF_PREFLIGHT + MISSING, ['preflight-no-origin']],
    [
      'with a status of 502, the API failed first',
      ofFirefox('CORS header ‘Access-Control-Allow-Origin’ missing', '502'),
      ['failed-first'],
    ],
    [
      'with a second line in Firefox, it was the preflight',
      `${ofFirefox('CORS header ‘Access-Control-Allow-Origin’ missing', '404')}\n${GONE}`,
      ['preflight-status'],
    ],
    [
      'with 302 and a second line, a redirect and not a preflight',
      `${ofFirefox('CORS header ‘Access-Control-Allow-Origin’ missing', '302')}\n${GONE}`,
      ['redirected'],
    ],
    [
      'with 307 and three lines, the preflight was redirected',
      [ofFirefox('CORS header ‘Access-Control-Allow-Origin’ missing', '307'), GONE, GONE].join('\n'),
      ['preflight-redirect'],
    ],
    [
      'with a status beside ERR_FAILED, the API failed first',
      `${CHROMIUM}${MISSING}\nxhr.js:258  GET ${URL_OF_API} net::ERR_FAILED 504 (Gateway Timeout)`,
      ['failed-first'],
    ],
    [
      'with ERR_FAILED and 200, the header is missing',
      `${CHROMIUM}${MISSING}\nGET ${URL_OF_API} net::ERR_FAILED 200 (OK)`,
      ['no-origin'],
    ],
    [
      'of another URL, a status says nothing',
      `${CHROMIUM}${MISSING}\nGET https://other.example/ net::ERR_FAILED 504`,
      ['no-origin'],
    ],
    [
      'two equal values in one header come from two layers',
      ofFirefox('CORS header ‘Access-Control-Allow-Origin’ does not match ‘*, *’'),
      ['several-origins'],
    ],
    [
      'an empty value is not an origin',
      ofFirefox('CORS header ‘Access-Control-Allow-Origin’ does not match ‘’'),
      ['not-an-origin'],
    ],
    ['the second line alone means that there was no answer', GONE, ['no-answer']],
    [
      'a response header in the page is not to be allowed',
      `${CHROMIUM}Request header field access-control-allow-origin is not allowed by Access-Control-Allow-Headers in preflight response.`,
      ['response-header-sent'],
    ],
  ])('%s', (_, text, ids) => expect(idsIn(text)).toEqual(ids));

  test('the method stands beside ERR_FAILED', () => {
    expect(recognize(`${CHROMIUM}${MISSING}\nPUT ${URL_OF_API} net::ERR_FAILED`)[0].message).toMatchObject({
      method: 'PUT',
      url: URL_OF_API,
      origin: APP,
    });
  });
});

describe('a copy that went through many hands', () => {
  const HEADER = `${CHROMIUM}Request header field x-tenant is not allowed by Access-Control-Allow-Headers in preflight response.`;

  test.each([
    ['with curly quotes', HEADER.replace(/'([^']*)'/g, '‘$1’')],
    ['escaped for HTML', HEADER.replace(/'/g, '&#39;')],
    ['escaped twice', HEADER.replace(/'/g, '&amp;#x27;')],
    ['escaped for a string', HEADER.replace(/'/g, "\\'")],
    ['wrapped at 60 characters', HEADER.replace(/(.{1,60})( |$)/g, '$1\n')],
    ['behind a file name and a time', `10:42:01.123 cart.js:1 ${HEADER}`],
    ['quoted in a mail', HEADER.replace(/^/gm, '> ')],
    ['with line ends of Windows', `\r\n${HEADER}\r\n`],
    ['with colours', `\u001b[31m${HEADER}\u001b[0m`],
    [
      'without its beginning',
      'Request header field x-tenant is not allowed by Access-Control-Allow-Headers in preflight response.',
    ],
    ['cut off in the middle', `${HEADER.slice(0, -30)}…`],
  ])('%s is recognized all the same', (_, text) => {
    const [{ cause, message }, ...others] = recognize(text);
    expect([cause.id, message.gaps.header, others.length]).toEqual(['header', 'x-tenant', 0]);
  });

  test('in another language, or cut off before the reason, is said to be open', () => {
    const german = `Quellübergreifende (Cross-Origin) Anfrage blockiert: Die Gleiche-Quelle-Regel verbietet das Lesen der externen Ressource auf ${URL_OF_API}. (Grund: CORS-Kopfzeile ‘Access-Control-Allow-Origin’ fehlt). Statuscode: 403.`;
    for (const text of [german, CHROMIUM, `${CHROMIUM}A reason of the year 2030.`]) {
      const [incident, ...others] = recognize(text);
      expect([incident.cause.id, incident.message.url, others.length]).toEqual(['reason-unknown', URL_OF_API, 0]);
    }
  });

  test('names of the developer tools are recognized, too', () => {
    expect(idsIn('Cross-Origin Resource Sharing error: PreflightMissingAllowOriginHeader')).toEqual([
      'preflight-no-origin',
    ]);
    expect(idsIn('https://developer.mozilla.org/docs/Web/HTTP/CORS/Errors/CORSMissingAllowOrigin')).toEqual([
      'no-origin',
    ]);
  });
});

describe('a whole console', () => {
  test('tells each failure once, however often and by whomever it is told', () => {
    const webkit = `Preflight response is not successful. Status code: 403\nFetch API cannot load ${URL_OF_API} due to access control checks.\nFailed to load resource: Preflight response is not successful. Status code: 403`;
    const all = [
      CHROMIUM + OF_PREFLIGHT + MISSING,
      ofFirefox('CORS header ‘Access-Control-Allow-Origin’ missing', '403'),
      GONE,
      webkit,
    ].join('\n');
    const [incident, ...others] = recognize(`${all}\n${all}\nUncaught (in promise) TypeError: Failed to fetch`);
    expect([incident.cause.id, incident.message.status, others.length]).toEqual(['preflight-status', 403, 0]);
    expect(incident.engines).toEqual(['chromium', 'firefox', 'webkit']);
  });

  test('tells apart what fails with different statuses', () => {
    const inFirefox = ofFirefox('CORS header ‘Access-Control-Allow-Origin’ missing', '502');
    const inSafari = `Origin ${APP} is not allowed by Access-Control-Allow-Origin. Status code: 403`;
    const told = (text: string) =>
      recognize(text).map(({ cause, message, engines }) => [cause.id, message.status, ...engines]);
    const both = [
      ['failed-first', 502, 'firefox'],
      ['failed-first', 403, 'webkit'],
    ];
    expect(told(`${inFirefox}\n${inSafari}`)).toEqual(both);
    expect(
      told(`${inFirefox}\n${inSafari}\nFetch API cannot load ${URL_OF_API} due to access control checks.`),
    ).toEqual(both);
  });

  test('tells several failures apart', () => {
    const other = `${CHROMIUM.replace('items', 'orders')}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`;
    expect(idsIn(`${CHROMIUM}${MISSING} ${other}`)).toEqual(['no-origin', 'method']);
  });

  test.each([
    '',
    '   \n\n',
    'CORS',
    'hello',
    'the upload was blocked, ask about the policy',
    'curl: (7) Failed to connect to localhost port 4000',
    'Access to the building has been blocked',
  ])('without a message is not recognized: %j', (text) => expect(recognize(text)).toEqual([]));
});

describe('a hostile text', () => {
  const NASTY = 'https://a.example/\u202e\u001b[31m\u001b]0;owned\u0007\u200b\ud800\u2066%0a';
  const CONTROL = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}/u;

  test('leaves nothing of its control characters, colours and directions in what is shown', () => {
    const text = `Access to fetch at '${NASTY}' from origin '${NASTY}' has been blocked by CORS policy: Request header field ${NASTY} is not allowed by Access-Control-Allow-Headers in preflight response.`;
    const [{ cause, message }] = recognize(text);
    expect(cause.id).toBe('header');
    for (const each of [cause.happened, cause.see, ...Object.values(cause.fixes)])
      expect(told(each, message)).not.toMatch(CONTROL);
    expect(JSON.stringify(recognize(text.replaceAll('\u001b', '&#27;').replaceAll('\u202e', '&#x202e;')))).not.toMatch(
      CONTROL,
    );
  });

  test('does not get a command of its own into what a reader may copy', () => {
    const text = `Access to fetch at 'https://a.example/$(reboot)' from origin 'https://b.example;reboot' has been blocked by CORS policy: ${MISSING}`;
    const [{ cause, message }] = recognize(text);
    expect(told(cause.see, message)).toContain('cdk-cors probe <url> --origin https://app.example.com');
    expect(
      Object.values(cause.fixes)
        .map((fix) => told(fix, message))
        .join(),
    ).not.toContain('reboot');
  });

  test('shows no query and no password of a URL', () => {
    const text = `Access to fetch at 'https://u:secret@api.example.com/x?token=secret#secret' from origin '${APP}' has been blocked by CORS policy: ${MISSING}`;
    const [{ cause, message }] = recognize(text);
    expect(told(cause.happened, message)).toContain('https://api.example.com/x?…');
    for (const each of [cause.happened, cause.see]) expect(told(each, message)).not.toContain('secret');
  });

  const MEGABYTES = 10;
  const filled = (part: string) => part.repeat(Math.ceil((MEGABYTES * 1024 * 1024) / part.length));
  test.each([
    ['one line of beginnings', filled("Access to fetch at '")],
    ['many lines of beginnings', filled("Access to fetch at 'https://x\n")],
    ['one line of ends', filled(' is not allowed by Access-Control-Allow-Origin')],
    ['entities', filled('&amp;')],
    ['escapes', filled('\u001b[')],
    ['unclosed titles', filled('\u001b]0;')],
    ['backslashes', filled('\\')],
    ['combining marks', filled('\u0301')],
    ['whole messages', filled(`${CHROMIUM}${MISSING}\n`)],
    [
      'different messages',
      Array.from({ length: 60_000 }, (_, i) => `${CHROMIUM.replace('items', `items${i}`)}${MISSING}`).join('\n'),
    ],
    ['requests', filled('GET GET https://x ')],
    ['URLs', filled('https://')],
    ['spaces', filled(' \t')],
  ])('of 10 MB is read in seconds: %s', (_, text) => {
    const before = performance.now();
    recognize(text);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
