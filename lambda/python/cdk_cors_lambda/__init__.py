"""CORS for Lambda functions behind API Gateway, by the policy in the environment variable CORS_POLICY."""

from __future__ import annotations

import functools
import json
import os

from .event import header_of, method_of, reads_lists
from .headers import with_headers
from .policy import Policy

TYPE_CHECKING = False  # typing is slow to load
if TYPE_CHECKING:
    from typing import Any, Callable, TypeVar

    from typing_extensions import ParamSpec

    P = ParamSpec("P")
    R = TypeVar("R")

__all__ = ["with_cors"]


def with_cors(handler: Callable[P, R]) -> Callable[P, R]:
    """Wraps a handler, so that it answers as its CORS policy says.

    Preflights are answered without the handler. Every other answer gets the headers that a browser looks for: also that of a handler
    that raises, which becomes a 500 and is logged. Events of other sources than API Gateway go to the handler as they are. Make it the
    outermost decorator, of a function or of a method. The policy is read here, once, when the function starts.
    """
    if not callable(handler):
        raise TypeError(f"with_cors: the handler is {type(handler).__name__}, not a function.")
    policy = Policy(os.environ.get("CORS_POLICY"))

    @functools.wraps(handler)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        # A method has itself in front; tests may name what they give.
        given = (*args, *kwargs.values())
        event: Any = kwargs["event"] if "event" in kwargs else given[-2] if len(given) > 1 else None
        method = method_of(event)
        # A queue, a schedule or another function asks: no browser sees the answer, and errors are
        # the platform's.
        if method is None:
            return handler(*args, **kwargs)

        origin = header_of(event, "Origin")
        if method == "OPTIONS" and (policy.answers_options or header_of(event, "Access-Control-Request-Method")):
            return with_headers({"statusCode": policy.status, "body": ""}, policy.preflight(origin), reads_lists(event))
        cors = policy.response(origin)
        try:
            return _answer(handler(*args, **kwargs), event, cors)
        except Exception as error:
            _report(error)
            return with_headers(_SERVER_ERROR, cors, reads_lists(event))

    return wrapper


_SERVER_ERROR = {
    "statusCode": 500,
    "headers": {"Content-Type": "application/json"},
    "body": '{"message":"Internal Server Error"}',
}


def _answer(result: Any, event: dict[str, Any], cors: dict[str, str]) -> Any:
    """What API Gateway would make of the result, with the headers."""
    is_dict = isinstance(result, dict)
    if event.get("version") == "2.0" and not (is_dict and "statusCode" in result):
        body = result if isinstance(result, str) else json.dumps(result, default=_number, separators=(",", ":"), ensure_ascii=False)
        return with_headers({"statusCode": 200, "headers": {"content-type": "application/json"}, "body": body}, cors)
    # In the older payload format API Gateway takes nothing but an object, and answers 502 by
    # itself.
    return with_headers(result, cors, reads_lists(event)) if is_dict else result


def _number(value: Any) -> int | float:
    """Lambda turns a Decimal, as DynamoDB returns them, into a number; json alone cannot."""
    from decimal import Decimal

    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{value!r} is not JSON serializable")


def _report(error: Exception) -> None:
    """Lambda's own log handler writes [ERROR], the error and its traceback, or one JSON object: filters and alarms on the log keep working."""
    import logging  # already there in Lambda, and slow to load elsewhere

    try:
        logging.getLogger().error("%s: %s", type(error).__name__, str(error), exc_info=error)
    except Exception:  # of an error that cannot say what it is: nobody would answer the page if this raised
        try:
            logging.getLogger().error("%s", type(error).__name__)
        except Exception:
            pass
