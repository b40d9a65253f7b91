import middy from '@middy/core';
import { withCors } from 'cdk-cors/lambda';

const order = async (event) => {
  if (event.queryStringParameters?.expand === 'everything')
    throw Object.assign(new Error('too much'), { statusCode: 422 });
  return { statusCode: 200, headers: { Vary: 'Accept' }, body: event.tenant };
};

const middlewares = {
  before: ({ event }) => {
    event.tenant = 'acme';
  },
  after: ({ response }) => {
    response.headers['X-Tenant'] = 'acme';
  },
  onError: (request) => {
    request.response = { statusCode: request.error.statusCode ?? 500, body: request.error.message };
  },
};

/** As the docs advise: what the middlewares make of an error gets the headers, too. */
export const outside = withCors(middy(order).use(middlewares));

/** Errors are a 500 before a middleware sees them. */
export const inside = middy(withCors(order)).use(middlewares);
