"""Synthesizes the three stacks, and fails where a page of the web app could not use a route."""

from aws_cdk import App
from cdk_cors import CorsValidationPlugin

from stacks import AccountsStack, CatalogueStack, PetStoreStack

WEB_ORIGIN = "https://app.example.com"

app = App()
PetStoreStack(app, "PetStore", web_origin=WEB_ORIGIN)
AccountsStack(app, "Accounts", web_origin=WEB_ORIGIN)
CatalogueStack(app, "Catalogue", web_origin=WEB_ORIGIN)
CorsValidationPlugin(origins=[WEB_ORIGIN]).add_to(app)
app.synth()
