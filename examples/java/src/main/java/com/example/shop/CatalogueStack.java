package com.example.shop;

import java.util.List;

import io.github.cdkcors.CorsApiDefinition;
import io.github.cdkcors.CorsEnabledSpecRestApi;
import io.github.cdkcors.RestApiCorsOptions;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** A REST API that an OpenAPI document defines. */
public class CatalogueStack extends Stack {
    public CatalogueStack(Construct scope, String id, String webOrigin) {
        super(scope, id);

        CorsEnabledSpecRestApi.Builder.create(this, "Api")
                .apiDefinition(CorsApiDefinition.fromFile("../shared/catalogue.yaml"))
                .cors(RestApiCorsOptions.builder().allowOrigins(List.of(webOrigin)).build())
                .build();
    }
}
