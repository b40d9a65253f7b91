"""Functions in Python: one call a line on standard input, what its handler returned a line on standard output."""

import json
import logging
import os
import sys

from cdk_cors_lambda import with_cors


def willing(event, context):
    """Lets in whoever asks."""
    headers = event["headers"]
    return {
        "statusCode": 200,
        "headers": {
            "access-control-allow-origin": headers["origin"],
            "access-control-allow-credentials": "true",
        },
        "body": "{}",
    }


def ignorant(event, context):
    """Comes to nothing before it thinks of CORS."""
    raise KeyError("pets")


def wrapped(handler, policy):
    os.environ["CORS_POLICY"] = policy
    return with_cors({"willing": willing, "ignorant": ignorant}[handler])


logging.getLogger().addHandler(logging.NullHandler())  # errors are expected here
functions = {}
for line in sys.stdin:
    call = json.loads(line)
    key = (call["handler"], call["policy"])
    if key not in functions:
        functions[key] = wrapped(*key)
    print(json.dumps(functions[key](call["event"], None)), flush=True)
