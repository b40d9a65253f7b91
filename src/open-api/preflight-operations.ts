import { defaultBranches } from '../api-gateway/cloudformation-conditions';
import type { OpenApiDocument } from '../api-gateway/open-api/document';
import { PREFLIGHT_MOCK, preflightResponse } from '../api-gateway/preflight-integration';
import { ReachableMethods } from '../api-gateway/reachable-methods';
import { comparedOrigins, preflightHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { headerDeclarations } from './header-declarations';
import { openOperation } from './open-operation';
import { PathTree, type VerbsAtPath } from './path-tree';

export interface PreflightFindings {
  /** Paths with an OPTIONS operation of the user's, which stay as they are. */
  readonly ownOptions: string[];
  /** Paths whose preflights something beside the document answers. */
  readonly answeredElsewhere: string[];
}

/** Has every path that can be called answer its preflights. */
export function addPreflights(document: OpenApiDocument, policy: Policy, elsewhere: string[]): PreflightFindings {
  const tree = new PathTree();
  const paths = document.paths.map(({ path, items }) => ({
    path,
    items: items.filter((item) => document.operationsOf(path, item).length > 0),
  }));
  for (const { path, items } of paths) for (const item of items) tree.add(path, verbsOf(document, path, item));
  const findings = {
    ownOptions: pathsOf(paths.filter(({ items }) => items.some((item) => item.options !== undefined))),
    answeredElsewhere: pathsOf(paths.filter(({ path, items }) => items.length > 0 && elsewhere.includes(path))),
  };
  const reachable = new ReachableMethods<VerbsAtPath>(
    tree.nodes,
    ({ verbs }) => verbs,
    () => true,
  );
  const needed = paths.filter(({ path }) => !elsewhere.includes(path));
  for (const [item, [first, ...others]] of pathsByItem(needed)) {
    const methods = [first, ...others].flatMap((path) => reachable.at(tree.node(path)));
    item.options = defaultBranches(item.options, () => preflightOperation(document, first, item, policy, methods));
  }
  return findings;
}

function pathsOf(items: { path: string }[]): string[] {
  return items.map(({ path }) => path);
}

/** Several paths may refer to one path item, which then answers for all of them. */
function pathsByItem(paths: { path: string; items: any[] }[]): Map<any, string[]> {
  const found = new Map<any, string[]>();
  for (const { path, items } of paths) for (const item of items) found.set(item, [...(found.get(item) ?? []), path]);
  return found;
}

function verbsOf(document: OpenApiDocument, path: string, item: any): string[] {
  return document.operationsOf(path, item).map(({ verb }) => verb);
}

function preflightOperation(
  document: OpenApiDocument,
  path: string,
  item: any,
  policy: Policy,
  methods: string[],
): unknown {
  const response = preflightResponse(policy.statusCode, preflightHeaders(policy, methods), comparedOrigins(policy));
  const names = Object.keys(response.responseParameters).map((name) => name.replace('method.response.header.', ''));
  const responses = {
    [response.statusCode]: {
      description: `${response.statusCode} response`,
      headers: headerDeclarations(document, names),
    },
  };
  const integration = {
    ...PREFLIGHT_MOCK,
    type: 'mock',
    passthroughBehavior: 'never',
    responses: { default: response },
  };
  return openOperation(document, path, item, responses, integration);
}
