"""How with_cors goes together with Powertools for Python: outermost, and its policy wins."""

import json
import os
from pathlib import Path

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver, CORSConfig

PAGE = "https://app.example.com"
os.environ["CORS_POLICY"] = json.dumps({"origins": [PAGE, "http://localhost:3000"], "methods": "GET,PUT"})

from cdk_cors_lambda import with_cors  # noqa: E402


def event(name):
    return json.loads((Path(__file__).parent.parent / "events" / f"{name}.json").read_text())


class Context:
    aws_request_id = "r-1"


def seen(answer):
    headers = [*answer.get("headers", {}).items(), *answer.get("multiValueHeaders", {}).items()]
    origins = [value for name, value in headers if name.lower() == "access-control-allow-origin"]
    return answer["statusCode"], origins


for resolver, get, preflight in (
    (APIGatewayRestResolver, "rest-get", "rest-preflight"),
    (APIGatewayHttpResolver, "http-get", "http-preflight"),
):
    for config in (None, CORSConfig(allow_origin="https://other.example.com")):
        app = resolver(cors=config)

        @app.get("/orders/<id>")
        def order(id):
            return {"id": id}

        @with_cors
        def handler(event, context):
            return app.resolve(event, context)

        answer = handler(event(get), Context())
        assert seen(answer) == (200, [PAGE]), answer
        assert json.loads(answer["body"]) == {"id": "42"}, answer
        answer = handler(event(preflight), Context())
        assert seen(answer) == (204, [PAGE]), answer

print("Powertools for Python: fine")
