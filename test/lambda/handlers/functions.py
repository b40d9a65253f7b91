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


class Unspeakable(Exception):
    def __str__(self):
        raise ValueError("no word")

    __repr__ = __str__


@with_cors
def unspeakable(event, context):
    raise Unspeakable()


class Service:
    def __init__(self, name):
        self.name = name

    @with_cors
    def answered(self, event, context=None):
        return {"statusCode": 200, "body": self.name}


class Callable:
    def __call__(self, event, context):
        return {"statusCode": 200, "body": "called"}


method = Service("orders").answered
called = with_cors(Callable())


def by_name(event, context):
    return Service("named").answered(event=event, context=context)


def half_by_name(event, context):
    return Service("half").answered(event, context=context)
