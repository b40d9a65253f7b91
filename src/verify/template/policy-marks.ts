import type { ConstructMetadata } from './construct-paths';

/** That a policy of this library was put on a construct. */
export interface PolicyMark {
  /** The construct that follows it. */
  readonly covers: string;
  /** Whether that is one resource of an API, without those below it. */
  readonly only: boolean;
  /** The construct that the user named, by its path. */
  readonly path: string;
  /** `addCors`, `cors of CorsEnabledRestApi`, … */
  readonly calledAs: string;
}

/** What `src/tree/policy-mark.ts` left in the metadata of an assembly. */
export interface Marks {
  readonly policies: readonly PolicyMark[];
  /** The APIs whose policies functions follow, by the construct paths of the functions. */
  readonly followed: ReadonlyMap<string, string>;
}

export function marksIn(metadata: ConstructMetadata): Marks {
  return { policies: policiesIn(metadata), followed: followedIn(metadata) };
}

function policiesIn(metadata: ConstructMetadata): PolicyMark[] {
  return metadata.flatMap(([covers, entries]) =>
    entries.flatMap(({ type, data }) =>
      type === 'cdk-cors:policy' && typeof data?.calledAs === 'string' && typeof data.on === 'string'
        ? [{ covers, only: data.only === true, path: data.on, calledAs: data.calledAs }]
        : [],
    ),
  );
}

function followedIn(metadata: ConstructMetadata): Map<string, string> {
  const follows = metadata.flatMap(([path, entries]) =>
    entries.flatMap(({ type, data }) =>
      type === 'cdk-cors:follows' && typeof data === 'string' ? [[path, data] as const] : [],
    ),
  );
  return new Map(follows);
}
