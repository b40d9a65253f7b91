package com.example.shop;

import java.util.List;

import io.github.cdkcors.CorsRuntime;
import io.github.cdkcors.EnableCors;
import io.github.cdkcors.EnableCorsOptions;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.HttpIntegration;
import software.amazon.awscdk.services.apigateway.Integration;
import software.amazon.awscdk.services.apigateway.IntegrationOptions;
import software.amazon.awscdk.services.apigateway.IntegrationResponse;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.Resource;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/** A REST API, covered by one call; the function behind its proxy integration answers by the same policy. */
public class PetStoreStack extends Stack {
    public PetStoreStack(Construct scope, String id, String webOrigin) {
        super(scope, id);

        RestApi api = new RestApi(this, "Api");
        Resource pets = api.getRoot().addResource("pets");
        pets.addMethod("GET", petStore("GET"));
        pets.addMethod("POST", petStore("POST"));

        Function reports = Function.Builder.create(this, "Reports")
                .code(Code.fromAsset("../shared/reports"))
                .handler("index.handler")
                .runtime(Runtime.PYTHON_3_13)
                .build();
        api.getRoot().addResource("reports").addMethod("GET", new LambdaIntegration(reports));

        EnableCors.on(api, EnableCorsOptions.builder()
                .allowOrigins(List.of(webOrigin, "http://localhost:*"))
                .build());
        CorsRuntime.Builder.create(this, "Cors").api(api).build().attachTo(reports);
    }

    private static Integration petStore(String method) {
        return HttpIntegration.Builder
                .create("http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets")
                .httpMethod(method)
                .proxy(false)
                .options(IntegrationOptions.builder()
                        .integrationResponses(List.of(IntegrationResponse.builder().statusCode("200").build()))
                        .build())
                .build();
    }
}
