"""Three APIs of one web shop, each of another kind, under one CORS policy each."""

from pathlib import Path

from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from cdk_cors import (
    CorsApiDefinition,
    CorsEnabledHttpApi,
    CorsEnabledSpecRestApi,
    CorsRuntime,
    EnableCors,
    HttpApiCorsOptions,
    PreflightHandler,
    RestApiCorsOptions,
)
from constructs import Construct

SHARED = Path(__file__).parent.parent / "shared"


class PetStoreStack(Stack):
    """A REST API, covered by one call; the function behind its proxy integration answers by the same policy."""

    def __init__(self, scope: Construct, id: str, *, web_origin: str) -> None:
        super().__init__(scope, id)

        api = apigateway.RestApi(self, "Api")
        pets = api.root.add_resource("pets")
        pets.add_method("GET", pet_store("GET"))
        pets.add_method("POST", pet_store("POST"))

        reports = lambda_.Function(
            self,
            "Reports",
            code=lambda_.Code.from_asset(str(SHARED / "reports")),
            handler="index.handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
        )
        api.root.add_resource("reports").add_method("GET", apigateway.LambdaIntegration(reports))

        EnableCors.on(api, allow_origins=[web_origin, "http://localhost:*"])
        CorsRuntime(self, "Cors", api=api).attach_to(reports)


class AccountsStack(Stack):
    """An HTTP API whose `$default` route has an authorizer: it would take preflights too, and refuse them."""

    def __init__(self, scope: Construct, id: str, *, web_origin: str) -> None:
        super().__init__(scope, id)

        CorsEnabledHttpApi(
            self,
            "Api",
            cors=HttpApiCorsOptions(
                allow_origins=[web_origin],
                allow_credentials=True,
                preflight_handler=PreflightHandler.built_in(),
            ),
            default_integration=integrations.HttpUrlIntegration("Backend", "https://accounts.internal.example"),
            default_authorizer=authorizers.HttpJwtAuthorizer(
                "Jwt", "https://login.example.com", jwt_audience=["accounts"]
            ),
        )


class CatalogueStack(Stack):
    """A REST API that an OpenAPI document defines."""

    def __init__(self, scope: Construct, id: str, *, web_origin: str) -> None:
        super().__init__(scope, id)

        CorsEnabledSpecRestApi(
            self,
            "Api",
            api_definition=CorsApiDefinition.from_file(str(SHARED / "catalogue.yaml")),
            cors=RestApiCorsOptions(allow_origins=[web_origin]),
        )


def pet_store(method: str) -> apigateway.Integration:
    return apigateway.HttpIntegration(
        "http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets",
        http_method=method,
        proxy=False,
        options=apigateway.IntegrationOptions(
            integration_responses=[apigateway.IntegrationResponse(status_code="200")]
        ),
    )
