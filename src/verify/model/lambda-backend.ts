import type { FoundResource } from '../template/all-resources';
import { isObject } from '../template/cloudformation-template';
import type { Json } from '../template/json';
import { unknown, unknownParts } from '../unknown';
import type { FunctionCors, LambdaBackend } from './api-model';
import { readFunctionPolicy } from './function-policy';
import { textOf } from './properties';

/**
 * The function that a proxy integration calls, if the template makes it: by the URI of a REST API's
 * integration, or by the ARN that an HTTP API's takes as well.
 */
export function lambdaBehind(uri: Json, byId: Map<string, FoundResource>): LambdaBackend | undefined {
  const [, arn = textOf(uri), streaming] =
    textOf(uri).match(/\/functions\/(.*)\/(response-streaming-)?invocations$/) ?? [];
  const found = functionOf(arn, byId);
  return found && { ...readFunction(found), ...(streaming && { streams: true }) };
}

/**
 * A version or an alias answers as its function does, except an alias of a version that was
 * published some time ago.
 */
export function functionOf(text: string, byId: Map<string, FoundResource>, hops = 0): FoundResource | undefined {
  const reference = text.replace(/:\$LATEST$/, '');
  const [last] = unknownParts(reference).slice(-1);
  // A text at the end is a version's number or an alias's name.
  if (last === undefined || !reference.endsWith(unknown(last))) return undefined;
  const found = byId.get(unknown(last.replace(/\.(Arn|FunctionArn|AliasArn)$/, '')));
  if (!found || found.type.endsWith('::Function')) return found;
  const { FunctionName, FunctionVersion = '$LATEST' } = found.properties;
  const isOld = /^\d+$/.test(textOf(FunctionVersion));
  return isOld || hops > 2 ? undefined : functionOf(textOf(FunctionName), byId, hops + 1);
}

function readFunction({ name, properties, scope, logicalId }: FoundResource): LambdaBackend {
  const variables = properties.Environment?.Variables;
  const policy = isObject(variables) ? variables.CORS_POLICY : undefined;
  const follows = scope.marks.followed.get(scope.constructPath(logicalId) ?? '');
  return {
    name,
    ...(follows !== undefined && { follows }),
    cors: policy === undefined ? undefined : corsOf(textOf(policy), name, textOf(properties.Code?.ZipFile)),
    status: statusOf(properties.Code?.ZipFile),
  };
}

function corsOf(policy: string, name: string, inlineCode: string): FunctionCors {
  const cors = readFunctionPolicy(policy, name);
  return 'policy' in cors && WRAPPED.test(inlineCode) ? { policy: { ...cors.policy, isWrapped: true } } : cors;
}

/** The handler of inline code, in the forms that the docs have. */
const WRAPPED = /^\s*(module\.)?exports\.handler\s*=\s*withCors\(|^@with_cors\n/m;

/**
 * Of a handler in one line that looks at nothing: `exports.handler = async () => ({ statusCode: 204
 * });`
 */
function statusOf(code: Json): number | undefined {
  const [, status] =
    textOf(code).match(
      /^\s*exports\.handler\s*=\s*async\s*\(\)\s*=>\s*\(\{\s*statusCode:\s*(\d{3})\s*,?\s*\}\);?\s*$/,
    ) ?? [];
  return status === undefined ? undefined : Number(status);
}
