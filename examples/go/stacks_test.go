package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigateway"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdkcors/cdk-cors-go/cdkcors"
)

var json = &map[string]*string{"content-type": jsii.String("application/json")}

// assertAllowed ends one test, where AssertAllowed would panic and end all of the package's.
func assertAllowed(t *testing.T, stack awscdk.Stack, request *cdkcors.BrowserRequest) {
	t.Helper()
	verdict := cdkcors.CorsSimulator_FromStack(stack, nil).Request(request)
	if verdict.Outcome != cdkcors.CorsOutcome_ALLOWED {
		t.Error(*verdict.Explanation)
	}
}

func TestTheWebAppMayAddPets(t *testing.T) {
	stack := NewPetStoreStack(awscdk.NewApp(nil), "Stack", webOrigin)
	assertAllowed(t, stack, &cdkcors.BrowserRequest{
		Origin: jsii.String(webOrigin), Path: jsii.String("/pets"), Method: jsii.String("POST"), Headers: json,
	})
}

func TestAPageFromElsewhereMayNot(t *testing.T) {
	stack := NewPetStoreStack(awscdk.NewApp(nil), "Stack", webOrigin)
	verdict := cdkcors.CorsSimulator_FromStack(stack, nil).Request(&cdkcors.BrowserRequest{
		Origin: jsii.String("https://elsewhere.example"), Path: jsii.String("/pets"), Method: jsii.String("POST"), Headers: json,
	})
	if verdict.Outcome != cdkcors.CorsOutcome_BLOCKED {
		t.Error(*verdict.Explanation)
	}
}

func TestTheFunctionBehindTheProxyAnswersByTheSamePolicy(t *testing.T) {
	stack := NewPetStoreStack(awscdk.NewApp(nil), "Stack", webOrigin)
	assertAllowed(t, stack, &cdkcors.BrowserRequest{Origin: jsii.String(webOrigin), Path: jsii.String("/reports")})
}

func TestPreflightsGetPastTheAuthorizerOfTheDefaultRoute(t *testing.T) {
	stack := NewAccountsStack(awscdk.NewApp(nil), "Stack", webOrigin)
	assertAllowed(t, stack, &cdkcors.BrowserRequest{
		Origin: jsii.String(webOrigin), Path: jsii.String("/profile"), Method: jsii.String("PUT"),
		Headers: &map[string]*string{"authorization": jsii.String("Bearer token")}, Credentials: jsii.Bool(true),
	})
}

func TestTheWebAppMayChangeAnArticleOfTheDocument(t *testing.T) {
	stack := NewCatalogueStack(awscdk.NewApp(nil), "Stack", webOrigin)
	assertAllowed(t, stack, &cdkcors.BrowserRequest{
		Origin: jsii.String(webOrigin), Path: jsii.String("/articles/7"), Method: jsii.String("PUT"), Headers: json,
	})
}

func TestAMistakeInThePolicySaysWhatToWriteInstead(t *testing.T) {
	// What throws in TypeScript panics in Go.
	defer func() {
		if message := fmt.Sprint(recover()); !strings.Contains(message, `Did you mean "https://app.example.com"`) {
			t.Error(message)
		}
	}()
	api := awsapigateway.NewRestApi(awscdk.NewStack(nil, nil, nil), jsii.String("Api"), nil)
	cdkcors.EnableCors_On(api, &cdkcors.EnableCorsOptions{AllowOrigins: jsii.Strings("https://App.example.com/")})
}
