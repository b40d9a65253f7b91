import type { Stack } from 'aws-cdk-lib';
import type { ApiModel } from './model/api-model';
import type { BrowserRequest, CorsVerdict } from './verdict';

export class CorsSimulator {
  public static fromStack(_stack: Stack): CorsSimulator {
    return new CorsSimulator([]);
  }
  public static fromTemplate(_template: any): CorsSimulator {
    return new CorsSimulator([]);
  }
  public static fromAssembly(_directory: string): CorsSimulator {
    return new CorsSimulator([]);
  }
  private constructor(private readonly apis: ApiModel[]) {}
  public request(_request: BrowserRequest): CorsVerdict {
    throw new Error('not yet');
  }
  public assertAllowed(_request: BrowserRequest): void {}
  public assertBlocked(_request: BrowserRequest): void {}
  /** @internal */
  public _apis(): ApiModel[] {
    return this.apis;
  }
}
