import { isExactOrigin } from '../http/origin';
import { CorsPolicyError, notAString, quote } from '../policy/faults';
import { isPlausibleOrigin, originFault } from '../policy/origin-faults';

/**
 * Which pages can read why a request failed, where the gateway itself answers: 401, 403, 413, 429,
 * 5XX.
 *
 * API Gateway cannot compare the page's origin there, so it is one origin, any, or none. A page
 * that cannot read an error sees only that its request failed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export abstract class ErrorOrigin {
  /**
   * Only pages of this origin can read why a request failed.
   *
   * @param origin as a browser sends it
   * @throws where no browser sends it.
   * @example
   * const cors: RestApiCorsOptions = {
   *   allowOrigins: ['https://app.example.com', 'http://localhost:3000'],
   *   allowCredentials: true,
   *   errorOrigin: ErrorOrigin.exactly('https://app.example.com'),
   * };
   */
  public static exactly(origin: string): ErrorOrigin {
    const fault = notAString(origin, 'https://app.example.com') ?? exactOriginFault(origin);
    if (fault !== undefined) throw new CorsPolicyError([`ErrorOrigin.exactly: ${fault}`]);
    return new GivenErrorOrigin(origin, false);
  }

  /**
   * Pages of every origin can read why a request failed, if it was made without credentials.
   *
   * @example
   * const cors: RestApiCorsOptions = { allowOrigins: ['https://*.example.com'], errorOrigin: ErrorOrigin.any() };
   */
  public static any(): ErrorOrigin {
    return new GivenErrorOrigin('*', false);
  }

  /**
   * Whichever page asks can read why its request failed, with credentials too: **any site**, listed
   * or not. The errors of the gateway say little, but an authorizer's message would be readable
   * too.
   *
   * It hands back the request header `origin`, as browsers spell it over HTTP/2.
   *
   * @example
   * const cors: RestApiCorsOptions = {
   *   allowOrigins: ['https://*.example.com'],
   *   allowCredentials: true,
   *   errorOrigin: ErrorOrigin.reflect(),
   * };
   */
  public static reflect(): ErrorOrigin {
    return new GivenErrorOrigin(undefined, true);
  }

  /**
   * No page can read why a request failed.
   *
   * @example
   * const cors: RestApiCorsOptions = { allowOrigins: ['https://app.example.com'], errorOrigin: ErrorOrigin.none() };
   */
  public static none(): ErrorOrigin {
    return new GivenErrorOrigin(undefined, false);
  }

  /** @internal `*` or the origin, if it can be written down */
  public abstract readonly _origin: string | undefined;

  /** @internal whether it is that of the page that asks */
  public abstract readonly _reflects: boolean;
}

class GivenErrorOrigin extends ErrorOrigin {
  public constructor(
    public readonly _origin: string | undefined,
    public readonly _reflects: boolean,
  ) {
    super();
  }
}

function exactOriginFault(origin: string): string | undefined {
  if (isExactOrigin(origin) || isPlausibleOrigin(origin)) return undefined;
  return (
    originFault(origin) ??
    `${quote(origin)} stands for many origins, and a gateway response can name one. ` +
      'Write that one, or ErrorOrigin.any().'
  );
}
