import { Selection } from './selection';

/**
 * The policies of CloudFront's behaviors, as far as they touch CORS. Pure: managed ones and a
 * template's own look alike here.
 */
export interface CachePolicy {
  readonly name: string;
  readonly headers: Selection;
  readonly query: Selection;
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
}

export interface OriginRequestPolicy {
  readonly name: string;
  readonly headers: Selection;
  readonly query: Selection;
}

export interface ResponseHeadersPolicy {
  readonly name: string;
  readonly cors?: EdgeCors;
  readonly custom: { readonly name: string; readonly value: string; readonly overrides: boolean }[];
  /** Names in lower case. */
  readonly removed: string[];
}

/** Lists may hold marks. */
export interface EdgeCors {
  readonly origins: string[];
  /** 'ALL' alone stands for every method. */
  readonly methods: string[];
  readonly headers: string[];
  readonly exposed: string[];
  readonly credentials: boolean;
  readonly maxAge?: string;
  readonly overrides: boolean;
}

/**
 * What a policy says of headers (`HeaderBehavior`, `Headers`) or of the query. Header names are
 * told in lower case; `undefined` where the behavior is unknown here.
 */
export function selectionOf(behavior: string, names: string[]): Selection | undefined {
  switch (behavior) {
    case '':
    case 'none':
      return Selection.NONE;
    case 'all':
    case 'allViewer':
    case 'allViewerAndWhitelistCloudFront': // which adds headers of CloudFront's own: they have nothing to do with CORS
      return Selection.ALL;
    case 'whitelist':
      return Selection.only(names);
    case 'allExcept':
      return Selection.allExcept(names);
    default:
      return undefined;
  }
}
