export interface Behaviors {
  /** Such as `/api/* in front of Stack/Api`. */
  readonly behaviors: string;
}

/** About CloudFront distributions in front of an API. */
export const DISTRIBUTION_TEXTS = {
  DistributionDropsPreflight: ({ behaviors }: Behaviors) => [
    `${behaviors}: OPTIONS is not among the allowed methods,`,
    'so CloudFront answers every preflight with 403 and the API is never asked.',
    'Write allowedMethods: AllowedMethods.ALLOW_ALL,',
    'or ALLOW_GET_HEAD_OPTIONS for an API that is only read.',
  ],
  DistributionHidesOrigin: ({ behaviors }: Behaviors) => [
    `${behaviors}: the API answers by the headers of the page,`,
    'and the behavior does not forward Origin and those of the preflight.',
    'Write originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,',
    'with cachePolicy: CachePolicy.CACHING_DISABLED or Origin in the cache key.',
  ],
  DistributionForwardsHost: ({ behaviors }: Behaviors) => [
    `${behaviors}: the viewer's Host is forwarded, and API Gateway finds APIs by Host:`,
    'it answers 403 to everything, without CORS headers.',
    'Write originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.',
  ],
  DistributionOverrides: ({ behaviors }: Behaviors) => [
    `${behaviors}: the response headers policy overrides the API's CORS headers,`,
    "and lets in less than the policy of the API: browsers see the distribution's.",
    'Write originOverride: false, or leave corsBehavior out and let the API answer.',
  ],
};
