using Amazon.CDK;
using CdkCors;
using Constructs;

namespace Shop
{
    /// <summary>A REST API that an OpenAPI document defines.</summary>
    public class CatalogueStack : Stack
    {
        public CatalogueStack(Construct scope, string id, string webOrigin) : base(scope, id)
        {
            new CorsEnabledSpecRestApi(this, "Api", new CorsEnabledSpecRestApiProps
            {
                ApiDefinition = CorsApiDefinition.FromFile(Shared.Path("catalogue.yaml")),
                Cors = new RestApiCorsOptions { AllowOrigins = new[] { webOrigin } },
            });
        }
    }
}
