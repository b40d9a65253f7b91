/**
 * The paths whose preflights a resource policy refuses for certain, though API Gateway itself would
 * answer them: a preflight is anonymous, so a statement has to allow it, and none may deny it. What
 * depends on conditions, or on values that only the deployment knows, is not among them.
 *
 * @param policy of the API, resolved: an object, or its text
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function refusedPreflights(policy: unknown, paths: string[]): string[] {
  const statements = statementsOf(policy);
  if (!statements) return [];
  return paths.filter((path) => {
    const denied = statements.some((each) => each.Effect === 'Deny' && surelyCovers(each, path));
    return denied || !statements.some((each) => each.Effect !== 'Deny' && mayCover(each, path));
  });
}

type Statement = Record<string, any>;

/** `undefined` where there is none, or not every one can be read. */
function statementsOf(policy: unknown): Statement[] | undefined {
  const { Statement: listed } =
    ((typeof policy === 'string' ? parsed(policy) : policy) as { Statement?: unknown }) ?? {};
  const statements = [listed ?? []].flat();
  return statements.length > 0 && statements.every(isStatement) ? statements : undefined;
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && typeof (value as Statement).Effect === 'string';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function mayCover({ Principal, Action, Resource }: Statement, path: string): boolean {
  const names = namesOf(Principal);
  const isForAnyone = names === undefined || names.some((name) => typeof name !== 'string' || name === '*');
  return (
    isForAnyone &&
    (Action === undefined || some(Action, isInvoke)) &&
    (Resource === undefined || some(Resource, (pattern) => matches(pattern, path, '.*')))
  );
}

function surelyCovers({ Principal, Action, Resource, Condition }: Statement, path: string): boolean {
  const isUnconditional = Condition === undefined || Object.keys(Condition ?? {}).length === 0;
  return (
    isUnconditional &&
    (namesOf(Principal) ?? []).includes('*') &&
    isText(Action, isInvoke) &&
    isText(Resource, (pattern) => matches(pattern, path, '[*]'))
  );
}

/** `undefined` for callers that a statement does not name by `Principal`. */
function namesOf(principal: any): unknown[] | undefined {
  if (principal === undefined) return undefined;
  return typeof principal === 'string' ? [principal] : [principal?.AWS ?? (principal?.Service ? [] : principal)].flat();
}

function some(values: unknown, holds: (text: string) => boolean): boolean {
  return [values].flat().some((value) => typeof value !== 'string' || holds(value));
}

function isText(values: unknown, holds: (text: string) => boolean): boolean {
  return [values].flat().some((value) => typeof value === 'string' && holds(value));
}

function isInvoke(pattern: string): boolean {
  return globOf(pattern.toLowerCase()).test('execute-api:invoke');
}

/**
 * Behind the id of the API, or what is short for it, stand the stage, the method and the path. An
 * ARN that ends before these may cover all.
 */
function matches(pattern: string, path: string, stage: string): boolean {
  if (pattern === '*') return true;
  const [, of, rest] = /^[^/]*\/([^/]*)(\/.*)?$/s.exec(pattern) ?? [];
  if (rest === undefined) return stage === '.*' || of === '*';
  return new RegExp(`^${stage}$`, 's').test(of) && globOf((of.endsWith('*') ? '*' : '') + rest).test(`/OPTIONS${path}`);
}

/** A star stands for anything, slashes included. */
function globOf(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, 's');
}
