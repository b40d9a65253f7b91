import type { FoundResource } from '../template/all-resources';
import { isObject, objectOf } from '../template/cloudformation-template';
import type { Json } from '../template/json';
import { isKnown, readable } from '../unknown';
import type { Authorization, FunctionUrlModel, HttpCors } from './api-model';
import { readCors } from './http-cors';
import { functionOf, lambdaBehind } from './lambda-backend';
import { textOf } from './properties';

/**
 * A Lambda function URL: one route onto its function, with CORS settings of its own. `permissions`:
 * the AWS::Lambda::Permission resources of the templates.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html
 */
export function readFunctionUrl(
  url: FoundResource,
  byId: Map<string, FoundResource>,
  permissions: FoundResource[],
): FunctionUrlModel {
  const { properties, name, scope, logicalId, doubt } = url;
  const { AuthType, Cors, InvokeMode, TargetFunctionArn } = properties;
  const faults: string[] = [];
  const cors = readSettings(Cors, name, faults);
  if (TargetFunctionArn === undefined) faults.push(`${name} has no TargetFunctionArn: write the ARN of its function.`);
  if (AuthType === undefined) faults.push(`${name} has no AuthType: write NONE or AWS_IAM.`);
  if (cors) checkLimits(cors, name, faults);
  const behind = lambdaBehind(TargetFunctionArn, byId);
  const lambda = behind && InvokeMode === 'RESPONSE_STREAM' ? { ...behind, streams: true } : behind;
  return {
    kind: 'FUNCTION_URL',
    id: logicalId,
    reference: url.id,
    constructPath: scope.constructPath(logicalId),
    templateFile: scope.file,
    stages: [],
    stageVariables: {},
    faults,
    notes: [...(url.notes ?? []), ...opennessOf(cors, name)],
    cors,
    permissionDoubt: permissionDoubt(url, permissions, byId),
    route: {
      key: '/',
      verb: 'ANY',
      parts: [],
      where: name,
      authorization: authorizationOf(textOf(AuthType)),
      bodyTypes: [],
      integration: lambda?.name ?? readable(textOf(TargetFunctionArn)),
      lambda,
      doubt,
    },
  };
}

function authorizationOf(type: string): Authorization {
  const known = type === 'NONE' || type === 'AWS_IAM' ? type : 'UNKNOWN';
  return { type: known, name: known === 'UNKNOWN' ? readable(type) : undefined, identitySources: [] };
}

function readSettings(given: Json, name: string, faults: string[]): HttpCors | undefined {
  if (given !== undefined && !isObject(given) && isKnown(textOf(given)))
    faults.push(`Cors of ${name} is ${JSON.stringify(given)}: write AllowOrigins, AllowMethods, … as lists.`);
  for (const field of LISTS) {
    const value = objectOf(given)[field] ?? [];
    if (Array.isArray(value) || !isKnown(textOf(value))) continue;
    const instead = typeof value === 'string' ? `["${value}"]` : 'a list of texts';
    faults.push(
      `${field} in Cors of ${name} is ${JSON.stringify(value)}, and CloudFormation wants a list: write ${instead}.`,
    );
  }
  const cors = readCors(given, name);
  if (!cors || cors.doubt || !isObject(given) || Object.keys(given).length > 0) return cors;
  return { ...cors, doubt: `whether Lambda takes the empty Cors of ${name} for CORS settings is not known` };
}

const LISTS = ['AllowOrigins', 'AllowMethods', 'AllowHeaders', 'ExposeHeaders'];

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
function checkLimits(cors: HttpCors, name: string, faults: string[]): void {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge } = cors;
  for (const method of allowMethods.filter((each) => isKnown(each) && !METHODS.includes(each))) {
    const why = method === 'OPTIONS' ? ', as it answers preflights itself: leave it out' : '';
    faults.push(`AllowMethods of ${name} lists ${method}: Lambda takes ${METHODS.join(', ')}${why}.`);
  }
  for (const [field, values] of Object.entries({
    AllowOrigins: allowOrigins,
    AllowHeaders: allowHeaders,
    ExposeHeaders: exposeHeaders,
  })) {
    const longest = field === 'AllowOrigins' ? 253 : 1_024;
    if (values.length > 100) faults.push(`${field} of ${name} has ${values.length} entries: Lambda takes 100.`);
    for (const value of values.filter((each) => isKnown(each) && (each.length > longest || each === '')))
      faults.push(`${field} of ${name} has an entry of ${value.length} characters: Lambda takes 1 to ${longest}.`);
  }
  if (maxAge !== undefined && isKnown(maxAge) && !(Number(maxAge) >= 0 && Number(maxAge) <= 86_400))
    faults.push(`MaxAge of ${name} is ${maxAge}: Lambda takes 0 to 86400.`);
}

const METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'PATCH', 'DELETE', '*'];

function opennessOf(cors: HttpCors | undefined, name: string): string[] {
  return cors?.allowCredentials && cors.allowOrigins.includes('*')
    ? [
        `${name} has AllowOrigins * together with AllowCredentials: ` +
          'Lambda answers any site with its own origin, ' +
          'so every site may read with the cookies of the visitor.',
      ]
    : [];
}

/** Without a signature, a statement of the function's resource policy has to let everybody in. */
function permissionDoubt(
  { name, properties }: FoundResource,
  permissions: FoundResource[],
  byId: Map<string, FoundResource>,
): string | undefined {
  const called = nameOf(properties.TargetFunctionArn, byId);
  const own = permissions.filter(
    ({ properties: { FunctionName, Principal, SourceArn, SourceAccount } }) =>
      nameOf(FunctionName, byId) === called &&
      Principal === '*' &&
      SourceArn === undefined &&
      SourceAccount === undefined,
  );
  const lacking = ACTIONS.find((action) => !own.some((each) => covers(textOf(each.properties.Action), action)));
  if (lacking !== undefined)
    return (
      `no AWS::Lambda::Permission of the templates lets everybody use ${lacking} ` +
      `on the function of ${name}, without which Lambda answers 403`
    );
  return own.find(({ doubt }) => doubt !== undefined)?.doubt;
}

const ACTIONS = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];

function covers(given: string, action: string): boolean {
  return given === action || given === 'lambda:*';
}

/** What stands for a function, however it is referred to. */
function nameOf(reference: Json, byId: Map<string, FoundResource>): string {
  return functionOf(textOf(reference), byId)?.id ?? textOf(reference);
}
