/** What Node.js has everywhere. */
export { Buffer } from 'buffer/';

export const process = { env: {}, cwd: () => '/' };
