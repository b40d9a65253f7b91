import type { ResponseHeadersPolicy } from '../../cloudfront/policies';
import type { Selection } from '../../cloudfront/selection';

/**
 * What a template says about one CloudFront distribution,
 * as far as a browser can tell the difference.
 *
 * A string that is only partly known until deployment carries the unknown part between two marks:
 * see ../template/unknown.ts.
 */
export interface DistributionModel {
  /** The logical id. */
  readonly id: string;
  /** The construct path, where the template says it. */
  readonly constructPath?: string;
  /** The template that makes it, where that is a file. */
  readonly templateFile?: string;
  /** 'd111111abcdef8.cloudfront.net', which only the deployment tells. */
  readonly defaultDomain: string;
  /** Its other host names; may hold marks. */
  readonly aliases: string[];
  /** In the order in which they are tried; the last one takes every path. */
  readonly behaviors: Behavior[];
  /** By the status that they replace. */
  readonly errorPages: Map<number, ErrorPage>;
  /** What stands in for `/`: '/index.html'. */
  readonly rootObject?: string;
  /** Why deploying it fails. */
  readonly faults: string[];
  /** Why it cannot be known whether it exists or what it is, where that is so. */
  readonly doubt?: string;
}

export interface Behavior {
  readonly pattern: string;
  /** How to name it to a reader: 'the behavior /api/* of Edge'. */
  readonly where: string;
  readonly origin: DistributionOrigin;
  readonly allowedMethods: string[];
  readonly forwarding: Forwarding;
  readonly caching: Caching;
  readonly responseHeaders?: ResponseHeadersPolicy;
  /** Code that runs on the way, which no template shows. */
  readonly functions: EdgeFunction[];
  /** The property by which it asks for signed URLs or cookies, where it does. */
  readonly signedBy?: string;
  /** Why it cannot be known which requests it takes on, where that is so. */
  readonly doubt?: string;
  /** Why it cannot be known what it makes of them. */
  readonly doubtOfPolicies?: string;
}

export interface DistributionOrigin {
  readonly id: string;
  /** May hold marks. */
  readonly domain: string;
  /** '' or '/prod'; may hold marks. */
  readonly path: string;
  /** What CloudFront sets, whatever the viewer sends; names in lower case. */
  readonly customHeaders: Map<string, string>;
  /**
   * Whether CloudFront puts a signature of its own into Authorization: 'always',
   * 'no-override' or 'never'.
   */
  readonly signing?: string;
}

/** What of a viewer's request reaches the origin. */
export interface Forwarding {
  /** 'legacy': ForwardedValues instead of policies. */
  readonly mode: 'policies' | 'legacy';
  /** In the cache key, and so sent to the origin. */
  readonly keyHeaders: Selection;
  /** Sent besides. */
  readonly moreHeaders: Selection;
  readonly keyQuery: Selection;
  readonly moreQuery: Selection;
  /**
   * How to name what decides it: 'the cache policy CachingDisabled and no origin request policy'.
   */
  readonly by: string;
}

export interface Caching {
  readonly methods: string[];
  /** Seconds. */
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
}

export interface EdgeFunction {
  readonly event: string;
  readonly kind: 'CloudFront Function' | 'Lambda@Edge function';
}

/** A page that takes the place of an error. */
export interface ErrorPage {
  readonly path: string;
  readonly status: number;
}

/** The construct path tells more than the logical id, where the template has it. */
export function nameOfDistribution({ id, constructPath }: DistributionModel): string {
  return constructPath ?? id;
}
