package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigateway"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2authorizers"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2integrations"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdkcors/cdk-cors-go/cdkcors"
)

// NewPetStoreStack has a REST API, covered by one call; the function behind its proxy integration
// answers by the same policy.
func NewPetStoreStack(scope constructs.Construct, id string, webOrigin string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)

	api := awsapigateway.NewRestApi(stack, jsii.String("Api"), nil)
	pets := api.Root().AddResource(jsii.String("pets"), nil)
	pets.AddMethod(jsii.String("GET"), petStore("GET"), nil)
	pets.AddMethod(jsii.String("POST"), petStore("POST"), nil)

	reports := awslambda.NewFunction(stack, jsii.String("Reports"), &awslambda.FunctionProps{
		Code:    awslambda.Code_FromAsset(jsii.String("../shared/reports"), nil),
		Handler: jsii.String("index.handler"),
		Runtime: awslambda.Runtime_PYTHON_3_13(),
	})
	api.Root().AddResource(jsii.String("reports"), nil).
		AddMethod(jsii.String("GET"), awsapigateway.NewLambdaIntegration(reports, nil), nil)

	cdkcors.EnableCors_On(api, &cdkcors.EnableCorsOptions{
		AllowOrigins: jsii.Strings(webOrigin, "http://localhost:*"),
	})
	cdkcors.NewCorsRuntime(stack, jsii.String("Cors"), &cdkcors.CorsRuntimeProps{Api: api}).AttachTo(reports)
	return stack
}

// NewAccountsStack has an HTTP API whose $default route has an authorizer: it would take preflights
// too, and refuse them.
func NewAccountsStack(scope constructs.Construct, id string, webOrigin string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)

	cdkcors.NewCorsEnabledHttpApi(stack, jsii.String("Api"), &cdkcors.CorsEnabledHttpApiProps{
		Cors: &cdkcors.HttpApiCorsOptions{
			AllowOrigins:     jsii.Strings(webOrigin),
			AllowCredentials: jsii.Bool(true),
			PreflightHandler: cdkcors.PreflightHandler_BuiltIn(),
		},
		DefaultIntegration: awsapigatewayv2integrations.NewHttpUrlIntegration(
			jsii.String("Backend"), jsii.String("https://accounts.internal.example"), nil),
		DefaultAuthorizer: awsapigatewayv2authorizers.NewHttpJwtAuthorizer(
			jsii.String("Jwt"), jsii.String("https://login.example.com"),
			&awsapigatewayv2authorizers.HttpJwtAuthorizerProps{JwtAudience: jsii.Strings("accounts")}),
	})
	return stack
}

// NewCatalogueStack has a REST API that an OpenAPI document defines.
func NewCatalogueStack(scope constructs.Construct, id string, webOrigin string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)

	cdkcors.NewCorsEnabledSpecRestApi(stack, jsii.String("Api"), &cdkcors.CorsEnabledSpecRestApiProps{
		ApiDefinition: cdkcors.CorsApiDefinition_FromFile(jsii.String("../shared/catalogue.yaml")),
		Cors:          &cdkcors.RestApiCorsOptions{AllowOrigins: jsii.Strings(webOrigin)},
	})
	return stack
}

func petStore(method string) awsapigateway.Integration {
	return awsapigateway.NewHttpIntegration(
		jsii.String("http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets"),
		&awsapigateway.HttpIntegrationProps{
			HttpMethod: &method,
			Proxy:      jsii.Bool(false),
			Options: &awsapigateway.IntegrationOptions{
				IntegrationResponses: &[]*awsapigateway.IntegrationResponse{{StatusCode: jsii.String("200")}},
			},
		})
}
