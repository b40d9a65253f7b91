package com.example.shop;

import static com.example.shop.ShopApp.WEB_ORIGIN;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import io.github.cdkcors.BrowserRequest;
import io.github.cdkcors.CorsSimulator;
import io.github.cdkcors.EnableCors;
import io.github.cdkcors.EnableCorsOptions;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.RestApi;

/** What pages can do with the APIs, by the simulator: nothing is deployed. */
class StacksTest {
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    @Test
    void theWebAppMayAddPetsAndAPageFromElsewhereMayNot() {
        CorsSimulator simulator = CorsSimulator.fromStack(new PetStoreStack(new App(), "Stack", WEB_ORIGIN));
        simulator.assertAllowed(addPetFrom(WEB_ORIGIN));
        simulator.assertAllowed(addPetFrom("http://localhost:5173"));
        simulator.assertBlocked(addPetFrom("https://elsewhere.example"));
    }

    @Test
    void theFunctionBehindTheProxyAnswersByTheSamePolicy() {
        CorsSimulator simulator = CorsSimulator.fromStack(new PetStoreStack(new App(), "Stack", WEB_ORIGIN));
        simulator.assertAllowed(BrowserRequest.builder().origin(WEB_ORIGIN).path("/reports").build());
    }

    @Test
    void preflightsGetPastTheAuthorizerOfTheDefaultRoute() {
        CorsSimulator simulator = CorsSimulator.fromStack(new AccountsStack(new App(), "Stack", WEB_ORIGIN));
        simulator.assertAllowed(BrowserRequest.builder()
                .origin(WEB_ORIGIN)
                .path("/profile")
                .method("PUT")
                .headers(Map.of("authorization", "Bearer token"))
                .credentials(true)
                .build());
    }

    @Test
    void theWebAppMayChangeAnArticleOfTheDocument() {
        CorsSimulator simulator = CorsSimulator.fromStack(new CatalogueStack(new App(), "Stack", WEB_ORIGIN));
        simulator.assertAllowed(BrowserRequest.builder()
                .origin(WEB_ORIGIN)
                .path("/articles/7")
                .method("PUT")
                .headers(JSON)
                .build());
    }

    @Test
    void aMistakeInThePolicySaysWhatToWriteInstead() {
        RestApi api = new RestApi(new Stack(), "Api");
        EnableCorsOptions misspelt = EnableCorsOptions.builder()
                .allowOrigins(List.of("https://App.example.com/"))
                .build();
        RuntimeException error = assertThrows(RuntimeException.class, () -> EnableCors.on(api, misspelt));
        assertTrue(error.getMessage().contains("Did you mean \"https://app.example.com\""), error.getMessage());
    }

    private static BrowserRequest addPetFrom(String origin) {
        return BrowserRequest.builder().origin(origin).path("/pets").method("POST").headers(JSON).build();
    }
}
