/** What the tests of the recipes ask with, and what they look at beside verdicts. */
import type { CfnResource, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { type BrowserRequest, CorsSimulator } from '../../src';

export function get(origin: string, path: string, headers?: Record<string, string>): BrowserRequest {
  return { origin, path, headers };
}

export function put(origin: string, path: string, headers?: Record<string, string>): BrowserRequest {
  return { origin, path, headers, method: 'PUT' };
}

export function withCookies(request: BrowserRequest): BrowserRequest {
  return { ...request, credentials: true };
}

export function throughTheSite(request: BrowserRequest): BrowserRequest {
  return { ...request, via: 'Recipe/Site' };
}

export function idOf(stack: Stack, type: string): string {
  return Object.keys(Template.fromStack(stack).findResources(type))[0];
}

/** Of all rules of the web ACL, those that block. */
export function letsPreflightsPass(stack: Stack): void {
  const [acl] = Object.values(Template.fromStack(stack).findResources('AWS::WAFv2::WebACL'));
  for (const { Action, Statement } of acl.Properties.Rules.filter(({ Action }: any) => Action.Block)) {
    expect(Action.Block).toEqual({});
    const { ByteMatchStatement } = Statement.AndStatement.Statements[0].NotStatement.Statement;
    expect(ByteMatchStatement).toMatchObject({ FieldToMatch: { Method: {} }, SearchString: 'OPTIONS' });
  }
}

/** cdk-nag looks at the stack, and has nothing to say about what cdk-cors added. */
export function leavesPreflightsAlone(stack: Stack): void {
  const findings = Annotations.fromStack(stack).findError('*', Match.stringLikeRegexp('AwsSolutions-'));
  expect(findings.map(({ id }) => id)).not.toEqual([]);
  expect(findings.filter(({ id }) => /OPTIONS/.test(id))).toEqual([]);
  const preflights = stack.node.findAll().filter((construct) => isPreflight(construct as CfnResource));
  expect(preflights).toHaveLength(1);
}

function isPreflight({ cfnResourceType, node }: CfnResource): boolean {
  return cfnResourceType === 'AWS::ApiGateway::Method' && node.path.includes('/OPTIONS/');
}

export function withoutResourcePolicy(template: any): any {
  const copy = JSON.parse(JSON.stringify(template));
  for (const { Type, Properties } of Object.values<any>(copy.Resources))
    if (Type === 'AWS::ApiGateway::RestApi') delete Properties.Policy;
  return copy;
}

export function dependsOnTheResourcePolicy(stack: Stack): void {
  const verdict = CorsSimulator.fromStack(stack).request(put('https://intranet.example.com', '/reports'));
  expect(verdict).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringMatching(/condition/) });
}

/** What the functions of a recipe answer, run as they are deployed: inline code, and the policy in the environment. */
export async function answersTo(request: BrowserRequest, stack: Stack, values: Record<string, string> = {}) {
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  const withPolicy = functions.filter(({ Properties }) => Properties.Environment?.Variables?.CORS_POLICY);
  return Promise.all(
    withPolicy.map(({ Properties: { Code, Environment } }) => {
      process.env.CORS_POLICY = asDeployed(Environment.Variables.CORS_POLICY, values);
      const exported: any = {};
      new Function('require', 'exports', Code.ZipFile)(() => require('../../lambda/node'), exported);
      return exported.handler(eventOf(request), {});
    }),
  );
}

function asDeployed(value: any, values: Record<string, string>): string {
  if (typeof value === 'string') return value;
  const [separator, parts] = value['Fn::Join'];
  return parts
    .map((part: any) => (typeof part === 'string' ? part : values[part['Fn::GetAtt'].join('.')]))
    .join(separator);
}

function eventOf({ origin, path, headers, method = 'GET' }: BrowserRequest) {
  const requestContext = { authorizer: { claims: { sub: 'user' } } };
  return { httpMethod: method, path, headers: { origin, ...headers }, requestContext };
}
