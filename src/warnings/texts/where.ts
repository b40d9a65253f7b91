/** The methods or routes that a text is about, unless its construct says that. */
export interface Where {
  /** Such as `GET /pets`. */
  readonly at?: string[];
}

/** `GET /pets, POST /pets: `, the beginning of a text. */
export function at({ at: names = [] }: Where): string {
  return names.length > 0 ? `${names.join(', ')}: ` : '';
}
