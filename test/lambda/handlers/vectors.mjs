/** Each case has a policy, an event, and what the handler does with it. */
import { withCors } from 'cdk-cors/lambda';

export async function answers({ policy, event, result, error }, context) {
  process.env.CORS_POLICY = policy;
  const handler = withCors(async () => {
    if (error) throw new Error(error);
    return result;
  });
  return handler(event, context);
}

/** `[policy, origin]`, many: whether a page of the origin may read what a function with the policy answers. */
export async function decisions({ policies, pairs }) {
  const handlers = policies.map((policy) => {
    process.env.CORS_POLICY = policy;
    return withCors(async () => ({ statusCode: 200 }));
  });
  const decide = async ([policy, origin]) => {
    const { headers } = await handlers[policy]({ httpMethod: 'GET', headers: origin === null ? {} : { origin } });
    const allowed = headers['Access-Control-Allow-Origin'];
    return origin !== null && (allowed === '*' || allowed === origin);
  };
  return Promise.all(pairs.map(decide));
}
