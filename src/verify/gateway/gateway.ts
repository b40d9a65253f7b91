/** A request as it arrives at API Gateway. */
export interface GatewayRequest {
  readonly method: string;
  /** Below the stage, with an optional ?query. */
  readonly path: string;
  /** As sent on the wire; over HTTP/2 names are in lower case. */
  readonly headers: Record<string, string>;
  readonly body?: string;
}

export interface GatewayOptions {
  /**
   * What a non-proxy backend answered; default: whatever selects the default integration response.
   */
  readonly backendStatus?: number;
  /** The request ends in this gateway response instead of reaching its route. */
  readonly gatewayError?: string;
  /**
   * The status that a mock integration names,
   * in place of the one that its template gives to this request.
   */
  readonly mockStatus?: string;
  /** What a proxy backend sends with every answer; default: nobody knows. */
  readonly backendHeaders?: Record<string, string>;
  /** Whether cookies come along, which no script can see. */
  readonly cookies?: boolean;
  /**
   * Whether authorizers accept the tokens, keys and signatures that the request carries; default:
   * all but those of OPTIONS.
   */
  readonly authorized?: boolean;
}

export interface GatewayAnswer {
  /** 0: the backend's, or unknown. */
  readonly status: number;
  /**
   * As far as the gateway decides them. A value may hold a part that is unknown until deployment,
   * between two marks.
   */
  readonly headers: Record<string, string>;
  readonly body: string;
  /** 'backend': the status, and what the gateway does not set itself, are the backend's. */
  readonly decidedBy: 'gateway' | 'backend';
  /** The status may be the backend's, but the CORS headers are these, whatever it sends. */
  readonly headersAreFinal?: boolean;
  /**
   * The method or route that took the request, as users would name it; absent where API Gateway
   * answers without one.
   */
  readonly answeredBy?: string;
  /** The Lambda function whose own policy decides, provided that its handler is wrapped. */
  readonly byFunction?: string;
  /** Whether the template shows that it is: inline code. */
  readonly isWrapped?: boolean;
  /**
   * The gateway response that API Gateway answers with on its own, such as API_CONFIGURATION_ERROR.
   */
  readonly gatewayError?: string;
  /** Whose error that is, where it is not API Gateway's. */
  readonly service?: string;
  /**
   * What the request lacks, where that is why the gateway refuses it:
   * `header.Authorization`, `querystring.page`.
   */
  readonly missing?: string;
  /** Those of the headers that the gateway adds to the backend's, of which it takes none away. */
  readonly added?: Record<string, string>;
  /** Why it can't be known. */
  readonly unknown?: string;
  /** What may come in its place, where nobody has established which answer comes. */
  readonly alternatives?: Alternative[];
  /** What made it so, where that lies in front of the API: the key of a fix. */
  readonly cause?: string;
  /** What is worth telling although the page gets its answer. */
  readonly remarks?: string[];
  /**
   * A preflight asked for what the CORS configuration does not list, and the CORS headers are left
   * out for that reason.
   */
  readonly unlisted?: 'method' | 'header';
  /** What happened on the way, in sentences. */
  readonly trail: string[];
}

export interface GatewaySide {
  /** 'where IsProd holds' */
  readonly when: string;
  readonly gateway: Gateway;
}

/** Another answer that is possible. */
export interface Alternative {
  readonly answer: GatewayAnswer;
  /** What is open, as a sentence. */
  readonly why: string;
}

export interface Gateway {
  answer(request: GatewayRequest, options?: GatewayOptions): GatewayAnswer;
  /**
   * What stands in front of the paths of requests: scheme, host and stage; undefined: nobody knows.
   */
  readonly url?: string;
  /** Why this API cannot be deployed at all. */
  readonly deploymentFaults: string[];
  /**
   * What it is in each way in which open conditions may turn out; it answers as the first of them.
   */
  readonly sides?: GatewaySide[];
  /** The host names by which it is reached, where pages may have them too; may hold marks. */
  readonly ownHosts?: string[];
}
