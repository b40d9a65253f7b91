import type { Readable } from 'node:stream';

/**
 * Memory for bodies, those of all requests and answers that are under way together: many large ones
 * at once are refused instead of taking the machine's memory.
 */
export class BodyBudget {
  private used = 0;

  public constructor(private readonly limit = 256 * MEBIBYTE) {}

  /**
   * The whole body. Rejects as soon as it is larger than `max` bytes, or than what the others
   * leave.
   */
  public async read(stream: Readable, max: number): Promise<Body> {
    const chunks: Buffer[] = [];
    let size = 0;
    const release = (): void => {
      this.used -= size;
      size = 0;
    };
    try {
      for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
        size += chunk.length;
        this.used += chunk.length;
        if (size > max) throw new TooLarge(max);
        if (this.used > this.limit) throw new TooMany(this.limit);
        chunks.push(chunk);
      }
      return { bytes: Buffer.concat(chunks), release };
    } catch (error) {
      release();
      throw error;
    }
  }
}

export interface Body {
  readonly bytes: Buffer;
  /** To be called once nothing refers to the bytes any more. */
  release(): void;
}

export class TooLarge extends Error {
  public constructor(max: number) {
    super(`its body is larger than ${inMebibytes(max)}`);
  }
}

export class TooMany extends Error {
  public constructor(limit: number) {
    super(`the bodies that are under way take more than ${inMebibytes(limit)} together`);
  }
}

const MEBIBYTE = 1024 * 1024;

/**
 * What API Gateway takes, and what it passes on:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const MAX_BODY = 10 * MEBIBYTE;

function inMebibytes(bytes: number): string {
  return `${bytes / MEBIBYTE} MiB`;
}
