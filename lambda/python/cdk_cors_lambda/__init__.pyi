from typing import Any, Callable, TypeVar

_Event = TypeVar("_Event")
_Context = TypeVar("_Context")

def with_cors(handler: Callable[[_Event, _Context], Any]) -> Callable[[_Event, _Context], Any]: ...
