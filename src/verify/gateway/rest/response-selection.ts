import type { Integration, IntegrationResponse } from '../../model/api-model';
import { boundedTest } from '../../velocity/bounded';
import { javaRegexOfAll } from '../../velocity/java-regex';
import { Unknowable } from '../../velocity/values';

type Selected =
  /**
   * `rivals`: others whose patterns match as well, where nobody has established which one is taken.
   */
  | { readonly response: IntegrationResponse; readonly rivals?: IntegrationResponse[] }
  | { readonly none: string }
  | { readonly unknown: string };

/**
 * The integration response for what came back: the one whose pattern matches the status, else the
 * default one. Of several that match, the one that leads to this very status. `status` undefined: a
 * backend that answered whatever selects the default.
 * docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 */
export function selectResponse(integration: Integration, status: string | undefined): Selected {
  const { responses } = integration;
  if (responses.length === 0) return { none: 'it has no integration responses' };
  const byDefault = responses.find(({ selectionPattern }) => selectionPattern === undefined);
  if (status !== undefined && integration.isLambda)
    return lambdaError(responses, status) ?? orDefault(byDefault, status);
  // Without a default one, a backend that answered 2xx.
  const assumed = status ?? (byDefault || integration.isLambda ? undefined : '200');
  if (assumed !== undefined) {
    const matching: IntegrationResponse[] = [];
    for (const response of responses) {
      const matches = response.selectionPattern !== undefined && matchesAll(response.selectionPattern, assumed);
      if (matches instanceof Unknowable) return { unknown: matches.why };
      if (matches) matching.push(response);
    }
    const own = matching.find(({ statusCode }) => statusCode === assumed);
    if (own) return { response: own };
    if (matching.length > 0) return { response: matching[0], rivals: matching.slice(1) };
  }
  return orDefault(byDefault, assumed);
}

function matchesAll(pattern: string, status: string): boolean | Unknowable {
  const regex = javaRegexOfAll(pattern);
  return regex instanceof Unknowable ? regex : boundedTest(regex, status);
}

/**
 * A Lambda function's errors are told apart by their message, which no status says: take the
 * response that leads to this status.
 */
function lambdaError(responses: IntegrationResponse[], status: string): Selected | undefined {
  const response = responses.find(
    (candidate) => candidate.selectionPattern !== undefined && candidate.statusCode === status,
  );
  return response && { response };
}

const NO_DEFAULT = 'and none is the default (without a selectionPattern)';

function orDefault(response: IntegrationResponse | undefined, status: string | undefined): Selected {
  return response
    ? { response }
    : {
        none: `none of its integration responses matches ${status ?? NO_DEFAULT}`,
      };
}
