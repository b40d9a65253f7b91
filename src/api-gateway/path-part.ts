/** One part of a path, as a resource of a REST API has it: `pets`, `{id}`, `{proxy+}`. */
export interface PathPart {
  /** `''` for the root, `undefined` where it is not known. */
  readonly part?: string;
}

export function isGreedy({ part = '' }: PathPart): boolean {
  return part.startsWith('{') && part.endsWith('+}');
}

export function isVariable({ part = '' }: PathPart): boolean {
  return part.startsWith('{') && part.endsWith('}');
}
