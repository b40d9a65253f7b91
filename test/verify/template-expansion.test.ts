import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deployment } from '../../src/verify/template/deployment';
import { templateAlone } from '../../src/verify/template/template-alone';
import { CORS, httpApi, JWT } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { ask, gatewayResponse, get, options, put, restApi } from '../support/templates';

const PUT = { method: 'PUT' };

/** The resolved properties of a resource named Probe. */
function probe(properties: object, more: object = {}, file?: string): any {
  const template = { Resources: { Probe: { Type: 'AWS::ApiGateway::Stage', Properties: properties } }, ...more };
  const scope = templateAlone(template, new Deployment(), file);
  return scope.resolve(scope.template.Resources.Probe.Properties);
}

describe('Fn::ForEach', () => {
  /** The OPTIONS methods of these paths, made by a loop. */
  const preflights = (collection: unknown): any => {
    const template: any = restApi([get('/pets'), put('/pets'), options('/pets')]);
    const method = template.Resources.OPTIONSXpets;
    delete template.Resources.OPTIONSXpets;
    method.Properties.ResourceId = { Ref: 'X${Name}' };
    template.Resources['Fn::ForEach::Preflights'] = ['Name', collection, { 'Options${Name}': method }];
    return template;
  };

  test('makes resources', () => {
    expect(ask(preflights(['pets']), PUT).outcome).toBe('ALLOWED');
    expect(ask(preflights(['cats']), PUT).rule).not.toBe('ok');
  });

  test.each([
    ['a list parameter', { Ref: 'Names' }],
    ['a mapping', { 'Fn::FindInMap': ['Lists', 'all', 'names'] }],
    ['a text that is split', { 'Fn::Split': ['|', 'pets'] }],
    ['parameters among texts', [{ Ref: 'One' }]],
  ])('goes over %s', (_, collection) => {
    const template = {
      ...preflights(collection),
      Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'pets' }, One: { Type: 'String', Default: 'pets' } },
      Mappings: { Lists: { all: { names: ['pets'] } } },
    };
    expect(ask(template, PUT).outcome).toBe('ALLOWED');
  });

  test('over a list that only the deployer knows may make what is missing, and says so', () => {
    const template = { ...preflights({ Ref: 'Names' }), Parameters: { Names: { Type: 'CommaDelimitedList' } } };
    expect(ask(template, PUT)).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('Fn::ForEach::Preflights'),
    });
    expect(ask(template).outcome).toBe('ALLOWED'); // needs no preflight
  });

  test('nests, replaces in keys and texts, and strips with &', () => {
    const properties = {
      'Fn::ForEach::Outer': [
        'A',
        ['x-1', 'y-2'],
        {
          'Fn::ForEach::Inner': [
            'B',
            ['p', 'q'],
            {
              '&{A}${B}': { 'Fn::Sub': '${A} ${B} ${Kept}' },
              'list&{A}${B}': [{ Ref: 'B' }, { 'Fn::Join': ['-', [{ Ref: 'A' }, 'z']] }],
            },
          ],
        },
      ],
      Name: 'own',
    };
    expect(probe(properties, { Parameters: { Kept: { Type: 'String', Default: 'kept' } } })).toEqual({
      Name: 'own',
      x1p: 'x-1 p kept',
      listx1p: ['p', 'x-1-z'],
      x1q: 'x-1 q kept',
      listx1q: ['q', 'x-1-z'],
      y2p: 'y-2 p kept',
      listy2p: ['p', 'y-2-z'],
      y2q: 'y-2 q kept',
      listy2q: ['q', 'y-2-z'],
    });
  });

  test('makes conditions', () => {
    const template = restApi([
      get('/pets', { headers: { 'Access-Control-Allow-Origin': { 'Fn::If': ['IsA', `'${APP}'`, "'x'"] } as any } }),
    ]);
    template.Conditions = {
      'Fn::ForEach::Are': ['N', ['A', 'B'], { 'Is${N}': { 'Fn::Equals': [{ Ref: 'N' }, 'A'] } }],
    };
    expect(ask(template).outcome).toBe('ALLOWED');
  });

  test('without end is not followed', () => {
    const many = Array.from({ length: 200 }, (_, i) => `n${i}`);
    const template = preflights(many);
    template.Resources['Fn::ForEach::All'] = [
      'A',
      many,
      { 'Fn::ForEach::Each': ['B', many, { '${A}${B}': { Type: 'X' } }] },
    ];
    expect(ask(template, PUT)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('too long') });
  });

  test('may close a route of an HTTP API that looks open', () => {
    const template: any = httpApi(CORS, { 'PUT /pets': {} });
    template.Parameters = { Keys: { Type: 'CommaDelimitedList' } };
    template.Resources['Fn::ForEach::Closed'] = [
      'K',
      { Ref: 'Keys' },
      {
        'R${K}': {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: { ApiId: { Ref: 'Api' }, RouteKey: { Ref: 'K' }, ...JWT },
        },
      },
    ];
    const answer = ask(template, { method: 'PUT', headers: { authorization: 'x' } });
    expect(answer).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('Fn::ForEach::Closed') });
  });
});

