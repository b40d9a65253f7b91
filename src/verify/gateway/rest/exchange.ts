import type { RestMethod } from '../../model/api-model';
import type { GatewayAnswer, GatewayOptions, GatewayRequest } from '../gateway';
import type { MappingSources } from './header-values';

/** A request on its way through a method. */
export interface Exchange {
  readonly method: RestMethod;
  readonly request: GatewayRequest;
  readonly options: GatewayOptions;
  readonly sources: MappingSources;
  /** What happened to it so far. */
  readonly trail: string[];
}

/** Nobody can tell what comes of it. */
export function unknownAnswer(unknown: string, trail: string[]): GatewayAnswer {
  return { status: 0, headers: {}, body: '', decidedBy: 'gateway', unknown, trail };
}
