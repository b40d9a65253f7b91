package com.example.shop;

import java.util.List;

import io.github.cdkcors.CorsValidationPlugin;
import software.amazon.awscdk.App;

/** Synthesizes the three stacks, and fails where a page of the web app could not use a route. */
public final class ShopApp {
    static final String WEB_ORIGIN = "https://app.example.com";

    public static void main(String[] args) {
        App app = new App();
        new PetStoreStack(app, "PetStore", WEB_ORIGIN);
        new AccountsStack(app, "Accounts", WEB_ORIGIN);
        new CatalogueStack(app, "Catalogue", WEB_ORIGIN);
        CorsValidationPlugin.Builder.create().origins(List.of(WEB_ORIGIN)).build().addTo(app);
        app.synth();
    }

    private ShopApp() {}
}
