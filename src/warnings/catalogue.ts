/** The id of each warning and information, as `docs/rules.md` explains them. */
export const WARNING_IDS = [
  // the policy
  'PublicSuffixWildcard',
  'PlainHttpWithCredentials',
  'LongMaxAge',
  'UnroutableMethod',
  'IdleAllowHeader',
  'MissingAllowHeader',
  'IdleExposeHeader',
  'WildcardMissesAuthorization',
  'UnboundedParameter',
  // REST APIs
  'OwnOptions',
  'UnseenMethods',
  'ClosedPreflight',
  'NoIntegrationResponses',
  'OwnOrigin',
  'RefusedMapping',
  'DoubledPrefix',
  'OwnVary',
  'BinaryBody',
  'HiddenByOverride',
  'UnreadableErrors',
  'ErrorsElsewhere',
  'NotRedeployed',
  'DeploymentElsewhere',
  'DeploymentBefore',
  'StageDescription',
  'FixedDeployment',
  'CachedOrigin',
  'BackendAnswers',
  // HTTP APIs
  'BackendAnswersPreflight',
  'UnsafePreflightBackend',
  'BackendAnswersOpenPreflight',
  'UnseenPreflight',
  'ConditionalPreflight',
  'UnseenRoutes',
  'OwnCorsConfiguration',
  'ImportedHttpApi',
  'ManualDeployment',
  // Lambda functions
  'PolicyMismatch',
  'DoubleCors',
  // distributions
  'DistributionDropsPreflight',
  'DistributionHidesOrigin',
  'DistributionForwardsHost',
  'DistributionOverrides',
  // OpenAPI documents
  'OpenApi31',
  'DocumentOverride',
  'IncompleteDocument',
  'DividedRoot',
] as const;

export type WarningId = (typeof WARNING_IDS)[number];

/** Where an id is explained. */
export function paragraphOf(id: WarningId): string {
  return `https://github.com/cdkcors/cdk-cors/blob/main/docs/rules.md#${id.toLowerCase()}`;
}
