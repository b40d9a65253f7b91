import { App, CfnParameter, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  Alias,
  Code,
  DockerImageCode,
  DockerImageFunction,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CorsRuntime } from '../../src/lambda/cors-runtime';
import { corsRuntimeOf, noteOpenedOptions, targetsCorsAwareBackend } from '../../src/tree/cors-aware-backends';
import { APP } from '../support/pages';
import { aFunction, policyVariable, run } from './functions';

describe('the policy of a function', () => {
  test('says what to compare, and what to send', () => {
    const variable = policyVariable({
      allowOrigins: [APP, 'https://*.example.org', 'http://localhost:*'],
      allowMethods: ['PUT', 'GET'],
      allowHeaders: ['Content-Type'],
      exposeHeaders: ['ETag', 'Link'],
      allowCredentials: true,
      maxAge: Duration.hours(1),
    });
    expect(JSON.parse(variable)).toEqual({
      origins: [APP],
      patterns: ['https://([a-z0-9_-]+[.]){1,126}example[.]org', 'http://localhost(:[1-9][0-9]{0,4})?'],
      methods: 'GET,PUT',
      headers: 'Content-Type',
      expose: 'ETag,Link',
      maxAge: 3_600,
      credentials: true,
    });
  });

  test('leaves out what needs no word', () => {
    expect(JSON.parse(policyVariable({ allowOrigins: ['*'], allowHeaders: [] }))).toEqual({
      origins: ['*'],
      methods: 'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD',
      maxAge: 600,
    });
  });

  test('keeps the status that a REST API with the same options answers preflights with', () => {
    const shared = { allowOrigins: [APP], statusCode: 200 };
    expect(JSON.parse(policyVariable(shared)).status).toBe(200);
  });

  test('may hold deploy-time values', () => {
    const stack = new Stack(new App());
    const domain = new CfnParameter(stack, 'Domain').valueAsString;
    const headers = new CfnParameter(stack, 'Headers', { type: 'CommaDelimitedList' }).valueAsList;
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    const fn = aFunction(stack);
    new CorsRuntime(stack, 'Cors', {
      cors: {
        allowOrigins: [`https://${domain}`, 'http://localhost:3000'],
        allowHeaders: headers,
        maxAge: Duration.seconds(seconds),
      },
    }).attachTo(fn);
    expect(stack.resolve((fn.node.defaultChild as any).environment).variables.CORS_POLICY).toEqual({
      'Fn::Join': [
        '',
        [
          '{"origins":["https://',
          { Ref: 'Domain' },
          '","http://localhost:3000"],"methods":"OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD","headers":"',
          { 'Fn::Join': [',', { Ref: 'Headers' }] },
          '","maxAge":',
          { Ref: 'Seconds' },
          ',"quotes":18}',
        ],
      ],
    });
  });
});

describe('a function whose policy has deploy-time values', () => {
  const stack = new Stack(new App());
  const value = (id: string) => new CfnParameter(stack, id).valueAsString;
  const fn = aFunction(stack);
  const allowOrigins = [`https://${value('Domain')}`, `https://www.${value('Other')}`];
  const cors = {
    allowOrigins,
    allowHeaders: [value('Header')],
    exposeHeaders: [value('Exposed')],
    allowCredentials: true,
  };
  new CorsRuntime(stack, 'Cors', { cors }).attachTo(fn);
  const [, parts] = stack.resolve((fn.node.defaultChild as any).environment).variables.CORS_POLICY['Fn::Join'];
  const deployed = (given: Record<string, string>) =>
    parts.map((part: any) => (typeof part === 'string' ? part : (given[part.Ref] ?? 'example.com'))).join('');
  const evil = '","https://evil.com';
  const values: Record<string, string>[] = [
    { Domain: evil },
    { Domain: `a${evil}` },
    { Domain: 'a","quotes":22,"x":"', Other: '' },
    { Domain: 'a"],"patterns":["https://.*"],"origins":["https://a' },
    { Domain: 'a"],"x":{"y":["', Other: '"]},"origins":["https://evil.com' },
    { Header: 'a","origins":["https://evil.com"],"headers":"a' },
    { Exposed: 'a","patterns":["https://.*"],"expose":"a' },
    { Exposed: 'a","quotes":30,"expose":"a' },
    { Exposed: 'a"}' },
    { Domain: 'a\\', Other: ',"https://evil.com' },
    { Domain: 'a\\', Other: ',' },
    { Exposed: 'a\\' },
    { Domain: 'a\n' },
  ];
  const taken = values.map((given) => ({ given, policy: deployed(given) }));
  const from = (origin: string) => ({ httpMethod: 'GET', headers: { origin } });
  const cases = [
    ...taken.map(({ policy }) => ({ policy, event: from('https://evil.com'), result: { statusCode: 200 } })),
    { policy: deployed({}), event: from('https://www.example.com'), result: { statusCode: 200 } },
  ];

  test.each(['vectors.mjs answers', 'vectors.py answers'])(
    'does not start with one that has a quote: %s',
    (handler) => {
      const { outcomes } = run(handler, cases);
      expect(taken.filter((_, index) => !outcomes[index].error?.startsWith('CORS_POLICY'))).toEqual([]);
      expect(outcomes.at(-1)?.result.headers['Access-Control-Allow-Origin']).toBe('https://www.example.com');
    },
  );
});

