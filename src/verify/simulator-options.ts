/**
 * What a `CorsSimulator` takes for granted about a deployment.
 */
export interface CorsSimulatorOptions {
  /**
   * Values that are known only after deployment, by name.
   *
   * A name is that of a parameter (`WebsiteUrl`), of an attribute (`Distribution.DomainName`, with
   * the logical id, the construct path or the construct id of the resource), of an export, or of a
   * dynamic reference (`{{resolve:ssm:/web/origin}}`).
   *
   * @default - parameters have their defaults; what depends on any other such value is UNKNOWN
   */
  readonly values?: Record<string, string>;
}
