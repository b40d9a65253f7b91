import type { Readable } from 'node:stream';
import type { BackendAnswer } from '../backend';
import type { Streamed } from './call';
import { answerOf, type RouteOfFunction } from './event';

/** What API Gateway answers with 500: the function streams something else than a response. */
export class NotAResponse extends Error {}

/**
 * A streamed response: its status and headers are the prelude, JSON in front of eight NULs, and
 * what follows is passed on as it comes. A function URL also takes bytes without a prelude.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-streaming-lambda-configure.html
 */
export async function streamedAnswer({ contentType, bytes }: Streamed, route: RouteOfFunction): Promise<BackendAnswer> {
  const release = (): void => void bytes.destroy();
  if (contentType !== PRELUDE) {
    if (route.version === '2.0') return { status: 200, headers: { 'content-type': contentType }, body: bytes, release };
    release();
    throw new NotAResponse('its function streams without a prelude: write awslambda.HttpResponseStream.from(…)');
  }
  try {
    const { headers, ...answer } = answerOf({ result: await preludeOf(bytes) }, { ...route, version: '1.0' });
    return { ...answer, headers, body: bytes, release };
  } catch (error) {
    release();
    throw error;
  }
}

const PRELUDE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER = Buffer.alloc(8);

/**
 * In bytes:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
 */
const LONGEST_PRELUDE = 16_384;

/** Reads no further than the prelude. */
async function preludeOf(bytes: Readable): Promise<unknown> {
  let read = Buffer.alloc(0);
  for await (const chunk of bytes.iterator({ destroyOnReturn: false })) {
    read = Buffer.concat([read, chunk]);
    const end = read.indexOf(DELIMITER);
    if (end < 0 && read.length <= LONGEST_PRELUDE) continue;
    if (end < 0) throw new NotAResponse('its function streams no prelude within 16 KB');
    if (read.length > end + DELIMITER.length) bytes.unshift(read.subarray(end + DELIMITER.length));
    return { statusCode: 200, ...JSON.parse(read.subarray(0, end).toString()) };
  }
  throw new NotAResponse('its function ended the stream before its prelude');
}
