import { withCors } from 'cdk-cors/lambda';

export const answered = withCors(async (event) => ({ statusCode: 200, body: event.rawPath ?? event.path }));
export const thrown = withCors(async () => {
  throw Object.assign(new TypeError('secret'), { code: 'E_SECRET' });
});
export const rejected = withCors(() => Promise.reject('only a string'));
export const unserializable = withCors(async () => ({ big: 1n }));
export const failing = withCors(async () => {
  throw new Error('the nightly job failed');
});
