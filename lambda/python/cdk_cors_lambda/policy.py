from __future__ import annotations

import json
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator


class Policy:
    """What CORS_POLICY says, ready to answer with. Its format is described in docs/proxy-backends.md; CorsRuntime writes it.

    Raises where it says nothing that could be followed, so that the function fails when it starts, and not at a visitor's request.
    """

    def __init__(self, text: str | None) -> None:
        policy = _checked(text)
        self._exact = frozenset(filter(_is_sent, policy.get("origins", ())))
        self._patterns = [re.compile(pattern) for pattern in policy.get("patterns", ())]
        self._fixed: str | None = next(iter(self._exact)) if len(self._exact) == 1 and not self._patterns else None
        self.status = int(policy.get("status", 204))
        self.answers_options = bool(policy.get("answersOptions"))
        credentials = "true" if policy.get("credentials") else None
        self._preflight = _sent(
            {
                "Access-Control-Allow-Credentials": credentials,
                "Access-Control-Allow-Methods": policy.get("methods"),
                "Access-Control-Allow-Headers": policy.get("headers"),
                "Access-Control-Max-Age": str(int(policy["maxAge"])) if "maxAge" in policy else None,
            }
        )
        self._response = _sent(
            {
                "Access-Control-Allow-Credentials": credentials,
                "Access-Control-Expose-Headers": policy.get("expose"),
            }
        )

    def preflight(self, origin: str | None) -> dict[str, str]:
        return self._to(origin, self._preflight)

    def response(self, origin: str | None) -> dict[str, str]:
        return self._to(origin, self._response)

    def _to(self, origin: str | None, rest: dict[str, str]) -> dict[str, str]:
        """Without a look at the request where one answer does for all; an unlisted origin learns nothing."""
        if self._fixed is not None:
            return {"Access-Control-Allow-Origin": self._fixed, **rest}
        if origin is not None and self._allows(origin):
            return {"Access-Control-Allow-Origin": origin, **rest, "Vary": "Origin"}
        return {"Vary": "Origin"}

    def _allows(self, origin: str) -> bool:
        return origin in self._exact or (_is_sent(origin) and any(pattern.fullmatch(origin) for pattern in self._patterns))


_NOT_SENT = re.compile(r"^(wss?|ftp):|[^!-\[\]-~]")


def _is_sent(origin: str) -> bool:
    """No page is served by these schemes, and no origin has a backslash, a space, a control character or a letter beyond ASCII."""
    return _NOT_SENT.search(origin) is None


def _checked(text: str | None) -> dict[str, Any]:
    if not text:
        raise ValueError(
            "CORS_POLICY: this environment variable of the function is missing. Attach a CorsRuntime to the function."
        )
    policy = _parsed(text)
    faults = [fault for name, value in policy.items() for fault in _faults(name, value)]
    if not faults and not policy.get("origins") and not policy.get("patterns"):
        faults.append("CORS_POLICY: nobody is listed in origins or patterns.")
    if "quotes" in policy and policy["quotes"] != text.count('"'):
        faults.append(
            "CORS_POLICY: a deploy-time value in it has a quote, and would change what the policy says. Write the value without."
        )
    if faults:
        raise ValueError("\n".join(faults))
    return policy


def _parsed(text: str) -> dict[str, Any]:
    try:
        policy = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"CORS_POLICY: this environment variable of the function is not JSON: {error}") from None
    if not isinstance(policy, dict):
        raise ValueError("CORS_POLICY: this environment variable of the function is not a JSON object.")
    return policy


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a value of JSON")


def _faults(name: str, value: Any) -> Iterator[str]:
    if name not in _FIELDS:
        yield f"CORS_POLICY.{name}: there is no such field. Known are {', '.join(_FIELDS)}."
        return
    expected, fits = _FIELDS[name]
    if not fits(value):
        yield f"CORS_POLICY.{name}: {json.dumps(value, separators=(',', ':'))} is not {expected}."


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_count(value: Any) -> bool:
    """JSON knows one kind of number: 600.0 is 600. What is larger is not exact everywhere."""
    is_whole = type(value) is int or (type(value) is float and value.is_integer())
    return is_whole and 0 <= value < 2**53


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


# What Java, JavaScript, Python and RE2 read alike: letters, digits and signs of an origin, classes,
# groups, alternatives and repeats. Two that RE2 lacks are taken, too: `(?=` and `(?!`.
_PORTABLE = re.compile(
    r"([A-Za-z0-9_:/%~@.\]-]|\\[.\[]|\[(\^[^\\\[\]&~|^]+|[^\\\[\]&~|^][^\\\[\]&~|]*)\]"
    r"|\((\?[:=!]|(?!\?))|\)|\||([?*+]|\{[0-9]{1,3}(,[0-9]{0,3})?\})\??(?![?*+{]))*"
)


def _is_expression(text: str) -> bool:
    try:
        return _PORTABLE.fullmatch(text) is not None and re.compile(text) is not None
    except (re.error, RecursionError, OverflowError):
        return False


_FIELDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "origins": ("a list of origins", _is_list),
    "patterns": ("a list of regular expressions", lambda value: _is_list(value) and all(map(_is_expression, value))),
    "methods": ("a text", _is_text),
    "headers": ("a text", _is_text),
    "maxAge": ("a whole number of seconds", _is_count),
    "expose": ("a text", _is_text),
    "credentials": ("true or false", _is_flag),
    "status": ("a number from 200 to 299", lambda value: _is_count(value) and 200 <= value <= 299),
    "answersOptions": ("true or false", _is_flag),
    "quotes": ("the number of quotes", _is_count),
}


def _sent(headers: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if value}
