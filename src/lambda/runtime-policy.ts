import { Token } from 'aws-cdk-lib';
import { replaceTokens } from '../policy/faults';
import { allowHeaders, allowMethods, exposeHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';

/**
 * What the environment variable CORS_POLICY holds, as JSON: a policy that needs no parsing to be
 * followed, so that lambda/node and lambda/python have no rules of their own. Described in
 * docs/proxy-backends.md; the simulator reads it from templates.
 */
interface RuntimePolicy {
  /** Compared as they are; `*`, alone, means any. */
  readonly origins?: string[];
  /** Regular expressions, each for the whole of an origin. */
  readonly patterns?: string[];
  /** The values of the headers, as sent. */
  readonly methods?: string;
  readonly headers?: string;
  readonly expose?: string;
  /** In seconds. */
  readonly maxAge: number;
  readonly credentials?: boolean;
  /** Of a preflight's answer, where it is not 204. */
  readonly status?: number;
  /**
   * Every OPTIONS request is answered without the handler, whatever its headers: anyone can send
   * one, by a route that this library opened.
   */
  readonly answersOptions?: boolean;
  /**
   * The number of `"` in the whole text, as its last field. There where deploy-time values are in
   * the text: one with a quote could add an origin. It cannot change this number, as nothing but
   * quotes ends a text or begins a name, and of two fields of one name the last counts.
   */
  readonly quotes?: number;
}

/**
 * What is not said is left out: a function has 4 KB for all its environment variables.
 *
 * @param verbs of the routes whose preflights the function gets: unless it stands for more, its own
 * route, which takes every method, as ANY and $default do
 */
export function runtimePolicy(policy: Policy, answersOptions = false, verbs = ['ANY']): RuntimePolicy {
  const said = whatToFollow(policy, answersOptions, verbs);
  const isOpen = Object.values(said)
    .flat()
    .some((value) => Token.isUnresolved(value));
  return isOpen
    ? { ...said, quotes: replaceTokens('', JSON.stringify({ ...said, quotes: 0 })).split('"').length - 1 }
    : said;
}

function whatToFollow(policy: Policy, answersOptions: boolean, verbs: string[]): RuntimePolicy {
  const { exact, patterns, any } = policy.origins;
  return {
    origins: any ? ['*'] : nonEmpty(exact),
    patterns: nonEmpty(patterns.flatMap(({ expressions }) => expressions)),
    methods: allowMethods(policy, verbs),
    headers: allowHeaders(policy),
    expose: exposeHeaders(policy),
    maxAge: policy.maxAge,
    credentials: policy.credentials || undefined,
    status: policy.statusCode === 204 ? undefined : policy.statusCode,
    answersOptions: answersOptions || undefined,
  };
}

/** Faults of a valid policy that no function can follow. */
export function runtimeFaults(policy: Policy): string[] {
  if (policy.origins.isDeployTimeList) {
    return [
      'cors.allowOrigins: the whole list is known only at deployment, ' +
        'and a Lambda function has to compare each origin on its own. ' +
        'List them one by one; each may be a deploy-time value.',
    ];
  }
  const size = replaceTokens('', JSON.stringify(runtimePolicy(policy, true))).length;
  return size > 4_096
    ? [
        `cors.allowOrigins: the policy takes ${size} bytes, ` +
          'and Lambda gives a function 4096 for all its environment variables. ' +
          'Cover several origins with one pattern, such as "https://*.example.com".',
      ]
    : [];
}

function nonEmpty(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}
