"""What Lambda does with a Python function, as far as a handler can tell: run_function.py MODULE NAME, events on standard input, what Lambda would
be told on file descriptor 3."""

import importlib
import json
import logging
import os
import sys
from decimal import Decimal


class Context:
    aws_request_id = "r-1"


def in_json(value):
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{value!r} is not JSON serializable")


log = logging.StreamHandler(sys.stderr)
log.setFormatter(logging.Formatter("[%(levelname)s]\t%(message)s"))
logging.getLogger().addHandler(log)

module, name = sys.argv[1:]
handler = getattr(importlib.import_module(module), name)
outcomes = []
for event in json.load(sys.stdin):
    try:
        outcomes.append({"result": json.loads(json.dumps(handler(event, Context()), default=in_json))})
    except Exception as error:
        outcomes.append({"error": str(error)})
with os.fdopen(3, "w", encoding="utf-8") as result:
    json.dump(outcomes, result)
