from decimal import Decimal

from cdk_cors_lambda import with_cors


@with_cors
def answered(event, context):
    """Says which path was asked for."""
    return {"statusCode": 200, "body": event.get("rawPath") or event.get("path")}


@with_cors
def raised(event, context):
    raise KeyError("secret")


@with_cors
def decimals(event, context):
    return {"price": Decimal("9.5"), "count": Decimal("3")}


@with_cors
def unserializable(event, context):
    return {"set": {1}}


@with_cors
def failing(event, context):
    raise RuntimeError("the nightly job failed")


@with_cors
def named(event, context):
    return {"statusCode": 200, "body": f"{answered.__name__}: {answered.__doc__}"}
