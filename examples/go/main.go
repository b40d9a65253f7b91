// Synthesizes the three stacks, and fails where a page of the web app could not use a route.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdkcors/cdk-cors-go/cdkcors"
)

const webOrigin = "https://app.example.com"

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	NewPetStoreStack(app, "PetStore", webOrigin)
	NewAccountsStack(app, "Accounts", webOrigin)
	NewCatalogueStack(app, "Catalogue", webOrigin)
	cdkcors.NewCorsValidationPlugin(&cdkcors.CorsValidationPluginProps{Origins: jsii.Strings(webOrigin)}).AddTo(app)
	app.Synth(nil)
}
