from typing import Any, TypedDict

from cdk_cors_lambda import with_cors


class Response(TypedDict):
    statusCode: int
    body: str


@with_cors
def handler(event: dict[str, Any], context: object) -> Response:
    return {"statusCode": 200, "body": event["path"]}


class Service:
    @with_cors
    def handle(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        return {"statusCode": 200}

    @staticmethod
    @with_cors
    def plain(event: dict[str, Any], context: object) -> str:
        return "hello"


status: int = handler({}, None)["statusCode"]
named: Response = handler(event={}, context=None)
result: dict[str, Any] = Service().handle({}, None)
text: str = Service.plain({}, None)
handler("text", None)  # type: ignore[arg-type]
with_cors("text")  # type: ignore[arg-type]