describe('Fn::Transform', () => {
  const INCLUDE = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/part.yaml' } };

  test('among resources may bring what is missing', () => {
    const template = restApi([put('/pets')]);
    template.Resources['Fn::Transform'] = INCLUDE;
    expect(ask(template, PUT)).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('AWS::Include of s3://bucket/part.yaml'),
    });
  });

  test('at the top, too', () => {
    expect(ask({ ...restApi([put('/pets')]), Transform: INCLUDE }, PUT).outcome).toBe('UNKNOWN');
    expect(ask({ ...restApi([put('/pets')]), Transform: 'AWS::LanguageExtensions' }, PUT).outcome).toBe('BLOCKED');
  });

  test('of a macro may change everything', () => {
    const template = { ...restApi([get('/pets')]), Transform: ['AWS::LanguageExtensions', 'OurMacro'] };
    expect(ask(template)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('the macro OurMacro') });
  });

  test('beside the properties of a method leaves open what the method is', () => {
    const template = restApi([get('/pets'), get('/cats')]);
    template.Resources.GETXpets.Properties['Fn::Transform'] = INCLUDE;
    expect(ask(template)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('GETXpets') });
    expect(ask(template, { path: '/cats' }).outcome).toBe('ALLOWED');
  });

  describe('in a document', () => {
    const operation = {
      responses: { 200: { headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } } },
      'x-amazon-apigateway-integration': {
        type: 'mock',
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        responses: {
          default: {
            statusCode: '200',
            responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
          },
        },
      },
    };
    const documented = (change: (document: any) => void): any => {
      const document = JSON.parse(
        JSON.stringify({ openapi: '3.0.1', paths: { '/pets': { get: operation, put: operation } } }),
      );
      change(document);
      return restApi([], {}, { Body: document });
    };

    test.each<[string, (document: any) => void]>([
      ['at its top', (document) => (document['Fn::Transform'] = INCLUDE)],
      ['in its paths', (document) => (document.paths['Fn::Transform'] = INCLUDE)],
      ['in a path', (document) => (document.paths['/pets']['Fn::Transform'] = INCLUDE)],
    ])('%s may bring the preflight, and leaves what is there', (_, change) => {
      expect(ask(documented(change), PUT)).toMatchObject({
        outcome: 'UNKNOWN',
        reason: expect.stringContaining('AWS::Include'),
      });
      expect(ask(documented(change)).outcome).toBe('ALLOWED');
    });

    test('in an operation leaves open what the operation is', () => {
      const template = documented(
        (document) => (document.paths['/pets'].get['x-amazon-apigateway-integration']['Fn::Transform'] = INCLUDE),
      );
      expect(ask(template).outcome).toBe('UNKNOWN');
    });

    test('in place of all paths is told', () => {
      const template = documented((document) => (document.paths = { 'Fn::Transform': INCLUDE }));
      expect(ask(template)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('all paths of Api') });
    });
  });

  describe('of a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'include-'));
    const inside = join(folder, 'app');
    mkdirSync(inside);
    writeFileSync(join(folder, 'outside.yaml'), 'secret: yes');
    writeFileSync(join(inside, 'part.yaml'), 'Included: !Sub "${AWS::Region}x"\nOwn: 1');
    symlinkSync(join(folder, 'outside.yaml'), join(inside, 'link.yaml'));
    const included = (Location: string): any =>
      probe(
        { Kept: 1, 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location } } },
        {},
        join(inside, 'template.yaml'),
      );

    test('beside the template is read', () => {
      expect(included('./part.yaml')).toEqual({ Kept: 1, Own: 1, Included: expect.stringContaining('AWS::Region') });
    });

    test.each(['../outside.yaml', join(folder, 'outside.yaml'), 'link.yaml', '.', 'no-such.yaml', 'file:///etc/hosts'])(
      '%s is not',
      (location) => {
        expect(Object.keys(included(location))).toEqual(['Kept', 'Fn::Transform']);
      },
    );
  });
});

