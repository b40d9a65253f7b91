package com.example.shop;

import java.util.List;

import io.github.cdkcors.CorsEnabledHttpApi;
import io.github.cdkcors.HttpApiCorsOptions;
import io.github.cdkcors.PreflightHandler;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpJwtAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpUrlIntegration;
import software.constructs.Construct;

/** An HTTP API whose $default route has an authorizer: it would take preflights too, and refuse them. */
public class AccountsStack extends Stack {
    public AccountsStack(Construct scope, String id, String webOrigin) {
        super(scope, id);

        CorsEnabledHttpApi.Builder.create(this, "Api")
                .cors(HttpApiCorsOptions.builder()
                        .allowOrigins(List.of(webOrigin))
                        .allowCredentials(true)
                        .preflightHandler(PreflightHandler.builtIn())
                        .build())
                .defaultIntegration(new HttpUrlIntegration("Backend", "https://accounts.internal.example"))
                .defaultAuthorizer(HttpJwtAuthorizer.Builder.create("Jwt", "https://login.example.com")
                        .jwtAudience(List.of("accounts"))
                        .build())
                .build();
    }
}
