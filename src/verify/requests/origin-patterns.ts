import type { ApiModel, LambdaBackend, RestMethod, RestResource } from '../model/api-model';

/**
 * The sets of origins that an API lets in beside those that it names: `http://localhost:*`, as the
 * policy says it, or the regular expression where nobody can tell what it was made from.
 */
export function originPatterns(api: ApiModel): string[] {
  const sides = api.sides?.map(({ model }) => model) ?? [api];
  return [...new Set(sides.flatMap(patternsIn))];
}

function patternsIn(api: ApiModel): string[] {
  if (api.kind === 'REST') return patternsOfRest(api.root);
  if (api.cors) return api.cors.allowOrigins.filter((text) => text !== '*' && text.includes('*'));
  return (api.kind === 'HTTP' ? api.routes : [api.route]).flatMap(({ lambda }) => patternsOfFunction(lambda));
}

function patternsOfRest({ methods, children }: RestResource): string[] {
  return [...[...methods.values()].flatMap(patternsOfMethod), ...children.flatMap(patternsOfRest)];
}

/** A mapping template compares the origin with regular expressions. */
function patternsOfMethod({ integration }: RestMethod): string[] {
  const templates = (integration?.responses ?? []).flatMap((response) => [...response.templates.values()]);
  const compared = templates.flatMap((text) => Array.from(text.matchAll(COMPARISON), ([, , expression]) => expression));
  return [...compared.map(asWritten), ...patternsOfFunction(integration?.lambda)];
}

const COMPARISON = /\.matches\((["'])(\^?https?[^"']*)\1\)/g;

function patternsOfFunction(lambda: LambdaBackend | undefined): string[] {
  return lambda?.cors && 'policy' in lambda.cors ? lambda.cors.policy.patterns.map(asWritten) : [];
}

/** The pattern that this library makes such an expression of, where it does. */
function asWritten(expression: string): string {
  const pattern = EXPRESSIONS.reduce((text, [part, written]) => text.replaceAll(part, written), expression);
  return PATTERN.test(pattern) ? pattern : expression;
}

const ANY_PORT = '(:[1-9][0-9]{0,4})?';

/** What stands for what, the longer ones first: `https://*` is for any host and any port. */
const EXPRESSIONS = [
  ['://\\[', '://['],
  ['://.', '://['], // so a mapping template has it
  [`[a-z0-9_-]+([.][a-z0-9_-]+){0,126}[.]?${ANY_PORT}`, '*'],
  [`[[0-9a-f:]+]${ANY_PORT}`, '*'],
  [ANY_PORT, ':*'],
  ['([a-z0-9_-]+[.]){1,126}', '*.'],
  ['[a-z0-9_-]+', '*'],
  ['[.]', '.'],
] as const;

const PATTERN = /^https?:\/\/(\[[0-9a-f:]+\]|[a-z0-9.*_-]+)(:\*|:\d+)?$/;
