import type { Backend, BackendAnswer, BackendRequest } from './backend';

/** Does what a backend has to do for CORS, so that nothing but the gateway stands in the way. */
export const mockWithCors: Backend = async (request) => {
  const { origin, 'access-control-request-method': method, 'access-control-request-headers': names } = request.headers;
  const answer = mockAnswer(request);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...(origin && {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
      }),
      ...(method && { 'access-control-allow-methods': method }),
      ...(names && { 'access-control-allow-headers': names }),
    },
  };
};

/** Knows nothing of CORS, as web frameworks come. */
export const mockWithoutCors: Backend = async (request) => mockAnswer(request);

function mockAnswer({ method, path }: BackendRequest): BackendAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: `A mock backend got ${method} ${path}` }),
  };
}
