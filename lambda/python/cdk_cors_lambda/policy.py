import json
import re


class Policy:
    """What CORS_POLICY says, ready to answer with. Its format is described in docs/proxy-backends.md; CorsRuntime writes it.

    Raises where it says nothing that could be followed, so that the function fails when it starts, and not at a visitor's request.
    """

    def __init__(self, text):
        policy = _checked(text)
        self._exact = frozenset(policy.get("origins", ()))
        self._patterns = [re.compile(pattern) for pattern in policy.get("patterns", ())]
        self._fixed = next(iter(self._exact)) if len(self._exact) == 1 and not self._patterns else None
        self.status = policy.get("status", 204)
        credentials = "true" if policy.get("credentials") else None
        self._preflight = _sent(
            {
                "Access-Control-Allow-Credentials": credentials,
                "Access-Control-Allow-Methods": policy.get("methods"),
                "Access-Control-Allow-Headers": policy.get("headers"),
                "Access-Control-Max-Age": str(policy["maxAge"]) if "maxAge" in policy else None,
            }
        )
        self._response = _sent(
            {
                "Access-Control-Allow-Credentials": credentials,
                "Access-Control-Expose-Headers": policy.get("expose"),
            }
        )

    def preflight(self, origin):
        return self._to(origin, self._preflight)

    def response(self, origin):
        return self._to(origin, self._response)

    def _to(self, origin, rest):
        """Without a look at the request where one answer does for all; an unlisted origin learns nothing."""
        if self._fixed is not None:
            return {"Access-Control-Allow-Origin": self._fixed, **rest}
        if isinstance(origin, str) and self._allows(origin):
            return {"Access-Control-Allow-Origin": origin, **rest, "Vary": "Origin"}
        return {"Vary": "Origin"}

    def _allows(self, origin):
        return origin in self._exact or any(pattern.fullmatch(origin) for pattern in self._patterns)


def _checked(text):
    if not text:
        raise ValueError(
            "CORS_POLICY: this environment variable of the function is missing. Attach a CorsRuntime to the function."
        )
    policy = _parsed(text)
    faults = [fault for name, value in policy.items() for fault in _faults(name, value)]
    if not faults and not policy.get("origins") and not policy.get("patterns"):
        faults.append("CORS_POLICY: nobody is listed in origins or patterns.")
    if faults:
        raise ValueError("\n".join(faults))
    return policy


def _parsed(text):
    try:
        policy = json.loads(text)
    except ValueError as error:
        raise ValueError(f"CORS_POLICY: this environment variable of the function is not JSON: {error}") from None
    if not isinstance(policy, dict):
        raise ValueError("CORS_POLICY: this environment variable of the function is not a JSON object.")
    return policy


def _faults(name, value):
    if name not in _FIELDS:
        yield f"CORS_POLICY.{name}: there is no such field. Known are {', '.join(_FIELDS)}."
        return
    expected, fits = _FIELDS[name]
    if not fits(value):
        yield f"CORS_POLICY.{name}: {json.dumps(value, separators=(',', ':'))} is not {expected}."


def _is_text(value):
    return isinstance(value, str)


def _is_list(value):
    return isinstance(value, list) and all(map(_is_text, value))


def _compiles(expression):
    try:
        return re.compile(expression) is not None
    except re.error:
        return False


_FIELDS = {
    "origins": ("a list of origins", _is_list),
    "patterns": ("a list of regular expressions", lambda value: _is_list(value) and all(map(_compiles, value))),
    "methods": ("a text", _is_text),
    "headers": ("a text", _is_text),
    "maxAge": ("a whole number of seconds", lambda value: type(value) is int and value >= 0),
    "expose": ("a text", _is_text),
    "credentials": ("true or false", lambda value: isinstance(value, bool)),
    "status": ("a number from 200 to 299", lambda value: type(value) is int and 200 <= value <= 299),
}


def _sent(headers):
    return {name: value for name, value in headers.items() if value}
