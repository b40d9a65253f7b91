import type { Json } from '../../src/verify/template/json';
import { TemplateScope } from '../../src/verify/template/scope';
import { readable } from '../../src/verify/unknown';

/** What a value of this template comes to, with ${…} for what only the deployment tells. */
function resolved(value: unknown): string {
  const scope = new TemplateScope({
    Parameters: { Url: { Type: 'String' } },
    Resources: {
      Rest: { Type: 'AWS::ApiGateway::RestApi' },
      Live: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'prod' } },
      Circle: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: { Ref: 'Circle' } } },
      Http: { Type: 'AWS::ApiGatewayV2::Api' },
      FunctionUrl: { Type: 'AWS::Lambda::Url' },
      Policy: { Type: 'AWS::CloudFront::CachePolicy' },
      Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    },
  });
  return readable(String(scope.resolve(value as Json)));
}

const part = (index: number, text: unknown): object => ({ 'Fn::Select': [index, { 'Fn::Split': ['/', text] }] });

describe('the parts of an address that only the deployment tells in whole', () => {
  const rest = { 'Fn::Sub': 'https://${Rest}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Live}/' };

  test.each([
    ['the host of a REST API', part(2, rest), '${Rest}.execute-api.${AWS::Region}.${AWS::URLSuffix}'],
    ['its stage, by the name that a Ref gives', part(3, rest), 'prod'],
    [
      'the host of an HTTP API',
      part(2, { 'Fn::GetAtt': 'Http.ApiEndpoint' }),
      '${Http}.execute-api.${AWS::Region}.${AWS::URLSuffix}',
    ],
    [
      'the host of a function URL',
      part(2, { 'Fn::GetAtt': 'FunctionUrl.FunctionUrl' }),
      '${FunctionUrl}.lambda-url.${AWS::Region}.on.aws',
    ],
  ])('%s', (_, value, expected) => {
    expect(resolved(value)).toBe(expected);
  });

  test.each([
    ['a parameter may hold slashes', part(2, { 'Fn::Sub': 'https://${Url}/x' })],
    ['so may an ARN', part(0, { 'Fn::Sub': '${Balancer}/x' })],
    ['and a suffix holds dots', { 'Fn::Select': [1, { 'Fn::Split': ['.', { 'Fn::Sub': '${AWS::URLSuffix}.x' }] }] }],
  ])('%s', (_, value) => {
    expect(resolved(value)).toContain('Fn::Split');
  });

  test('a policy of CloudFront has the same id by Ref and by its attribute', () => {
    expect(resolved({ 'Fn::GetAtt': ['Policy', 'Id'] })).toBe(resolved({ Ref: 'Policy' }));
  });

  test('a stage that is named after itself keeps its id', () => {
    expect(resolved({ Ref: 'Circle' })).toBe('${Circle}');
  });
});
