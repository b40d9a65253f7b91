import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CorsSimulator } from '../../src/verify/simulator';
import { CorsValidationPlugin } from '../../src/verify/validation-plugin';
import { APP } from '../support/pages';
import { get, restApi } from '../support/templates';

const PETS = { origin: APP, path: '/pets' };

const allowing = (value: unknown, more: object = {}): any => ({
  ...restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': value as string } })]),
  ...more,
});

describe('values for what only the deployment knows', () => {
  test.each<[string, unknown, Record<string, string>]>([
    ['a parameter', { 'Fn::Sub': "'${Site}'" }, { Site: APP }],
    ['a parameter instead of its default', { 'Fn::Sub': "'${Other}'" }, { Other: APP }],
    ['a stored parameter', { 'Fn::Sub': "'${Stored}'" }, { Stored: APP }],
    [
      'an item of a list',
      { 'Fn::Sub': ["'${S}'", { S: { 'Fn::Select': [1, { Ref: 'List' }] } }] },
      { List: `x, ${APP}` },
    ],
    [
      'an attribute',
      { 'Fn::Sub': "'https://${Distribution.DomainName}'" },
      { 'Distribution.DomainName': 'app.example.com' },
    ],
    ['the name of a resource', { 'Fn::Sub': "'https://${Bucket}.example.com'" }, { Bucket: 'app' }],
    ['an export', { 'Fn::Sub': ["'${S}'", { S: { 'Fn::ImportValue': 'web-Site' } }] }, { 'web-Site': APP }],
    ['a dynamic reference', "'{{resolve:ssm:/web/site}}'", { '{{resolve:ssm:/web/site}}': APP }],
    ['a dynamic reference without its braces', "'{{resolve:ssm:/web/site}}'", { 'resolve:ssm:/web/site': APP }],
    ['a pseudo parameter', { 'Fn::Sub': "'https://${AWS::AccountId}.example.com'" }, { 'AWS::AccountId': 'app' }],
  ])('%s', (_, value, values) => {
    const template = allowing(value, {
      Parameters: {
        Site: { Type: 'String' },
        Other: { Type: 'String', Default: 'https://other.example.com' },
        Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/site' },
        List: { Type: 'CommaDelimitedList' },
      },
    });
    Object.assign(template.Resources, {
      Distribution: { Type: 'AWS::CloudFront::Distribution' },
      Bucket: { Type: 'AWS::S3::Bucket' },
    });
    expect(CorsSimulator.fromTemplate(template, { values }).request(PETS).outcome).toBe('ALLOWED');
    expect(CorsSimulator.fromTemplate(template).request(PETS).outcome).not.toBe('ALLOWED');
  });

  test('decide conditions', () => {
    const template = allowing({ 'Fn::If': ['Prod', `'${APP}'`, "'https://dev.example.com'"] });
    template.Parameters = { Stage: { Type: 'String' } };
    template.Conditions = { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
    const outcome = (Stage: string) =>
      CorsSimulator.fromTemplate(template, { values: { Stage } }).request(PETS).outcome;
    expect([outcome('prod'), outcome('dev')]).toEqual(['ALLOWED', 'BLOCKED']);
  });

  test('under a name that nothing has are refused: it would be passed over in silence', () => {
    const simulate = () => CorsSimulator.fromTemplate(allowing("'*'"), { values: { WebsiteUlr: APP } });
    expect(simulate).toThrow(/^values: nothing in the template asks for "WebsiteUlr"\./);
  });

  const withDistribution = (plugin?: CorsValidationPlugin): Stack => {
    const stack = new Stack(new App({ policyValidationBeta1: plugin && [plugin] }), 'Shop');
    const distribution = new cloudfront.Distribution(stack, 'Site', {
      defaultBehavior: { origin: new HttpOrigin('origin.example.com') },
    });
    const api = new apigateway.RestApi(stack, 'Api');
    api.root.addResource('pets').addMethod(
      'GET',
      new apigateway.MockIntegration({
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        integrationResponses: [
          {
            statusCode: '200',
            responseParameters: {
              'method.response.header.Access-Control-Allow-Origin': `'https://${distribution.distributionDomainName}'`,
            },
          },
        ],
      }),
      {
        methodResponses: [
          { statusCode: '200', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': true } },
        ],
      },
    );
    return stack;
  };

  test.each(['Site', 'Shop/Site'])('of a construct have its id or path: %s', (name) => {
    const values = { [`${name}.DomainName`]: 'app.example.com' };
    expect(CorsSimulator.fromStack(withDistribution(), { values }).request(PETS).outcome).toBe('ALLOWED');
  });

  test('are taken by the plugin', () => {
    const validate = (domain: string): boolean => {
      const values = { 'Site.DomainName': domain };
      const plugin = new CorsValidationPlugin({ origins: [APP], values });
      const stack = withDistribution();
      const { directory } = (stack.node.root as App).synth();
      // The newest aws-cdk-lib wants both, the oldest does not know the second.
      const context = { templatePaths: [`${directory}/${stack.templateFile}`], appConstruct: stack.node.root as App };
      return plugin.validate(context).success;
    };
    expect([validate('app.example.com'), validate('other.example.com')]).toEqual([true, false]);
  });

  test('of a nested stack are what its parent passes', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    const nested = new NestedStack(stack, 'Inner', { parameters: { Site: APP } });
    const site = new CfnParameter(nested, 'Site');
    const api = new apigateway.RestApi(nested, 'Api');
    api.addGatewayResponse('Four', {
      type: apigateway.ResponseType.DEFAULT_4XX,
      responseHeaders: { 'Access-Control-Allow-Origin': `'${site.valueAsString}'` },
    });
    api.root.addMethod('GET', new apigateway.MockIntegration());
    const ask = (values?: Record<string, string>) =>
      CorsSimulator.fromStack(stack, { values }).request({ origin: APP, path: '/', gatewayError: 'THROTTLED' }).outcome;
    expect(ask()).toBe('ALLOWED');
    expect(ask({ 'Inner/Site': 'https://other.example.com' })).toBe('ALLOWED');
  });
});
