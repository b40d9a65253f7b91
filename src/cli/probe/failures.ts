/** Turns what Node.js says into one line for users when there is no answer. */
export function whyNoAnswer(error: unknown, { hostname, host }: URL): Error {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const known = FAILURES.find(([codes]) => codes.test(code));
  if (!known) return new Error(`${host} gives no answer: ${message}.`);
  return new Error(known[1]({ hostname, host, message }));
}

type Telling = (about: { hostname: string; host: string; message: string }) => string;

const FAILURES: [RegExp, Telling][] = [
  [/^(ENOTFOUND|EAI_)/, ({ hostname }) => `There is no host ${hostname}, or it cannot be looked up from here.`],
  [/^ECONNREFUSED$/, ({ host }) => `Nothing listens on ${host}.`],
  [/^(EHOSTUNREACH|ENETUNREACH)$/, ({ host }) => `${host} cannot be reached from here.`],
  [/^(ECONNRESET|EPIPE)$/, ({ host }) => `${host} closed the connection without an answer.`],
  [/^(EPROTO|ERR_SSL_)/, ({ host }) => `${host} does not speak TLS as browsers do: is it http instead of https?`],
  [
    /CERT|SIGNATURE|ERR_TLS_|UNABLE_TO/,
    ({ host, message }) => `Browsers do not trust the certificate of ${host}, and send nothing: ${message}.`,
  ],
];
