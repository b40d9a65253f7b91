import { at, type Where } from './where';

/** About HTTP APIs, made of constructs or of a document. */
export const HTTP_API_TEXTS = {
  /** REST APIs, too. */
  ClosedPreflight: ({ needs, ...where }: Where & { needs: string }) => [
    `${at(where)}OPTIONS needs ${needs} here, so API Gateway refuses every preflight:`,
    'browsers send them without credentials.',
    'Have Aspects that secure methods or routes leave out OPTIONS.',
    'Your own OPTIONS is open by authorizationType NONE (REST),',
    'HttpNoneAuthorizer with authorizationScopes: [] (HTTP), or "security": [] in a document.',
  ],
  BackendAnswersPreflight: ({ backends }: { backends: string }) => [
    `preflights reach ${backends} without a token.`,
    'For OPTIONS it has to answer with a 2xx status, and do nothing else.',
    'If it does not, use PreflightHandler.builtIn(), or list methods instead of ANY.',
  ],
  UnsafePreflightBackend: ({ why, ...where }: Where & { why: string }) => [
    `${at(where)}browsers cannot use this route: its authorizer refuses preflights.`,
    `No OPTIONS route is open, as ${why}, and anyone could send one without a token.`,
    'Leave preflightHandler out, use PreflightHandler.builtIn(), or list methods instead of ANY.',
  ],
  BackendAnswersOpenPreflight: (where: Where) => [
    `${at(where)}the integration gets the preflights of these routes,`,
    'and has to answer OPTIONS with a 2xx status.',
    'List methods instead of ANY and API Gateway answers on its own, or use PreflightHandler.builtIn().',
  ],
  UnseenPreflight: [
    'the key of this route is known only at deployment, so no OPTIONS route was added.',
    'If it is ANY or $default, the authorizer of the route refuses preflights.',
    'Write the key down, or list methods instead of ANY.',
  ],
  ConditionalPreflight: ({ preflightRoute }: { preflightRoute: string }) => [
    `${preflightRoute} takes preflights of this route, but is made on a condition only.`,
    'Where that does not hold, the authorizer of this route refuses them.',
    'Put both under one condition, or add the missing OPTIONS route under the opposite one.',
  ],
  UnseenRoutes: [
    'not every route of this API can be seen here, or none is there yet,',
    'so all seven methods of API Gateway are announced.',
    'Say which it has in cors.allowMethods.',
  ],
  /** Of a function URL, too. */
  OwnCorsConfiguration: ({ property }: { property: 'CorsConfiguration' | 'x-amazon-apigateway-cors' | 'Cors' }) => [
    `something in this app sets ${property} itself, which stays as it is and wins over the CORS policy.`,
    'Remove that, or the policy.',
  ],
  ImportedHttpApi: [
    'the CORS configuration of an imported HTTP API cannot be changed from here:',
    'this app adds OPTIONS routes for its own routes only.',
    'Put the policy on the API where it is made, too.',
  ],
  ManualDeployment: [
    'this stage does not deploy on its own,',
    'so what browsers see changes only with the next deployment that you make.',
    'Set autoDeploy: true, or deploy after each change of the policy or the routes.',
  ],
  UnlistedMethod: ({ methods }: { methods: string[] }) => [
    `cors.allowMethods: routes here take ${methods.join(', ')}, which the list lacks.`,
    'Browsers would let it through unlisted,',
    'but API Gateway compares methods as well, and leaves all CORS headers out of such a preflight.',
    'Add it, or leave allowMethods out.',
  ],
};
