/** What a page reads where the handler fails, without a word of what happened. */
exports.SERVER_ERROR = {
  statusCode: 500,
  headers: { 'Content-Type': 'application/json' },
  body: '{"message":"Internal Server Error"}',
};

/**
 * What the Node.js runtime writes for an error that leaves the handler: filters and alarms on the
 * log keep working. Anything can be thrown; what cannot be written is left out, since nobody would
 * answer the page if this threw.
 */
exports.report = function report(thrown) {
  for (const write of [asTheRuntimeDoes, inShort]) {
    try {
      write(thrown);
      return;
    } catch {
      // The next one says less.
    }
  }
};

function asTheRuntimeDoes(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON') {
    console.error(error);
    return;
  }
  const { name, message, code, stack } = error;
  write({ errorType: name, errorMessage: message, code, stack: String(stack).split('\n') });
}

function inShort(thrown) {
  const said = (name) => {
    try {
      return String(thrown[name]);
    } catch {
      return undefined;
    }
  };
  write({
    errorType: said('name') ?? 'Error',
    errorMessage: said('message'),
    code: said('code'),
    stack: said('stack')?.split('\n'),
  });
}

function write(fields) {
  console.error('Invoke Error', `\t${JSON.stringify(fields)}`);
}
