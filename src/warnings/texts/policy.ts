/** About the options of a policy. Values come in quotes, as `quote` prints them. */
export const POLICY_TEXTS = {
  PublicSuffixWildcard: ({ patterns }: { patterns: string[] }) => [
    `cors.allowOrigins: anyone can get a name that ${patterns.join(', ')} matches,`,
    'and read what the API answers without credentials.',
    'List your own names instead.',
  ],
  PlainHttpWithCredentials: ({ origins }: { origins: string[] }) => [
    `cors.allowOrigins: others on the network path can change the pages of ${origins.join(', ')},`,
    'and with credentials act as the visitor.',
    'Serve them over https.',
  ],
  LongMaxAge: ({ maxAge }: { maxAge: number }) => [
    'cors.maxAge: Chromium forgets a preflight after 7200 seconds and Safari after 600,',
    `however long ${maxAge} is.`,
    'Duration.hours(2) says what most visitors get.',
  ],
  UnroutableMethod: ({ methods }: { methods: string[] }) => [
    `cors.allowMethods: API Gateway has no route for ${methods.join(', ')},`,
    'so browsers would be invited to requests that fail.',
    'Leave it out.',
  ],
  IdleAllowHeader: ({ names }: { names: string[] }) => [
    `cors.allowHeaders: listing ${names.join(', ')} changes nothing.`,
    "These are headers that no page's script can set,",
    'or "*" inside a name, where it is a letter.',
    'Leave it out.',
  ],
  IdleExposeHeader: ({ names }: { names: string[] }) => [
    `cors.exposeHeaders: listing ${names.join(', ')} changes nothing.`,
    'No response that a page reads has such a header, and "*" inside a name is a letter.',
    'Leave it out.',
  ],
  ReachesNothing: [
    'EnableCors was applied here, and there was no REST API, resource, HTTP API or function URL at that moment.',
    'Apply it after these are made, or use EnableCors.on(api, …).',
  ],
  KeepsOwnCors: ({
    option,
  }: {
    option: 'defaultCorsPreflightOptions' | 'corsPreflight' | 'x-amazon-apigateway-cors';
  }) => [
    `this API has ${option}, so it does not follow the policy of CorsDefaults.`,
    `Remove ${option} to have it follow, or write CorsDefaults.of(api).none().`,
  ],
  WebSocketApi: [
    'browsers open WebSockets to any origin without asking, so the policy of CorsDefaults is not for this API.',
    'Check the Origin header in its $connect route.',
  ],
  ServerlessApi: ({ type, own }: { type: string; own: 'Cors' | 'CorsConfiguration' }) => [
    `the routes of an ${type} appear only when CloudFormation transforms the template,`,
    'so the policy of CorsDefaults cannot reach them.',
    `Use its own ${own} property.`,
  ],
  MissingAllowHeader: ({ missing, bodies }: { missing: string[]; bodies: string[] }) => {
    const lacking = [
      ...(missing.length > 0
        ? [`the routes under this policy ask for ${missing.join(', ')}, which no page may send`]
        : []),
      ...(bodies.length > 0 ? [`without "Content-Type" no page may send JSON by ${bodies.join(', ')}`] : []),
    ];
    return [
      `cors.allowHeaders: ${lacking.join('; ')}, as the list lacks it.`,
      'Add it, or leave allowHeaders out: then what the API asks for is in the list.',
    ];
  },
  WildcardMissesAuthorization: [
    'cors.allowHeaders: by the standard "*" does not cover Authorization, which an authorizer here reads.',
    'Write ["*", "Authorization"].',
  ],
  UnboundedParameter: ({ parameters, place }: { parameters: string[]; place: 'template' | 'function' }) => [
    `cors.allowOrigins: those who deploy can put a quote into the parameter ${parameters.join(', ')},`,
    place === 'function'
      ? 'and the functions that follow the policy then fail when they start.'
      : 'and with it code into the mapping template that compares origins.',
    'Give it an allowedPattern such as "https://[a-z0-9.-]+".',
    ...(parameters.some((name) => name.startsWith('{{'))
      ? ['A value that is looked up takes none: pass it as a parameter of type String.']
      : []),
  ],
};