describe('dynamic references', () => {
  const origin = (value: unknown): any =>
    restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': value as string } })]);

  test.each([
    ['in a text', "'{{resolve:ssm:/web/origin}}'"],
    ['in Fn::Sub', { 'Fn::Sub': "'{{resolve:ssm:/${AWS::StackName}/origin}}'" }],
    [
      'put together by Fn::Join',
      { 'Fn::Join': ['', ["'{{resolve:secretsmanager:", { Ref: 'Secret' }, ":SecretString:origin::}}'"]] },
    ],
  ])('%s are unknown, and named', (_, value) => {
    expect(ask(origin(value))).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('{{resolve:s') });
  });

  test('do not hide an origin that could not be it', () => {
    expect(ask(origin("'https://{{resolve:ssm:/web/host}}'"), { origin: 'http://localhost:3000' }).rule).toBe(
      'response-origin',
    );
  });
});

describe('open conditions', () => {
  const STAGE = {
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, NotProd: { 'Fn::Not': [{ Condition: 'Prod' }] } },
  };
  const allowing = (value: unknown): any => ({
    ...restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': value as string } })]),
    ...STAGE,
  });
  const either = (yes: unknown, no: unknown): object => ({ 'Fn::If': ['Prod', yes, no] });

  test('are tried both ways, and decide nothing where both come to the same', () => {
    expect(ask(allowing(either(`'${APP}'`, "'*'")))).toMatchObject({
      outcome: 'ALLOWED',
      reason: expect.stringMatching(/where Prod holds, and where Prod does not hold/),
    });
    expect(ask(allowing(either("'https://a.example'", "'https://b.example'"))).outcome).toBe('BLOCKED');
  });

  test('leave it open where they do not', () => {
    expect(ask(allowing(either(`'${APP}'`, "'https://b.example'")))).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(/ALLOWED where Prod holds.*BLOCKED where Prod does not hold/s),
    });
  });

  const twins = (sameHeaders: boolean): any => {
    const template = { ...restApi([get('/pets')]), ...STAGE };
    const { XXpets: _, ...resources }: any = template.Resources;
    for (const [name, condition] of [
      ['A', 'Prod'],
      ['B', 'NotProd'],
    ]) {
      const resource = JSON.parse(JSON.stringify(template.Resources.Xpets));
      const method = JSON.parse(JSON.stringify(template.Resources.GETXpets));
      method.Properties.ResourceId = { Ref: `Pets${name}` };
      if (name === 'B' && !sameHeaders) method.Properties.Integration.IntegrationResponses = [{ StatusCode: '200' }];
      resources[`Pets${name}`] = { ...resource, Condition: condition };
      resources[`Get${name}`] = { ...method, Condition: condition };
    }
    delete resources.Xpets;
    delete resources.GETXpets;
    return { ...template, Resources: resources };
  };

  test('make one of two twins, so nothing is made twice', () => {
    expect(ask(twins(true)).outcome).toBe('ALLOWED');
    expect(ask(twins(false))).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('where NotProd holds'),
    });
  });

  test('do not hide what fails in every case', () => {
    const template = { ...restApi([get('/pets')]), ...STAGE };
    template.Resources.Again = template.Resources.GETXpets;
    template.Resources.Other = { ...gatewayResponse('DEFAULT_4XX', {}), Condition: 'Prod' };
    expect(ask(template)).toMatchObject({ outcome: 'BLOCKED', rule: 'deployment' });
  });

  test('that compare one value are not both true', () => {
    const template = allowing({ 'Fn::If': ['Prod', `'${APP}'`, { 'Fn::If': ['Dev', "'*'", `'${APP}'`] }] });
    template.Conditions = { Prod: STAGE.Conditions.Prod, Dev: { 'Fn::Equals': ['dev', { Ref: 'Stage' }] } };
    expect(ask(template).outcome).toBe('ALLOWED');
    template.Conditions.Both = { 'Fn::And': [{ Condition: 'Prod' }, { Condition: 'Dev' }] };
    template.Resources.GETXpets.Condition = 'Both';
    expect(ask(template).outcome).toBe('BLOCKED'); // it never exists
  });

  test('know which values a parameter may have, and what it is on each side', () => {
    const template = allowing({ 'Fn::FindInMap': ['Origins', { Ref: 'Stage' }, 'origin'] });
    template.Parameters = { Stage: { Type: 'String', AllowedValues: ['prod', 'dev'] } };
    template.Mappings = { Origins: { prod: { origin: `'${APP}'` }, dev: { origin: "'*'" } } };
    template.Resources.GETXpets.Condition = 'Always';
    template.Conditions.Always = { 'Fn::Or': [{ Condition: 'Prod' }, { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }] };
    expect(ask(template).outcome).toBe('ALLOWED');
  });

  test('more than can be tried leave what depends on them open', () => {
    const names = Array.from({ length: 8 }, (_, i) => `C${i}`);
    const template = restApi(names.map((name) => get(`/${name}`)));
    template.Parameters = Object.fromEntries(names.map((name) => [name, { Type: 'String' }]));
    template.Conditions = Object.fromEntries(names.map((name) => [name, { 'Fn::Equals': [{ Ref: name }, 'on'] }]));
    for (const name of names) template.Resources[`GETX${name}`].Condition = name;
    expect(ask(template, { path: '/C1' })).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('condition C1'),
    });
  });

  test('of a parameter that is empty by default are answered', () => {
    const template = allowing({ 'Fn::If': ['HasSite', { 'Fn::Sub': "'https://${Site}'" }, "'*'"] });
    template.Parameters = { Site: { Type: 'String', Default: '' } };
    template.Conditions = { HasSite: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Site' }, ''] }] } };
    expect(ask(template).outcome).toBe('ALLOWED');
  });
});

