"""What an event says of a request, in every format in which one reaches a function: REST API, HTTP API (1.0 and 2.0), function URL, load balancer.

Anything may stand in an event that somebody wrote by hand: what is not text is not there.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def method_of(event: Any) -> str | None:
    """The method of the request; None for events of other sources."""
    context = _field(event, "requestContext")
    method = _text(_field(_field(context, "http"), "method")) or _text(_field(event, "httpMethod"))
    return method and method.upper()


def header_of(event: Any, name: str) -> str | None:
    """Browsers' requests arrive as `origin` over HTTP/2; HTTP/1.1 clients and tests spell it `Origin`."""
    headers, lists, lower = _field(event, "headers"), _field(event, "multiValueHeaders"), name.lower()
    return (
        _text(_field(headers, name))
        or _text(_field(headers, lower))
        or _last(_field(lists, name))
        or _last(_field(lists, lower))
    )


def reads_lists(event: Any) -> bool:
    """A load balancer that sends each header as a list reads no others."""
    return _field(_field(event, "requestContext"), "elb") is not None and _field(event, "multiValueHeaders") is not None


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _last(values: Any) -> str | None:
    return _text(values[-1]) if isinstance(values, list) and values else None
