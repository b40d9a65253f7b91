import { App, CfnParameter, CfnResource, Duration, Mixins, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnUrl, type FunctionUrl, FunctionUrlAuthType, HttpMethod } from 'aws-cdk-lib/aws-lambda';
import { addCors, EnableCors, type EnableCorsOptions, ErrorOrigin, PreflightHandler } from '../../src';
import { APP } from '../support/pages';
import { aFunction } from './functions';

function aUrl(stack: Stack): FunctionUrl {
  return aFunction(stack).addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
}

function corsOf(stack: Stack): any {
  const [url] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Url'));
  return url.Properties.Cors;
}

function corsBy(options?: EnableCorsOptions): any {
  const stack = new Stack(new App());
  addCors(aUrl(stack), options);
  return corsOf(stack);
}

describe('the policy of a function URL', () => {
  test('becomes its Cors property', () => {
    const cors = corsBy({
      allowOrigins: [APP, 'capacitor://localhost'],
      allowMethods: ['PUT', 'GET'],
      allowHeaders: ['Content-Type'],
      exposeHeaders: ['X-Total-Count'],
      allowCredentials: true,
      maxAge: Duration.minutes(5),
    });
    expect(cors).toEqual({
      AllowOrigins: [APP, 'capacitor://localhost'],
      AllowMethods: ['GET', 'PUT'],
      AllowHeaders: ['content-type'],
      ExposeHeaders: ['x-total-count'],
      AllowCredentials: true,
      MaxAge: 300,
    });
  });

  test('left out, lets every page in without credentials, with all the methods that the service knows', () => {
    expect(corsBy()).toMatchObject({
      AllowOrigins: ['*'],
      AllowCredentials: false,
      AllowMethods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'],
    });
  });

  test('allows what signed requests carry, where the URL takes no others', () => {
    const stack = new Stack(new App());
    addCors(aFunction(stack).addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM }), { allowOrigins: [APP] });
    expect(corsOf(stack).AllowHeaders).toEqual(expect.arrayContaining(['x-amz-date', 'x-amz-content-sha256']));
    expect(corsBy({ allowOrigins: [APP] }).AllowHeaders).not.toContain('x-amz-content-sha256');
  });

  test('may have a list of origins that the deployment fills in', () => {
    const stack = new Stack(new App());
    const allowOrigins = new CfnParameter(stack, 'Pages', { type: 'CommaDelimitedList' }).valueAsList;
    addCors(aUrl(stack), { allowOrigins });
    expect(corsOf(stack).AllowOrigins).toEqual({ Ref: 'Pages' });
  });

  test.each([
    ['typed', (stack: Stack) => new CfnUrl(stack, 'Url', { authType: 'NONE', targetFunctionArn: 'arn' })],
    [
      'untyped',
      (stack: Stack) =>
        new CfnResource(stack, 'Url', {
          type: 'AWS::Lambda::Url',
          properties: { AuthType: 'NONE', TargetFunctionArn: 'arn' },
        }),
    ],
  ])('goes on an L1 that is %s', (_, make) => {
    const stack = new Stack(new App());
    addCors(make(stack), { allowOrigins: [APP] });
    expect(corsOf(stack).AllowOrigins).toEqual([APP]);
  });

  test('comes by a mixin that was applied above', () => {
    const stack = new Stack(new App());
    aUrl(stack);
    Mixins.of(stack).apply(new EnableCors({ allowOrigins: [APP] }));
    expect(corsOf(stack).AllowOrigins).toEqual([APP]);
  });

  test('gives way to one that the app sets later, with a warning', () => {
    const stack = new Stack(new App());
    const url = aUrl(stack);
    addCors(url, { allowOrigins: [APP] });
    (url.node.defaultChild as CfnUrl).cors = { allowOrigins: ['https://old.example.com'] };
    expect(corsOf(stack)).toEqual({ AllowOrigins: ['https://old.example.com'] });
    Annotations.fromStack(stack).hasWarning(
      '/Default/Orders/FunctionUrl',
      Match.stringLikeRegexp('OwnCorsConfiguration'),
    );
  });
});

test('a list of headers without Content-Type is told', () => {
  const stack = new Stack(new App());
  addCors(aUrl(stack), { allowOrigins: [APP], allowHeaders: ['X-Tenant'] });
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('Content-Type.*MissingAllowHeader'));
});

describe('a function URL refuses', () => {
  test.each<[string, EnableCorsOptions, RegExp]>([
    [
      'OPTIONS, which it answers itself',
      { allowOrigins: [APP], allowMethods: ['GET', 'OPTIONS'] },
      /allowMethods\[1\].*Leave OPTIONS out/,
    ],
    [
      'a method that the service does not know',
      { allowOrigins: [APP], allowMethods: ['PURGE'] },
      /allowMethods\[0\].*"PURGE"/,
    ],
    [
      'patterns',
      { allowOrigins: [APP, 'https://*.example.com'] },
      /allowOrigins\[1\].*"https:\/\/\*\.example\.com" is a pattern.*CorsRuntime/,
    ],
    ['any host of a scheme', { allowOrigins: ['https://*'] }, /allowOrigins\[0\].*pattern/],
    [
      'more than a hundred origins',
      { allowOrigins: Array.from({ length: 101 }, (_, i) => `https://c${i}.example.com`) },
      /allowOrigins: a function URL takes 100 entries, and these are 101/,
    ],
    [
      'more than a hundred headers',
      { allowOrigins: [APP], exposeHeaders: Array.from({ length: 101 }, (_, i) => `X-${i}`) },
      /exposeHeaders: .*100.*101/,
    ],
    [
      'a header name over 1,024 characters',
      { allowOrigins: [APP], allowHeaders: [`X-${'a'.repeat(1_030)}`] },
      /allowHeaders\[0\]: the name has 1032/,
    ],
    ['the status of a preflight', { allowOrigins: [APP], statusCode: 200 }, /cors\.statusCode/],
    ['what belongs to a gateway', { allowOrigins: [APP], errorOrigin: ErrorOrigin.any() }, /cors\.errorOrigin/],
    [
      'a handler of preflights',
      { allowOrigins: [APP], preflightHandler: PreflightHandler.builtIn() },
      /cors\.preflightHandler/,
    ],
  ])('%s', (_, options, message) => {
    expect(() => corsBy(options)).toThrow(message);
  });

  test('a second policy', () => {
    const url = aUrl(new Stack(new App()));
    addCors(url, { allowOrigins: [APP] });
    expect(() => addCors(url, { allowOrigins: [APP] })).toThrow(/second CORS policy/);
  });

  test('a policy beside cors of its own', () => {
    const url = aFunction(new Stack(new App())).addFunctionUrl({ cors: { allowedMethods: [HttpMethod.GET] } });
    expect(() => addCors(url, { allowOrigins: [APP] })).toThrow(
      /Default\/Orders\/FunctionUrl has CORS settings already/,
    );
  });

  test('patterns that a mixin above brings to it', () => {
    const stack = new Stack(new App());
    aUrl(stack);
    const mixin = new EnableCors({ allowOrigins: ['https://*.example.com'] });
    expect(() => Mixins.of(stack).apply(mixin)).toThrow(/FunctionUrl.*pattern/);
  });
});
