import type { GatewayAnswer } from '../gateway/gateway';
import type { ErrorPage } from './distribution';

/**
 * An error of the origin with the page that takes its place, for the whole distribution: the
 * headers of the API are gone with its body.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html
 */
export function withErrorPage(pages: Map<number, ErrorPage>, answer: GatewayAnswer): GatewayAnswer | undefined {
  const page = pages.get(answer.status);
  if (!page) return undefined;
  const why =
    `CustomErrorResponses of the distribution put ${page.path} with ${page.status} in the place of the ` +
    `${answer.status}, and the headers of the API are gone with it`;
  return {
    status: page.status,
    headers: {},
    body: '',
    decidedBy: 'gateway',
    gatewayError: answer.gatewayError ?? `CloudFront ${answer.status}`,
    cause: 'distribution-error-page',
    answeredBy: answer.answeredBy,
    unknown: answer.unknown,
    trail: [...answer.trail, why],
  };
}
