export interface Behaviors {
  /** Such as `/api/* in front of Stack/Api`. */
  readonly behaviors: string;
}

/** Those that take no preflight, and those that take it and not the methods that it is for. */
export interface Dropped {
  readonly behaviors?: string;
  readonly cut?: string;
  readonly methods?: string;
}

/** About CloudFront distributions in front of an API. */
export const DISTRIBUTION_TEXTS = {
  DistributionDropsPreflight: ({ behaviors, cut, methods }: Dropped) => [
    ...(behaviors
      ? [
          `${behaviors}: OPTIONS is not among the allowed methods,`,
          'so CloudFront answers every preflight with 403 and the API is never asked.',
        ]
      : []),
    ...(cut
      ? [
          `${cut}: OPTIONS is allowed, but not ${methods},`,
          'so the preflight passes, and CloudFront answers the request after it with 403.',
        ]
      : []),
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
    `${behaviors}: the viewer's Host is forwarded,`,
    'and API Gateway and Lambda find an API or a function URL by Host: every call is answered with 403.',
    'Write originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.',
  ],
  DistributionOverrides: ({ behaviors }: Behaviors) => [
    `${behaviors}: the response headers policy overrides the API's CORS headers,`,
    "and lets in less than the policy of the API: browsers see the distribution's.",
    'Write originOverride: false, or leave corsBehavior out and let the API answer.',
  ],
};
