import type { RestApiModel, RestMethod } from '../../model/api-model';
import type { Json, JsonObject } from '../../template/json';
import { readable, unknown } from '../../unknown';
import type { GatewayRequest } from '../gateway';
import { splitPath } from '../request';
import { matchesWildcards, type Possibly } from './wildcards';

/** What the resource policy of an API says to a request. */
interface PolicyDecision {
  readonly outcome: 'allowed' | 'denied' | 'unknown';
  readonly why: string;
}

/**
 * How AWS weighs a resource policy together with the method's own authorization. Alone, and behind
 * Cognito, it has to allow the request; beside a Lambda authorizer or IAM, which may allow on their
 * own, only what it denies counts.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function policyDecision(api: RestApiModel, method: RestMethod, request: GatewayRequest): PolicyDecision {
  const { policy } = api;
  if (!policy) return ALLOWED;
  const verb = request.method;
  const { path } = splitPath(request.path);
  if (policy.doubt) return { outcome: 'unknown', why: policy.doubt };
  const caller: Caller = { api, verb, path, isSigned: method.authorization.type === 'AWS_IAM' };
  const said = (effect: string): Verdict =>
    strongest(policy.statements.filter(({ Effect }) => Effect === effect).map((each) => covers(each, caller)));
  const odd = policy.statements.find(({ Effect }) => Effect !== 'Allow' && Effect !== 'Deny');
  if (odd)
    return {
      outcome: 'unknown',
      why: `the resource policy has a statement with the effect ${readable(String(odd.Effect))}`,
    };

  const [denied, allowed] = [said('Deny'), said('Allow')];
  const needsAllow = !['TOKEN', 'REQUEST', 'AWS_IAM', 'UNKNOWN'].includes(method.authorization.type);
  const asked = `${verb} ${path}`;
  if (denied.covers === true) return { outcome: 'denied', why: `the resource policy denies ${asked}` };
  if (needsAllow && allowed.covers === false)
    return { outcome: 'denied', why: `no statement of the resource policy allows ${asked}` };
  if (denied.covers !== false)
    return { outcome: 'unknown', why: `the resource policy may deny ${asked}: ${denied.why}` };
  if (needsAllow && allowed.covers !== true)
    return { outcome: 'unknown', why: `the resource policy may allow ${asked}: ${allowed.why}` };
  return ALLOWED;
}

const ALLOWED: PolicyDecision = { outcome: 'allowed', why: '' };

interface Caller {
  readonly api: RestApiModel;
  readonly verb: string;
  readonly path: string;
  /** Signed requests come from somebody; all others are anonymous. */
  readonly isSigned: boolean;
}

/** Whether a statement covers a request, and what that depends on. */
interface Verdict {
  readonly covers: Possibly;
  readonly why?: string;
}

function strongest(verdicts: Verdict[]): Verdict {
  return (
    verdicts.find(({ covers }) => covers === true) ??
    verdicts.find(({ covers }) => covers === 'maybe') ?? { covers: false }
  );
}

function covers(statement: JsonObject, caller: Caller): Verdict {
  const parts = [
    ofPrincipal(statement, caller),
    ofAction(statement),
    ofResource(statement, caller),
    ofCondition(statement),
  ];
  return (
    parts.find((part) => part.covers === false) ?? parts.find((part) => part.covers === 'maybe') ?? { covers: true }
  );
}

function ofPrincipal({ Principal, NotPrincipal }: JsonObject, { isSigned }: Caller): Verdict {
  if (NotPrincipal !== undefined || Principal === undefined)
    return {
      covers: 'maybe',
      why: Principal === undefined && NotPrincipal === undefined ? 'it names no Principal' : 'it has a NotPrincipal',
    };
  if (Array.isArray(Principal))
    return { covers: 'maybe', why: 'its Principal is a list, where "*" or {"AWS": […]} belongs' };
  const names = typeof Principal === 'object' && Principal !== null ? listed(Principal.AWS) : [Principal];
  if (names.includes('*')) return { covers: true };
  const couldBeAnybody = names.map(String).some((name) => /^\uE000[^\uE001]*(?<!\.Arn)\uE001$/.test(name));
  if (isSigned || couldBeAnybody)
    return {
      covers: 'maybe',
      why: `it is for ${names.map((name) => readable(String(name))).join(', ') || 'services'}`,
    };
  return { covers: false };
}

function ofAction({ Action, NotAction }: JsonObject): Verdict {
  const invoke = (patterns: Json): Possibly =>
    any(listed(patterns).map((pattern) => matchesWildcards(String(pattern).toLowerCase(), 'execute-api:invoke')));
  return of(Action !== undefined ? invoke(Action) : not(invoke(NotAction)), Action ?? NotAction);
}

function ofResource({ Resource, NotResource }: JsonObject, { api, verb, path }: Caller): Verdict {
  const stages = api.stages.length > 0 ? api.stages : [unknown('the stage')];
  const rest = path.replace(/^\/+/, '');
  const tails = stages.flatMap((stage) =>
    [...new Set([rest, rest.replace(/\/+$/, '')])].map((each) => `${api.reference}/${stage}/${verb}/${each}`),
  );
  const covered = (patterns: Json): Possibly =>
    agreed(
      tails.map((tail) =>
        any(listed(patterns).map((pattern) => covering(expanded(String(pattern), api.reference), tail))),
      ),
    );
  return of(Resource !== undefined ? covered(Resource) : not(covered(NotResource)), Resource ?? NotResource);
}

/** `execute-api:/stage/METHOD/path` is short for the ARN of the API that has the policy. */
function expanded(pattern: string, reference: string): string {
  return pattern.startsWith('execute-api:/') ? OWN + reference + pattern.slice('execute-api:'.length) : pattern;
}

/**
 * The guides also end ARNs behind the API or its stage; what these cover,
 * and the name of a variable, is not said.
 */
function covering(pattern: string, tail: string): Possibly {
  if (/^[^*?]*:[^*?:/]*(\/[^*?/]*)?\/?$|[{}]|^execute-api:/.test(pattern)) return 'maybe';
  const partition = /^arn:(aws[a-z-]*):/.exec(pattern)?.[1];
  return matchesWildcards(pattern, (partition ? OWN.replace(unknown('AWS::Partition'), partition) : OWN) + tail);
}

const OWN = `arn:${unknown('AWS::Partition')}:execute-api:${unknown('AWS::Region')}:${unknown('AWS::AccountId')}:`;

function ofCondition({ Condition }: JsonObject): Verdict {
  if (Condition === undefined || (typeof Condition === 'object' && Object.keys(Condition ?? {}).length === 0))
    return { covers: true };
  const keys = Object.values(Condition as object).flatMap((tests) =>
    typeof tests === 'object' ? Object.keys(tests ?? {}) : [],
  );
  return { covers: 'maybe', why: `it has a condition${keys.length > 0 ? ` on ${keys.join(', ')}` : ''}` };
}

function of(covers: Possibly, patterns: Json): Verdict {
  return {
    covers,
    why:
      covers === 'maybe'
        ? `what ${listed(patterns)
            .map((item) => readable(String(item)))
            .join(', ')} covers is open`
        : undefined,
  };
}

function any(answers: Possibly[]): Possibly {
  return answers.includes(true) || (answers.includes('maybe') ? 'maybe' : false);
}

function agreed(answers: Possibly[]): Possibly {
  return answers.every((answer) => answer === answers[0]) ? answers[0] : 'maybe';
}

function not(answer: Possibly): Possibly {
  return answer === 'maybe' ? answer : !answer;
}

function listed(value: Json): Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
