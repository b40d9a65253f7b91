"""What pages can do with the APIs, by the simulator: nothing is deployed."""

from typing import Callable

import pytest
from aws_cdk import App, Stack
from aws_cdk.aws_apigateway import RestApi
from cdk_cors import CorsSimulator, EnableCors

from stacks import AccountsStack, CatalogueStack, PetStoreStack

WEB_ORIGIN = "https://app.example.com"


def simulator_of(stack: Callable[..., Stack]) -> CorsSimulator:
    return CorsSimulator.from_stack(stack(App(), "Stack", web_origin=WEB_ORIGIN))


def test_the_web_app_may_add_pets_and_a_page_from_elsewhere_may_not() -> None:
    simulator = simulator_of(PetStoreStack)
    json = {"content-type": "application/json"}
    simulator.assert_allowed(origin=WEB_ORIGIN, path="/pets", method="POST", headers=json)
    simulator.assert_allowed(origin="http://localhost:5173", path="/pets", method="POST", headers=json)
    simulator.assert_blocked(origin="https://elsewhere.example", path="/pets", method="POST", headers=json)


def test_the_function_behind_the_proxy_answers_by_the_same_policy() -> None:
    simulator_of(PetStoreStack).assert_allowed(origin=WEB_ORIGIN, path="/reports")


def test_preflights_get_past_the_authorizer_of_the_default_route() -> None:
    simulator_of(AccountsStack).assert_allowed(
        origin=WEB_ORIGIN,
        path="/profile",
        method="PUT",
        headers={"authorization": "Bearer token"},
        credentials=True,
    )


def test_the_web_app_may_change_an_article_of_the_document() -> None:
    simulator_of(CatalogueStack).assert_allowed(
        origin=WEB_ORIGIN, path="/articles/7", method="PUT", headers={"content-type": "application/json"}
    )


def test_a_mistake_in_the_policy_says_what_to_write_instead() -> None:
    api = RestApi(Stack(App(), "Stack"), "Api")
    with pytest.raises(Exception, match='Did you mean "https://app.example.com"'):
        EnableCors.on(api, allow_origins=["https://App.example.com/"])
