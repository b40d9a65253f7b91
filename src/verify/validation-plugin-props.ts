/**
 * What a `CorsValidationPlugin` checks.
 */
export interface CorsValidationPluginProps {
  /**
   * The origins of the pages that have to be able to use every route: `https://app.example.com`.
   *
   * @default - those of the settings file, and for an API without any those that it names itself
   */
  readonly origins?: string[];

  /**
   * A settings file, as `cdk-cors check` reads it: which pages may use which API, and what is
   * accepted. The other properties win over what it says.
   *
   * @default - none where `origins` are listed; otherwise `cdk-cors.json`, or `cdk-cors` in the
   * context of `cdk.json`, in the folder of the app or in the nearest one above
   */
  readonly file?: string;

  /**
   * Whether no other origin may get in: pages in sandboxes, of localhost, of look-alikes of each
   * origin and of what the API names besides are tried, and one that can read a response is a
   * problem by the rule `wider`.
   *
   * @default false
   */
  readonly onlyThese?: boolean;

  /**
   * Whether pages send cookies along.
   *
   * @default false
   */
  readonly credentials?: boolean;

  /**
   * Headers that the pages set besides those that a route asks for, such as `x-tenant`. `PUT,POST:
   * content-type` stands for requests of these methods, and an empty value leaves out a header.
   *
   * @default - what authorizers, API keys, signatures and validators ask for, and
   * `content-type: application/json` with PUT, POST and PATCH, unless the API says that it takes
   * another type
   */
  readonly headers?: Record<string, string>;

  /**
   * Whether an error that a page could not read counts as a problem: the gateway's own (401, 403,
   * 429, 5XX) and those that the template declares for other statuses of a backend.
   *
   * @default false
   */
  readonly errors?: boolean;

  /**
   * Whether a route counts as a problem where a backend decides, which no template shows.
   *
   * @default false
   */
  readonly backends?: boolean;

  /**
   * The APIs to check: their logical ids or construct paths.
   *
   * @default - every REST and HTTP API of the app
   */
  readonly apis?: string[];

  /**
   * Values that are known only after deployment, by name: a parameter (`WebsiteUrl`), an attribute
   * (`Distribution.DomainName`), an export or a dynamic reference.
   *
   * @default - parameters have their defaults; routes that depend on another such value pass
   */
  readonly values?: Record<string, string>;

  /**
   * The headers that proxy backends send, which no template shows.
   * The first entry that fits a route counts.
   *
   * @default - unknown
   */
  readonly backendHeaders?: BackendHeaders[];
}

/**
 * The headers that the proxy backends of some routes send with every answer.
 */
export interface BackendHeaders {
  /**
   * Header names with their values: `Access-Control-Allow-Origin`, …
   */
  readonly headers: Record<string, string>;

  /**
   * The routes: `/items/{id}` with all its methods, or `GET /items/{id}`.
   *
   * @default - every route
   */
  readonly routes?: string[];
}