describe('what else a template leaves open', () => {
  test('a parameter that is empty by default stands for what the deployer passes', () => {
    const template = restApi([
      get('/pets', { headers: { 'Access-Control-Allow-Origin': { 'Fn::Sub': "'${Origin}'" } as any } }),
    ]);
    template.Parameters = { Origin: { Type: 'String', Default: '' } };
    expect(ask(template)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('${Origin}') });
  });

  test('a clone may have more than the template shows', () => {
    const template = restApi([get('/pets'), put('/pets')], {}, { CloneFrom: 'a1b2c3' });
    expect(ask(template, PUT)).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('copy of the API a1b2c3'),
    });
    expect(ask(template).outcome).toBe('ALLOWED');
  });

  test.each([
    ['Fn::Length', { 'Fn::Length': ['a', 'b'] }, 2],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'P' } } }, '{"a":"p"}'],
    ['Fn::FindInMap with a default', { 'Fn::FindInMap': ['M', 'no', 'such', { DefaultValue: { Ref: 'P' } }] }, 'p'],
    ['Fn::FindInMap that finds something', { 'Fn::FindInMap': ['M', 'a', 'b', { DefaultValue: 'x' }] }, 'found'],
    ['a name that every object has', { 'Fn::FindInMap': ['M', 'a', 'constructor', { DefaultValue: 'x' }] }, 'x'],
    ['Fn::Select with an index that is a text', { 'Fn::Select': [{ Ref: 'One' }, ['a', 'b']] }, 'b'],
    [
      'Fn::If in a list',
      [{ 'Fn::If': ['Yes', 'a', { Ref: 'AWS::NoValue' }] }, { 'Fn::If': ['No', 'b', { Ref: 'AWS::NoValue' }] }],
      ['a'],
    ],
  ])('%s is worked out', (_, value, expected) => {
    const more = {
      Parameters: { P: { Type: 'String', Default: 'p' }, One: { Type: 'Number', Default: 1 } },
      Mappings: { M: { a: { b: 'found' } } },
      Conditions: { Yes: { 'Fn::Equals': [{ Ref: 'P' }, 'p'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
    };
    expect(probe({ value }, more).value).toEqual(expected);
  });

  test.each([
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }],
    ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }],
    ['Fn::Split of a parameter', { 'Fn::Split': [',', { Ref: 'Open' }] }],
    ['Fn::Select from a list of the deployer', { 'Fn::Select': [0, { Ref: 'List' }] }],
    ['Fn::Length of a list of the deployer', { 'Fn::Length': { Ref: 'List' } }],
    ['an import whose name is put together', { 'Fn::ImportValue': { 'Fn::Sub': '${Open}-origin' } }],
    ['a parameter of the parameter store', { Ref: 'Stored' }],
    ['a function that nobody knows', { 'Fn::Later': [1] }],
  ])('%s is not, and says what it is', (name, value) => {
    const more = {
      Parameters: {
        Open: { Type: 'String' },
        List: { Type: 'CommaDelimitedList' },
        Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/origin' },
      },
    };
    const { value: first, other } = probe({ value, other: { Ref: 'Open' } }, more);
    expect(first).toEqual(expect.stringMatching(/^\uE000.+\uE001$/));
    expect([name, first]).not.toEqual([name, other]);
  });

  test('the name of a stored parameter is a text like any other', () => {
    const Parameters = { Name: { Type: 'AWS::SSM::Parameter::Name', Default: '/origin' } };
    expect(probe({ value: { Ref: 'Name' } }, { Parameters }).value).toBe('/origin');
  });
});
