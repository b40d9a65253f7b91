import type { Integration, IntegrationResponse } from '../../model/api-model';
import { javaRegexOfAll } from '../../velocity/java-regex';
import { Unknowable } from '../../velocity/values';

export type Selected =
  | { readonly response: IntegrationResponse }
  | { readonly none: string }
  | { readonly unknown: string };

/**
 * The integration response for what came back: the first whose pattern matches the status, else the
 * default one. `status` undefined: a backend that answered whatever selects the default.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 */
export function selectResponse(integration: Integration, status: string | undefined): Selected {
  const { responses } = integration;
  if (responses.length === 0) return { none: 'it has no integration responses' };
  const byDefault = responses.find(({ selectionPattern }) => selectionPattern === undefined);
  if (status !== undefined && integration.isLambda)
    return lambdaError(responses, status) ?? orDefault(byDefault, status);
  const assumed = status ?? (byDefault || integration.isLambda ? undefined : '200'); // without a default one, a backend that is content
  if (assumed !== undefined) {
    for (const response of responses) {
      if (response.selectionPattern === undefined) continue;
      const regex = javaRegexOfAll(response.selectionPattern);
      if (regex instanceof Unknowable) return { unknown: regex.why };
      if (regex.test(assumed)) return { response };
    }
  }
  return orDefault(byDefault, assumed);
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

function orDefault(response: IntegrationResponse | undefined, status: string | undefined): Selected {
  return response
    ? { response }
    : {
        none: `none of its integration responses matches ${status ?? 'and none is the default (without a selectionPattern)'}`,
      };
}
