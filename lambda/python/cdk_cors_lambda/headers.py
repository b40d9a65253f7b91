def with_headers(response, cors):
    """A handler's response with the CORS headers.

    The policy decides who may read it: what the handler says of that by itself is replaced, since browsers refuse two answers.
    Lists grow: what the handler exposes or varies by stays.
    """
    own = {"vary": [], "access-control-expose-headers": []}
    headers = _others(response.get("headers"), own)
    multi_value_headers = _others(response.get("multiValueHeaders"), own)
    headers.update(cors)
    for name in ("Vary", "Access-Control-Expose-Headers"):
        values = own[name.lower()]
        if values:
            headers[name] = _union(values, cors.get(name, ""))
    merged = {**response, "headers": headers}
    if response.get("multiValueHeaders"):
        merged["multiValueHeaders"] = multi_value_headers
    return merged


_OURS = frozenset(
    ("vary", "access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers")
)


def _others(headers, own):
    """The headers that have nothing to do with CORS, in any spelling; the values of lists are put aside."""
    kept = {}
    for name, value in (headers or {}).items():
        lower = name.lower()
        if lower not in _OURS:
            kept[name] = value
        elif lower in own and value is not None:
            own[lower].extend(map(str, value if isinstance(value, (list, tuple)) else [value]))
    return kept


def _union(own, added):
    """`Accept-Encoding, Origin` for `Accept-Encoding` and `Origin`; a value that is there already, in any case, is not added."""
    names = _split(",".join(own))
    known = {name.lower() for name in names}
    return ", ".join(names + [name for name in _split(added) if name.lower() not in known])


def _split(text):
    return [name.strip() for name in text.split(",") if name.strip()]
