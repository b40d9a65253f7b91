import { Readable } from 'node:stream';

/** What a function came to: a result, the error that it threw, or a response that it streams. */
export type Invocation =
  | { readonly result: unknown }
  | { readonly error: { errorType: string; errorMessage: string } }
  | { readonly streamed: Streamed };

/** The bytes as they come from a function, an error where it fails in between. */
export interface Streamed {
  readonly contentType: string;
  readonly bytes: Readable;
}

/** One event under way in the process of a function, and what the process says of it. */
export class Call {
  public readonly invocation: Promise<Invocation>;
  private bytes?: ArrivingBytes;
  private timer?: NodeJS.Timeout;
  private isOver = false;
  private resolve!: (invocation: Invocation) => void;
  private reject!: (error: Error) => void;

  /** `over` is called once, when the process has no more to say of it. */
  public constructor(
    public readonly id: string,
    private readonly over: () => void,
  ) {
    this.invocation = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** In the place of the limit before. */
  public limit(milliseconds: number, late: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(late, milliseconds);
  }

  /** A result or an error, or a streamed response: its begin, its bytes, its end. */
  public take({ begins, chunk, ended, error, result }: Said): void {
    if (begins !== undefined) {
      this.bytes = new ArrivingBytes();
      this.resolve({ streamed: { contentType: begins, bytes: this.bytes.readable } });
    } else if (chunk !== undefined) {
      this.bytes?.add(Buffer.from(chunk, 'base64'));
    } else if (ended) {
      this.bytes?.end();
      this.end();
    } else if (this.bytes && error) {
      this.fail(new Error(error.errorMessage));
    } else {
      this.resolve(error ? { error } : { result });
      this.end();
    }
  }

  /** What has begun cannot be taken back: the stream breaks off. */
  public fail(error: Error): void {
    this.bytes?.end(error);
    this.reject(error);
    this.end();
  }

  private end(): void {
    clearTimeout(this.timer);
    if (!this.isOver) this.over();
    this.isOver = true;
  }
}

/** Bytes as a stream, which breaks off behind the last of them. */
class ArrivingBytes {
  public readonly readable: Readable = Readable.from(this.all(), { objectMode: false });
  private readonly waiting: Buffer[] = [];
  private outcome?: { error?: Error };
  private wake = (): void => undefined;

  public constructor() {
    this.readable.on('error', () => undefined); // also where nobody reads any more
  }

  public add(chunk: Buffer): void {
    if (this.readable.destroyed || chunk.length === 0) return;
    this.waiting.push(chunk);
    this.wake();
  }

  public end(error?: Error): void {
    this.outcome = { error };
    this.wake();
  }

  private async *all(): AsyncGenerator<Buffer> {
    for (;;) {
      for (let chunk = this.waiting.shift(); chunk; chunk = this.waiting.shift()) yield chunk;
      if (this.outcome?.error) throw this.outcome.error;
      if (this.outcome) return;
      await new Promise<void>((wake) => {
        this.wake = wake;
      });
    }
  }
}

interface Said {
  readonly begins?: string;
  /** Base64. */
  readonly chunk?: string;
  readonly ended?: boolean;
  readonly error?: { errorType: string; errorMessage: string };
  readonly result?: unknown;
}