describe('a function behind an OPTIONS route that was opened for it', () => {
  const opened = (route: (stack: Stack, fn: LambdaFunction) => [unknown, CfnRoute]) => {
    const stack = new Stack(new App());
    const fn = aFunction(stack);
    const [target, options] = route(stack, fn);
    new CorsRuntime(stack, 'Cors').attachTo(fn);
    noteOpenedOptions(target, options);
    return {
      stack,
      options,
      policy: () => JSON.parse(stack.resolve((fn.node.defaultChild as any).environment).variables.CORS_POLICY),
    };
  };
  const optionsRoute = (stack: Stack) => new CfnRoute(stack, 'Options', { apiId: 'api', routeKey: 'OPTIONS /orders' });

  test.each<[string, (fn: LambdaFunction) => string]>([
    ['the function', (fn) => fn.functionArn],
    ['a version', (fn) => fn.currentVersion.functionArn],
    ['an alias', (fn) => new Alias(fn, 'Live', { aliasName: 'live', version: fn.currentVersion }).functionArn],
    [
      'the URI of an integration',
      (fn) => `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`,
    ],
  ])('answers every OPTIONS request on its own: %s', (_, target) => {
    const { policy } = opened((stack, fn) => [target(fn), optionsRoute(stack)]);
    expect(policy().answersOptions).toBe(true);
  });

  test('hands requests to its handler again when the route is taken back', () => {
    const { policy, stack } = opened((inside, fn) => [fn.functionArn, optionsRoute(inside)]);
    stack.node.tryRemoveChild('Options');
    expect(policy()).not.toHaveProperty('answersOptions');
  });

  test('is another version than one that is not', () => {
    const versionOf = (isOpened: boolean) => {
      const stack = new Stack(new App());
      const fn = aFunction(stack);
      const { currentVersion } = fn;
      new CorsRuntime(stack, 'Cors').attachTo(fn);
      if (isOpened) noteOpenedOptions(fn.functionArn, optionsRoute(stack));
      return stack.resolve((currentVersion.node.defaultChild as any).logicalId);
    };
    expect(versionOf(true)).not.toBe(versionOf(false));
  });

  test('is no other function', () => {
    const { policy } = opened((stack) => [
      aFunction(stack, Runtime.NODEJS_LATEST, 'Other').functionArn,
      optionsRoute(stack),
    ]);
    expect(policy()).not.toHaveProperty('answersOptions');
  });
});

describe('a policy that no function could follow is refused', () => {
  test('with all that is wrong', () => {
    const refused = () =>
      new CorsRuntime(new Stack(), 'Cors', { cors: { allowOrigins: ['app.example.com'], allowMethods: ['get'] } });
    expect(refused).toThrow(/cors.allowOrigins\[0\].*\ncors.allowMethods\[0\]/);
  });

  test('where the whole list of origins is known only at deployment', () => {
    const stack = new Stack();
    const allowOrigins = new CfnParameter(stack, 'Origins', { type: 'CommaDelimitedList' }).valueAsList;
    expect(() => new CorsRuntime(stack, 'Cors', { cors: { allowOrigins } })).toThrow(
      'cors.allowOrigins: the whole list is known only at deployment, and a Lambda function has to compare each origin on its own.',
    );
  });

  test('where it is larger than the environment of a function', () => {
    const allowOrigins = Array.from({ length: 200 }, (_, index) => `https://app${index}.example.com`);
    expect(() => new CorsRuntime(new Stack(), 'Cors', { cors: { allowOrigins } })).toThrow(
      /^Default\/Cors: cors.allowOrigins: the policy takes \d{4} bytes, and Lambda gives a function 4096/,
    );
  });
});

test('a policy that may not be meant so brings a warning', () => {
  const stack = new Stack(new App(), 'Stack');
  new CorsRuntime(stack, 'Cors', { cors: { allowOrigins: [APP], maxAge: Duration.hours(24) } });
  Annotations.fromStack(stack).hasWarning('/Stack/Cors', Match.stringLikeRegexp('Chromium forgets a preflight'));
});

