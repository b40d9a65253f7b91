const { withCors } = require('cdk-cors/lambda');

exports.answered = withCors(async (event) => ({ statusCode: 200, body: event.rawPath ?? event.path }));

/** As handlers were written up to Node.js 22. */
exports.callback = withCors((_event, context, callback) => {
  setImmediate(() => callback(null, { statusCode: 200, body: context.awsRequestId }));
});
exports.callbackError = withCors((_event, _context, callback) => {
  setImmediate(() => callback(new Error('secret')));
});
exports.callbackUnused = withCors(async (_event, _context, callback) => ({ statusCode: 200, body: typeof callback }));
exports.synchronous = withCors(() => ({ statusCode: 200, body: 'at once' }));
