import json

from cdk_cors_lambda import with_cors


@with_cors
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps({"sold": 1})}
