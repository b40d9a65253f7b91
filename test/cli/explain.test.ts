import { Readable } from 'node:stream';
import { Command } from 'commander';
import { defineExplain } from '../../src/cli/explain/command';
import { APP } from '../support/pages';
import { get, options, put, restApi } from '../support/templates';
import { file, run, terminal } from './run';

const MISSING = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
const PREFLIGHT = "Response to preflight request doesn't pass access control check: ";
const of = (url: string, reason: string, origin = APP) =>
  `Access to fetch at '${url}' from origin '${origin}' has been blocked by CORS policy: ${reason}`;

/** Two HTTP APIs, one of which lets the app in. */
const template = {
  Resources: Object.fromEntries(
    ['Shop', 'Orders'].flatMap((id) => [
      [
        id,
        {
          Type: 'AWS::ApiGatewayV2::Api',
          Properties: {
            ProtocolType: 'HTTP',
            ...(id === 'Shop' && {
              CorsConfiguration: { AllowOrigins: [APP], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['content-type'] },
            }),
          },
        },
      ],
      [`${id}Stage`, { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: id }, StageName: '$default' } }],
      [
        `${id}Route`,
        {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: { ApiId: { Ref: id }, RouteKey: `PUT /${id.toLowerCase()}/{id}` },
        },
      ],
    ]),
  ),
};
const app = () => file('template.json', template);
const EXECUTE_API = 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com';

describe('explain', () => {
  test('tells what happened, what it is not, what leads to it, and what to change', async () => {
    const { code, out } = await run(['explain', of('https://api.example.com/items', PREFLIGHT + MISSING)]);
    expect(code).toBe(0);
    for (const part of [
      /^The answer to the preflight/,
      /\n {2}Not /,
      /\n {2}Likely/,
      /\n {2}Look /,
      /\n {2}Fix/,
      /EnableCors\.on\(api/,
    ])
      expect(out).toMatch(part);
  });

  test('takes words without quotes, and standard input', async () => {
    const words = of('https://api.example.com/items', MISSING).split(' ');
    expect((await run(['explain', ...words])).code).toBe(0);
    const out: string[] = [];
    let code = -1;
    const program = new Command().exitOverride();
    const input = Readable.from([Buffer.from('noise\n'), Buffer.from(words.join(' '))]);
    defineExplain(
      program,
      { ...terminal(), write: (text) => void out.push(text) },
      (end) => {
        code = end;
      },
      input,
    );
    await program.parseAsync(['explain'], { from: 'user' });
    expect([code, out.join()]).toEqual([0, expect.stringContaining('no Access-Control-Allow-Origin')]);
  });

  test('says so where nothing is recognized, shows what would be, and exits with 2', async () => {
    const { code, out } = await run(['explain', 'my website does not work']);
    expect(code).toBe(2);
    expect(out).toMatch(/No message of a browser was recognized[\s\S]*Firefox: Cross-Origin Request Blocked/);
  });

  test('does without a cdk.out, and says why one that is asked for cannot be read', async () => {
    expect((await run(['explain', of('https://x.example/', MISSING)])).out).not.toContain('Your app');
    expect(await run(['explain', of('https://x.example/', MISSING), '--app', '/nowhere'])).toMatchObject({
      code: 2,
      err: 'cdk-cors: There is no /nowhere here.',
    });
  });
});

describe('the route that a message is about', () => {
  const about = async (url: string, reason: string, origin?: string) =>
    (await run(['explain', of(url, reason, origin), '--app', app()])).out;

  test('is found by its path, with the verdict and what to change', async () => {
    const out = await about(`${EXECUTE_API}/shop/7`, PREFLIGHT + MISSING, 'https://admin.example.com');
    expect(out).toContain('/shop/{id} of Shop takes this URL.');
    expect(out).toMatch(
      /✗ blocked PUT from https:\/\/admin\.example\.com[\s\S]*Change Add "https:\/\/admin\.example\.com" to AllowOrigins/,
    );
  });

  test('is said to be right where it is, so that what is deployed is looked at', async () => {
    const out = await about(
      `${EXECUTE_API}/shop/7`,
      `Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response.`,
    );
    expect(out).toContain('of Shop takes this URL.');
  });

  test('is only perhaps the one where the host or the stage is not known', async () => {
    expect(await about('https://api.example.com/orders/7', MISSING)).toMatch(
      /Perhaps \/orders\/\{id\} of Orders \(the host api\.example\.com is not in the template\)/,
    );
    expect(await about('https://api.example.com/v1/orders/7', MISSING)).toMatch(
      /Perhaps .*"\/v1" was taken for a stage or base path/,
    );
    expect(await about(`${EXECUTE_API}/test/orders/7`, MISSING)).toMatch(
      /Perhaps .*"test" is not the name of a stage here/,
    );
  });

  test('is none where no API takes the URL', async () => {
    expect(await about(`${EXECUTE_API}/nothing/here/at/all`, MISSING)).toContain('No route of an API in');
  });
});

describe('of several methods, those come first whose verdict would print the message', () => {
  const PROXY = { Type: 'AWS_PROXY', Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f' };
  /** GET is for the backend to decide; PUT asks for a signature, and no preflight lists what that sends. */
  const items = () =>
    file(
      'items.json',
      restApi([
        get('/items', { integration: PROXY }),
        put('/items', { integration: PROXY, properties: { AuthorizationType: 'AWS_IAM', Integration: PROXY } }),
        options('/items'),
      ]),
    );
  const about = async (reason: string) =>
    (await run(['explain', of(`${EXECUTE_API}/prod/items`, reason), '--app', items()])).out;
  const verdicts = (out: string) =>
    [...out.matchAll(/^ +\S+ (blocked|depends on backend|allowed) (\w+) from/gm)].map((m) => `${m[2]} ${m[1]}`);

  test('one about a response: the method whose response may lack the header', async () => {
    expect(verdicts(await about(MISSING))).toEqual(['GET depends on backend', 'PUT blocked']);
  });

  test('one about a list of the preflight: the methods that ask for what it lacks', async () => {
    const header =
      'Request header field x-amz-date is not allowed by Access-Control-Allow-Headers in preflight response.';
    expect(verdicts(await about(header))).toEqual(['GET blocked', 'PUT blocked']);
  });

  test('in words of a browser that does not tell: what is blocked', async () => {
    const firefox = `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${EXECUTE_API}/prod/items. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing).`;
    const { out } = await run(['explain', firefox, '--app', items()]);
    expect(verdicts(out)[0]).toBe('PUT blocked');
  });
});

test('nothing of a hostile message acts on the terminal', async () => {
  const nasty = of(
    'https://a.example/\u001b[31m\u202e\u001b]0;owned\u0007',
    `${PREFLIGHT}The 'Access-Control-Allow-Origin' header has a value 'https://\u202e\u001b[2Jevil' that is not equal to the supplied origin.`,
  );
  const { out } = await run(['explain', nasty, '--app', app()]);
  expect(out.replace(/\n/g, '')).not.toMatch(/\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}/u);
});
