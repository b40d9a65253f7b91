using Amazon.CDK;
using CdkCors;

namespace Shop
{
    /// <summary>Synthesizes the three stacks, and fails where a page of the web app could not use a route.</summary>
    public static class Program
    {
        public const string WebOrigin = "https://app.example.com";

        public static void Main()
        {
            var app = new App();
            new PetStoreStack(app, "PetStore", WebOrigin);
            new AccountsStack(app, "Accounts", WebOrigin);
            new CatalogueStack(app, "Catalogue", WebOrigin);
            new CorsValidationPlugin(new CorsValidationPluginProps { Origins = new[] { WebOrigin } }).AddTo(app);
            app.Synth();
        }
    }
}
