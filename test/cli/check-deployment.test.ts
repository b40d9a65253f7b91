import { CORS, httpApi } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { get, options, PREFLIGHT, put, restApi } from '../support/templates';
import { file, run } from './run';

/** What check makes of each route and method, one line each. */
async function check(
  content: object | string,
  args: string[] = [],
  name = 'template.json',
): Promise<{ out: string; code: number }> {
  const { out, err, code } = await run(['check', file(name, content), ...args]);
  return { out: `${out}\n${err}`.replace(/ {2,}/g, ' '), code };
}

describe('an origin that only the deployment knows', () => {
  const PARAMETERS = { Site: { Type: 'String' }, Stage: { Type: 'String' } };
  const rest = (origin: unknown): any => {
    const headers = { ...PREFLIGHT, 'Access-Control-Allow-Origin': origin as string };
    return {
      ...restApi([
        put('/pets', { headers: { 'Access-Control-Allow-Origin': origin as string } }),
        options('/pets', { headers }),
      ]),
      Parameters: PARAMETERS,
    };
  };
  const distribution = { Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: {} } };

  test.each<[string, unknown, string]>([
    ['an attribute in it', { 'Fn::Sub': "'https://${Distribution.DomainName}'" }, 'https://${Distribution.DomainName}'],
    ['a parameter', { 'Fn::Sub': "'${Site}'" }, '${Site}'],
    ['a dynamic reference', "'{{resolve:ssm:/web/site}}'", '{{resolve:ssm:/web/site}}'],
  ])('is an origin to try: %s', async (_, origin, shown) => {
    const { out, code } = await check(rest(origin));
    expect(out).toContain(`methods ${shown}`);
    expect(out).toMatch(/\/pets PUT ✓ allowed/);
    expect(out).not.toMatch(/[\uE000\uE001]/);
    expect(code).toBe(0);
  });

  test('is one of an HTTP API, too, beside a named one', async () => {
    const template: any = httpApi(
      {
        ...CORS,
        AllowHeaders: ['content-type'],
        AllowOrigins: [{ 'Fn::Sub': 'https://${Distribution.DomainName}' }, 'http://localhost:3000'],
      },
      { 'PUT /pets': {} },
    );
    Object.assign(template.Resources, distribution);
    const { out } = await check(template);
    expect(out).toMatch(/methods https:\/\/\$\{Distribution\.DomainName\} http:\/\/localhost:3000/);
    expect(out).toMatch(/\/pets PUT ✓ allowed ✓ allowed/);
  });

  test('is none where nobody could say what it is', async () => {
    const { out } = await check(rest({ 'Fn::Sub': ["'${S}'", { S: { 'Fn::Select': [0, { Ref: 'List' }] } }] }));
    expect(out).toContain('https://any-page.example');
  });

  test.each<[string, string[]]>([
    ['--value', ['--value', `Site=${APP}`]],
    [
      '--parameters of CloudFormation',
      [
        '--parameters',
        file('p.json', [
          { ParameterKey: 'Site', ParameterValue: APP },
          { ParameterKey: 'OfAnotherStack', ParameterValue: 'x' },
        ]),
      ],
    ],
    ['--parameters as a map', ['--parameters', file('p.yaml', `Site: ${APP}`)]],
    ['--parameters of a pipeline', ['--parameters', file('p.json', { Parameters: { Site: APP } })]],
    [
      '--value over --parameters',
      ['--parameters', file('p.json', { Site: 'https://other.example.com' }), '--value', `Site=${APP}`],
    ],
  ])('is what %s says', async (_, args) => {
    const { out, code } = await check(rest({ 'Fn::Sub': "'${Site}'" }), ['--origin', APP, ...args]);
    expect(out).toMatch(/\/pets PUT ✓ allowed/);
    expect(code).toBe(0);
  });

  test.each<[string, string[], RegExp]>([
    ['a value without a name', ['--value', 'https://app.example.com'], /Write it like WebsiteUrl=/],
    ['a value that nothing asks for', ['--value', 'Stie=x'], /nothing in the template asks for "Stie"/],
    ['parameters that are not there', ['--parameters', 'no-such.json'], /There is no no-such\.json here/],
    ['parameters that are none', ['--parameters', file('p.json', [1])], /ParameterKey/],
    ['a kind that is none', ['--kind', 'soap'], /rest, http/],
  ])('%s is refused', async (_, args, message) => {
    const { out, code } = await check(rest("'*'"), args);
    expect(out).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('a path that only the deployment knows', () => {
  test('is asked for as what it is', async () => {
    const template: any = restApi([put('/pets'), options('/pets')]);
    template.Parameters = { Name: { Type: 'String' } };
    template.Resources.Xpets.Properties.PathPart = { Ref: 'Name' };
    const { out, code } = await check(template, ['--origin', APP]);
    expect(out).toMatch(/\/\$\{Name\} PUT ✓ allowed/);
    expect(code).toBe(0);
  });
});

describe('the kind of a document', () => {
  const document = (operation: object, more: object = {}): object => ({
    openapi: '3.0.1',
    info: { title: 'Shop', version: '1' },
    paths: { '/pets': { get: operation } },
    ...more,
  });
  const proxy = (more: object = {}) => ({
    'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: 'arn:x', ...more },
  });

  test.each<[string, object, string]>([
    ['a mock', document({ 'x-amazon-apigateway-integration': { type: 'mock' } }), 'REST API'],
    ['a template', document(proxy({ requestTemplates: {} })), 'REST API'],
    ['a payload version', document(proxy({ payloadFormatVersion: '2.0' })), 'HTTP API'],
    ['a CORS block', document(proxy(), { 'x-amazon-apigateway-cors': { allowOrigins: ['*'] } }), 'HTTP API'],
  ])('is told by %s, and needs no note', async (_, content, kind) => {
    const { out } = await check(content);
    expect(out).toContain(`document.json ${kind}`.replace('document', 'template'));
    expect(out).not.toContain('--kind');
  });

  test.each<[string, object, RegExp]>([
    ['nothing says it', document(proxy()), /Note: nothing in it says/],
    [
      'it says both',
      document({ 'x-amazon-apigateway-integration': { type: 'mock', payloadFormatVersion: '1.0' } }),
      /Note: it has payloadFormatVersion.*an integration of type mock/,
    ],
    [
      'it is of version 2.0 with a CORS block',
      { swagger: 2.0, paths: { '/pets': { get: proxy() } }, 'x-amazon-apigateway-cors': {} },
      /beside OpenAPI 2\.0/,
    ],
  ])('is that of a REST API, with a note, where %s', async (_, content, note) => {
    const { out } = await check(content);
    expect(out).toContain('REST API');
    expect(out).toMatch(note);
    expect((await check(content, ['--kind', 'http'])).out).toContain('HTTP API');
  });
});

describe('what cannot be judged', () => {
  test.each<[string, object | string, RegExp]>([
    [
      'a WebSocket API',
      { Resources: { Chat: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } } } },
      /Chat: a WebSocket API\. Browsers open WebSockets to any origin/,
    ],
    [
      'a file of the Serverless Framework',
      'service: shop\nprovider: {name: aws}\nfunctions: {}',
      /run `serverless package`/,
    ],
    [
      'a SAM function with an event, beside a plain API',
      {
        Resources: {
          ...restApi([get('/pets')]).Resources,
          F: { Type: 'AWS::Serverless::Function', Properties: { Events: { Get: { Type: 'Api' } } } },
        },
      },
      /F is of type AWS::Serverless::Function.*`sam validate --debug`/,
    ],
    [
      'a template whose APIs come later',
      { Resources: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/apis.yaml' } } } },
      /What Fn::Transform with AWS::Include of s3:\/\/b\/apis\.yaml brings is not in it/,
    ],
  ])('%s says so, and what to do', async (_, content, message) => {
    const { out, code } = await check(content);
    expect(out).toMatch(message);
    expect(code).toBe(2);
  });

  test('a function of SAM without a route is not an API', async () => {
    const template = restApi([get('/pets')], { F: { Type: 'AWS::Serverless::Function', Properties: {} } });
    expect((await check(template, ['--origin', APP])).code).toBe(0);
  });

  test('paths without a slash and keys that stand twice are told', async () => {
    const text =
      'openapi: 3.0.1\npaths:\n  /pets: {}\n  parcels/{id}: {get: {}}\n  /orders:\n    get: {x-amazon-apigateway-integration: {type: mock}}\ninfo: {}\ninfo: {}\n';
    const { out } = await check(text, [], 'shop.yaml');
    expect(out).toMatch(/Note: paths\["parcels\/\{id\}"\] of shop\.yaml is left out: a path begins with a slash/);
    expect(out).toMatch(/Note: line 8 has a key that stands twice/);
  });
});
