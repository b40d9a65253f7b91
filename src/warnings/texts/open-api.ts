/** About OpenAPI documents. */
export const OPEN_API_TEXTS = {
  OpenApi31: [
    'the document is of OpenAPI 3.1, and API Gateway imports 2.0 and 3.0.',
    'CORS is put into it all the same;',
    'deploy a 3.0 document if the import fails, or leaves schemas out.',
  ],
  DocumentOverride: [
    'addPropertyOverride("Body…") changes the document after CORS was put into it,',
    'so paths and responses that it brings have no CORS.',
    'Change the document itself.',
  ],
  IncompleteDocument: ({ addition }: { addition: string }) => [
    `${addition} adds to the document only when it is deployed,`,
    'so paths and responses that it brings have no CORS.',
    'Write them into the document, or put CORS into what is included.',
  ],
  DividedRoot: [
    'constructs add methods to / beside the document, and their preflight announces theirs only.',
    'Say which methods the API has in cors.allowMethods, or keep / in one place.',
  ],
  RootSecurity: ({ routes }: { routes: string[] }) => [
    `${routes.join(', ')}: only the root of the document has "security",`,
    "which API Gateway's notes say is not used for a REST API, so that anyone may call these.",
    'Write "security" into each operation.',
  ],
  GatewayResponseBeside: ({ types }: { types: string[] }) => [
    `${types.join(', ')}: this gateway response is a resource beside the document,`,
    'where the next import of a changed document drops it.',
    'It could not be put into the document, as it is in another stack, or needs the API first.',
    'Write it into x-amazon-apigateway-gateway-responses.',
  ],
};
