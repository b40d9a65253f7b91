from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def with_headers(response: dict[str, Any], cors: dict[str, str], in_lists: bool = False) -> dict[str, Any]:
    """A handler's response with the CORS headers.

    The policy decides who may read it: what the handler says of that on its own is replaced, since browsers refuse two answers.
    Lists grow: what the handler exposes or varies by stays.

    `in_lists`: every header as a list of values, for a load balancer that reads no others.
    """
    own: dict[str, list[str]] = {"vary": [], "access-control-expose-headers": []}
    headers = _others(response.get("headers"), own)
    multi_value_headers = _others(response.get("multiValueHeaders"), own)
    headers.update(cors)
    for name in ("Vary", "Access-Control-Expose-Headers"):
        values = own[name.lower()]
        if values:
            headers[name] = _union(values, cors.get(name, ""))
    if in_lists:
        rest = {name: value for name, value in response.items() if name != "headers"}
        return {**rest, "multiValueHeaders": {**_lists(headers), **multi_value_headers}}
    merged = {**response, "headers": headers}
    if response.get("multiValueHeaders"):
        merged["multiValueHeaders"] = multi_value_headers
    return merged


_OURS = frozenset(
    ("vary", "access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers")
)


def _others(headers: Any, own: dict[str, list[str]]) -> dict[str, Any]:
    """The headers that have nothing to do with CORS, in any spelling; the values of lists are put aside."""
    if headers is not None and not isinstance(headers, dict):
        raise TypeError("The headers of the response are not a dict.")
    kept: dict[str, Any] = {}
    for name, value in (headers or {}).items():
        lower = str(name).lower()
        if lower not in _OURS:
            kept[name] = value
        elif lower in own and value is not None:
            own[lower].extend(map(str, _listed(value)))
    return kept


def _lists(headers: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: _listed(value) for name, value in headers.items() if value is not None}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _union(own: list[str], added: str) -> str:
    """`Accept-Encoding, Origin` for `Accept-Encoding` and `Origin`; a value that is there already, in any case, is not added."""
    names = _split(",".join(own))
    known = {name.lower() for name in names}
    return ", ".join(names + [name for name in _split(added) if name.lower() not in known])


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
