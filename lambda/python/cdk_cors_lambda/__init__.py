"""CORS for Lambda functions behind API Gateway, by the policy in the environment variable CORS_POLICY."""

import functools
import json
import os

from .headers import with_headers
from .policy import Policy

__all__ = ["with_cors"]


def with_cors(handler):
    """Wraps a handler, so that it answers as its CORS policy says.

    Preflights are answered without the handler. Every other answer gets the headers that a browser looks for: also that of a handler
    that raises, which becomes a 500 and is logged. Events of other sources than API Gateway go to the handler as they are. Make it the
    outermost decorator. The policy is read here, once, when the function starts.
    """
    if not callable(handler):
        raise TypeError(f"with_cors: the handler is {type(handler).__name__}, not a function.")
    policy = Policy(os.environ.get("CORS_POLICY"))

    @functools.wraps(handler)
    def wrapper(event, context):
        method = _method(event)
        # A queue, a schedule or another function asks: no browser sees the answer, and errors are the platform's.
        if method is None:
            return handler(event, context)

        origin = _header(event, "Origin")
        if method == "OPTIONS" and _header(event, "Access-Control-Request-Method"):
            return {"statusCode": policy.status, "headers": policy.preflight(origin), "body": ""}
        cors = policy.response(origin)
        try:
            return _answer(handler(event, context), event, cors)
        except Exception as error:
            _report(error)
            return with_headers(_SERVER_ERROR, cors)

    return wrapper


_SERVER_ERROR = {
    "statusCode": 500,
    "headers": {"Content-Type": "application/json"},
    "body": '{"message":"Internal Server Error"}',
}


def _method(event):
    """The method of a request to an API, in the payload formats 2.0 and 1.0."""
    if not isinstance(event, dict):
        return None
    context = event.get("requestContext")
    http = context.get("http") if isinstance(context, dict) else None
    method = (http if isinstance(http, dict) else {}).get("method") or event.get("httpMethod")
    return method if isinstance(method, str) else None


def _header(event, name):
    """Browsers' requests arrive as `origin` over HTTP/2; HTTP/1.1 clients and tests spell it `Origin`."""
    headers = event.get("headers") or {}
    values = event.get("multiValueHeaders") or {}
    lower = name.lower()
    return headers.get(name) or headers.get(lower) or (values.get(name) or values.get(lower) or [None])[-1]


def _answer(result, event, cors):
    """What API Gateway would make of the result, with the headers."""
    is_dict = isinstance(result, dict)
    if event.get("version") == "2.0" and not (is_dict and "statusCode" in result):
        body = result if isinstance(result, str) else json.dumps(result, default=_number, separators=(",", ":"), ensure_ascii=False)
        return with_headers({"statusCode": 200, "headers": {"content-type": "application/json"}, "body": body}, cors)
    # In the older payload format API Gateway takes nothing but an object, and answers 502 by itself.
    return with_headers(result, cors) if is_dict else result


def _number(value):
    """Lambda turns a Decimal, as DynamoDB returns them, into a number; json alone cannot."""
    from decimal import Decimal

    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{value!r} is not JSON serializable")


def _report(error):
    """Lambda's own log handler writes [ERROR], the error and its traceback, or one JSON object: filters and alarms on the log keep working."""
    import logging  # already there in Lambda, and slow to load elsewhere

    logging.getLogger().error("%s: %s", type(error).__name__, error, exc_info=error)
