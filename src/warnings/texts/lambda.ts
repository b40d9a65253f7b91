/** About functions that send the CORS headers themselves. */
export const LAMBDA_TEXTS = {
  PolicyMismatch: ({ differences, isReplaced }: { differences: string[]; isReplaced: boolean }) => [
    `${differences.join('; ')}.`,
    ...(isReplaced
      ? ["API Gateway sends the headers of its own policy in the place of the function's."]
      : [
          'Preflights are answered by the policy of the API and responses by that of the function,',
          'so a page that only one of them lets in is blocked.',
        ]),
    'Write the policy once: new CorsRuntime(…, { api }).',
  ],
  DoubleCors: ({ fn }: { fn: string }) => [
    `this function URL has CORS settings, and ${fn} sends the headers itself by its CorsRuntime.`,
    'Lambda sends both, and browsers block a response with two Access-Control-Allow-Origin headers.',
    'Remove one of the two: cors of the URL (or its policy), or the CorsRuntime of the function.',
  ],
  SignedFunctionUrl: ({ fn }: { fn: string }) => [
    'this function URL takes signed requests only (AWS_IAM), and browsers sign no preflight,',
    `so Lambda refuses preflights before the CorsRuntime of ${fn} sees them.`,
    'Write authType: FunctionUrlAuthType.NONE and check callers in the function,',
    'or put a distribution with an origin access control in front, which signs.',
  ],
};
