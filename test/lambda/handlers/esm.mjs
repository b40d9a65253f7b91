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

const circular = {};
circular.self = circular;
const hostile = {
  bigint: Object.assign(new Error('big'), { code: 10n }),
  circular: Object.assign(new Error('circle'), { code: circular }),
  getters: new (class extends Error {
    get message() {
      throw new Error('message');
    }
    get name() {
      throw new Error('name');
    }
  })(),
  code: Object.defineProperty(new Error('said'), 'code', {
    get() {
      throw new Error('code');
    },
  }),
  bare: Object.create(null),
  symbol: Symbol('thrown'),
  nothing: undefined,
  proxy: new Proxy(
    {},
    {
      get() {
        throw new Error('get');
      },
      getPrototypeOf() {
        throw new Error('prototype');
      },
    },
  ),
};
export const throwsAnything = withCors(async ({ thrown }) => {
  throw hostile[thrown];
});
