from cdk_cors_lambda import with_cors

handler = with_cors(None)
