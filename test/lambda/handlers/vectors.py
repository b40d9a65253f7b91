"""Each case has a policy, an event, and what the handler does with it."""

import os

from cdk_cors_lambda import with_cors


def answers(case, context):
    os.environ["CORS_POLICY"] = case["policy"]

    @with_cors
    def handler(event, context):
        if "error" in case:
            raise RuntimeError(case["error"])
        return case["result"]

    return handler(case["event"], context)


def decisions(event, context):
    """[policy, origin], many: whether a page of the origin may read what a function with the policy answers."""
    handlers = []
    for policy in event["policies"]:
        os.environ["CORS_POLICY"] = policy
        handlers.append(with_cors(lambda event, context: {"statusCode": 200}))

    def decide(policy, origin):
        headers = {} if origin is None else {"origin": origin}
        allowed = handlers[policy]({"httpMethod": "GET", "headers": headers}, context)["headers"].get("Access-Control-Allow-Origin")
        return origin is not None and allowed in ("*", origin)

    return [decide(policy, origin) for policy, origin in event["pairs"]]
