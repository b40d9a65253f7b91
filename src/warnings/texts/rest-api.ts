import { at, type Where } from './where';

/** About REST APIs, made of constructs or of a document. */
export const REST_API_TEXTS = {
  OwnOptions: (where: Where = {}) => [
    `${at(where)}OPTIONS is answered here already: by a method of your own, which stays as it is.`,
    'Remove it to have the CORS policy answer.',
  ],
  UnseenMethods: [
    'the methods of this resource are made elsewhere, so its preflight announces all seven of API Gateway.',
    'Say which it has in cors.allowMethods.',
  ],
  NoIntegrationResponses: (where: Where = {}) => [
    `${at(where)}this integration is not a proxy and has no responses, so API Gateway answers 500.`,
    'Add one with statusCode "200", and the CORS headers go on it.',
  ],
  BinaryBody: (where: Where = {}) => [
    `${at(where)}who may read this response depends on the page, which takes a response template,`,
    'and a template would break a binary body.',
    'No page can read it.',
    'If the body is text, set contentHandling CONVERT_TO_TEXT on the integration response;',
    'otherwise allow one exact origin, or "*".',
  ],
  OwnOrigin: ({ responses, opensNoCredentials }: { responses: string[]; opensNoCredentials: boolean }) => [
    `${responses.join('; ')}.`,
    'What you wrote stays.',
    ...(opensNoCredentials
      ? ['Access-Control-Allow-Credentials is not added where that may be any page:', 'it could act as the visitor.']
      : []),
    'Remove it to have the policy decide.',
  ],
  OwnVary: ({ responses }: { responses: string[] }) => [
    `${responses.join('; ')}: Vary is mapped to a value that only the request or the backend knows,`,
    'so "Origin" cannot be added to it, and a cache may hand one page\'s answer to another.',
    'Map it to a text in quotes, such as "\'Accept, Origin\'".',
  ],
  RefusedMapping: ({ mappings }: { mappings: string[] }) => [
    `${mappings.join('; ')}.`,
    'API Gateway refuses a text without single quotes at deployment.',
  ],
  DoubledPrefix: ({ keys, prefix }: { keys: string[]; prefix: string }) => [
    `${keys.join('; ')}.`,
    `The prefix ${prefix} stands twice,`,
    'so API Gateway sends a header of that odd name, which no browser looks for.',
    "Write it once; aws-cdk-lib's responseHeaders adds it on its own.",
  ],
  HiddenByOverride: ({ path }: { path: string }) => [
    `addPropertyOverride("${path}") replaces what would carry the CORS headers,`,
    'so no page can read these responses.',
    'Map Access-Control-Allow-Origin there, or set the integration responses otherwise.',
  ],
  UnreadableErrors: [
    "no page can read the gateway's own errors (401, 403, 429, 5XX):",
    'a gateway response cannot pick one of several origins, and with credentials "*" opens nothing.',
    'Choose in cors.errorOrigin: ErrorOrigin.exactly("https://…") for one of them,',
    'ErrorOrigin.reflect() for any site at all, or ErrorOrigin.none().',
  ],
  UncoveredBelow: ({ paths, above }: { paths: string[]; above: string }) => [
    `${paths.join(', ')}: no policy covers this, though it is below ${above}, where one is:`,
    'on a resource, a policy covers that resource alone.',
    'Write includeChildren: true in that policy to cover all below it, or put the policy on the API.',
  ],
  ErrorOriginNotAllowed: ({ origin }: { origin: string }) => [
    `cors.errorOrigin: pages of ${origin} are not in cors.allowOrigins,`,
    'so their requests end before there is an error to read, and the pages that are listed cannot read errors.',
    'Write the origin of one of these, or add it to allowOrigins.',
  ],
  RefusedByResourcePolicy: ({ paths }: { paths: string[] }) => [
    `${paths.join(', ')}: the resource policy of this API refuses the preflights with 403:`,
    'browsers send OPTIONS anonymously, and no statement allows that here, or one denies it.',
    'Allow execute-api:Invoke on OPTIONS for everyone: "execute-api:/*/OPTIONS/*".',
  ],
  ErrorsElsewhere: [
    'this API is imported, so its gateway responses are left to the app that owns it:',
    'no page can read a 401, 403, 429 or 5XX of the gateway',
    'unless that app puts the CORS headers on DEFAULT_4XX and DEFAULT_5XX.',
  ],
  NotRedeployed: [
    'no Deployment of this API is in this app, so its stages go on without these CORS changes.',
    'Deploy the API again after each change,',
    'or add a Deployment here that depends on what is below this construct.',
  ],
  DeploymentElsewhere: ({ stacks }: { stacks: string[] }) => [
    `this Deployment does not wait for ${stacks.join(', ')}, where CORS adds preflights or changes methods,`,
    'and may be taken before.',
    'If nothing there depends on this stack, call deployment.node.addDependency(…) with it;',
    'otherwise move the Deployment to a stack that comes last.',
  ],
  DeploymentBefore: ({ waiting }: { waiting: string[] }) => [
    `this Deployment cannot wait for ${waiting.join(', ')}, which wait for it themselves,`,
    'so it may be taken before the CORS headers are on them.',
    "Have them depend on something else than the Deployment and its stage, such as a stage's name written out,",
    'or deploy the API once more.',
  ],
  StageDescription: [
    'this Deployment has a StageDescription, so its logical id has to stay:',
    'API Gateway refuses a second one for a stage that exists.',
    'Stages go on without these CORS changes until you deploy the API again by hand.',
    'Move the settings to an AWS::ApiGateway::Stage, and leave StageDescription out.',
  ],
  FixedDeployment: [
    'the logical id of this Deployment is written down elsewhere, by an export or a hand-written reference,',
    'so it cannot change, and the stage goes on without these CORS changes.',
    'Use deployment.ref instead, or rename the Deployment whenever the policy changes.',
  ],
  CachedOrigin: ({ methods }: { methods: string[] }) => [
    `${methods.join(', ')}: the stage caches these responses, which name the origin that asked first,`,
    'so pages of other origins are blocked.',
    'Make the header part of the cache key:',
    'requestParameters { "method.request.header.origin": false } on the method',
    'and cacheKeyParameters ["method.request.header.origin"] on its integration.',
  ],
  BackendAnswers: (where: Where) => [
    `${at(where)}behind a proxy integration the backend itself has to send Access-Control-Allow-Origin`,
    'on every response, also on errors; the preflight is answered here.',
  ],
};