describe('the layer', () => {
  test('is one for all functions of a stack, whatever their policies', () => {
    const stack = new Stack(new App());
    new CorsRuntime(stack, 'One').attachTo(aFunction(stack, Runtime.NODEJS_LATEST, 'Node'));
    new CorsRuntime(stack, 'Two').attachTo(aFunction(stack, Runtime.PYTHON_3_13, 'Python'));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::LayerVersion', 1);
    const layer = Object.keys(template.findResources('AWS::Lambda::LayerVersion'))[0];
    template.allResourcesProperties('AWS::Lambda::Function', { Layers: [{ Ref: layer }] });
  });

  test('stands in the stack of the function, as an exported version could never be replaced', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const runtime = new CorsRuntime(stack, 'Cors');
    const others = [new Stack(app, 'Other'), new NestedStack(stack, 'Nested')];
    for (const other of others) runtime.attachTo(aFunction(other));
    for (const other of others) Template.fromStack(other).resourceCountIs('AWS::Lambda::LayerVersion', 1);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::LayerVersion', 0);
  });

  test('is left out for functions that bring the helper along, unless they come to need it', () => {
    const stack = new Stack(new App());
    const fn = aFunction(stack);
    const runtime = new CorsRuntime(stack, 'Cors');
    runtime.attachPolicyTo(fn);
    expect(stack.node.tryFindChild('CdkCorsLayer')).toBeUndefined();
    runtime.attachTo(fn);
    runtime.attachTo(fn);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Layers: [{ Ref: Match.anyValue() }] });
  });
});

describe('a function that can have no layer', () => {
  test('is refused by its language', () => {
    const stack = new Stack(new App(), 'Stack');
    const code = Code.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'jars'), 'orders.jar');
    const java = new LambdaFunction(stack, 'Orders', { runtime: Runtime.JAVA_21, handler: 'Orders', code });
    expect(() => new CorsRuntime(stack, 'Cors').attachTo(java)).toThrow(
      'Stack/Orders: the layer has helpers for Node.js and Python, and this function runs java21. Send the headers from its own code.',
    );
  });

  test('is refused as an image, which may have the policy', () => {
    const stack = new Stack(new App(), 'Stack');
    const image = new DockerImageFunction(stack, 'Orders', {
      code: DockerImageCode.fromEcr(new Repository(stack, 'Images')),
    });
    const runtime = new CorsRuntime(stack, 'Cors');
    expect(() => runtime.attachTo(image)).toThrow(
      'Stack/Orders: a container image takes no layer. Install the helper in the image, and use attachPolicyTo.',
    );
    expect(corsRuntimeOf(image)).toBeUndefined();
    runtime.attachPolicyTo(image);
    expect(corsRuntimeOf(image)).toBe(runtime);
  });
});

test('a second policy on a function is refused, by the names of both', () => {
  const stack = new Stack(new App(), 'Stack');
  const fn = aFunction(stack);
  new CorsRuntime(stack, 'One').attachTo(fn);
  expect(() => new CorsRuntime(stack, 'Two').attachPolicyTo(fn)).toThrow(
    'Stack/Orders: Stack/Two brings a second CORS policy here; the first came by Stack/One. Keep one of them.',
  );
});

describe('an integration points at a function that answers for itself', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const fn = aFunction(stack);
  new CorsRuntime(stack, 'Cors').attachTo(fn);
  const alias = new Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
  const plain = aFunction(stack, Runtime.NODEJS_LATEST, 'Plain');
  const api = new RestApi(new Stack(app, 'Other'), 'Api');

  test.each([
    ['the function', fn, true],
    ['a version of it', fn.currentVersion, true],
    ['an alias of it', alias, true],
    ['another function', plain, false],
    ['an imported function', LambdaFunction.fromFunctionName(stack, 'Imported', 'imported'), false],
  ])('%s', (name, backend, answers) => {
    const method = api.root.addResource(name.replace(/ /g, '-')).addMethod('GET', new LambdaIntegration(backend));
    expect(targetsCorsAwareBackend((method.node.defaultChild as any).integration.uri, method)).toBe(answers);
    expect(targetsCorsAwareBackend(backend.functionArn, stack)).toBe(answers);
  });

  test('written down as text: nobody knows', () => {
    expect(targetsCorsAwareBackend('arn:aws:lambda:eu-west-1:123456789012:function:orders', stack)).toBe(false);
    expect(targetsCorsAwareBackend(undefined, stack)).toBe(false);
  });
});
