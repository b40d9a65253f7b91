"""The pet store, for a web app on an origin of its own: the same API as in ../typescript, from Python."""

from aws_cdk import App, Stack
from aws_cdk import aws_apigateway as apigateway
from cdk_cors import EnableCors
from constructs import Construct


class PetStoreStack(Stack):
    def __init__(self, scope: Construct, id: str, *, web_origin: str) -> None:
        super().__init__(scope, id)

        api = apigateway.RestApi(self, "Api")
        api.root.add_method("GET", welcome())

        pets = api.root.add_resource("pets")
        pets.add_method("GET", pet_store("GET", "pets"))
        pets.add_method("POST", pet_store("POST", "pets"))

        pet = pets.add_resource("{petId}")
        pet.add_method(
            "GET",
            pet_store("GET", "pets/{petId}", {"integration.request.path.petId": "method.request.path.petId"}),
            request_parameters={"method.request.path.petId": True},
        )

        api.with_(EnableCors(allow_origins=[web_origin, "http://localhost:*"]))


def welcome() -> apigateway.Integration:
    return apigateway.MockIntegration(
        request_templates={"application/json": '{"statusCode": 200}'},
        integration_responses=[
            apigateway.IntegrationResponse(
                status_code="200",
                response_templates={"text/html": "<html><body><h1>Welcome to your Pet Store API</h1></body></html>"},
            )
        ],
    )


def pet_store(verb: str, path: str, request_parameters: dict | None = None) -> apigateway.Integration:
    return apigateway.HttpIntegration(
        f"http://petstore.execute-api.us-east-1.amazonaws.com/petstore/{path}",
        http_method=verb,
        proxy=False,
        options=apigateway.IntegrationOptions(
            request_parameters=request_parameters,
            integration_responses=[apigateway.IntegrationResponse(status_code="200")],
        ),
    )


app = App()
PetStoreStack(app, "PetStore", web_origin="https://app.example.com")
app.synth()
