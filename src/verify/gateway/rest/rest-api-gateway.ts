import type { RestApiModel } from '../../model/api-model';
import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest } from '../gateway';

export class RestApiGateway implements Gateway {
  public readonly deploymentFaults: string[] = [];
  public constructor(private readonly api: RestApiModel) {}
  public answer(_request: GatewayRequest, _options?: GatewayOptions): GatewayAnswer {
    throw new Error(`not yet: ${this.api.id}`);
  }
}
