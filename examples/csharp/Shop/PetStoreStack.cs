using Amazon.CDK;
using Amazon.CDK.AWS.APIGateway;
using Amazon.CDK.AWS.Lambda;
using CdkCors;
using Constructs;

namespace Shop
{
    /// <summary>
    /// A REST API, covered by one call; the function behind its proxy integration answers by the same policy.
    /// </summary>
    public class PetStoreStack : Stack
    {
        public PetStoreStack(Construct scope, string id, string webOrigin) : base(scope, id)
        {
            var api = new RestApi(this, "Api");
            var pets = api.Root.AddResource("pets");
            pets.AddMethod("GET", PetStore("GET"));
            pets.AddMethod("POST", PetStore("POST"));

            var reports = new Function(this, "Reports", new FunctionProps
            {
                Code = Code.FromAsset(Shared.Path("reports")),
                Handler = "index.handler",
                Runtime = Runtime.PYTHON_3_13,
            });
            api.Root.AddResource("reports").AddMethod("GET", new LambdaIntegration(reports));

            EnableCors.On(api, new EnableCorsOptions { AllowOrigins = new[] { webOrigin, "http://localhost:*" } });
            new CorsRuntime(this, "Cors", new CorsRuntimeProps { Api = api }).AttachTo(reports);
        }

        private static Integration PetStore(string method)
        {
            return new HttpIntegration(
                "http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets",
                new HttpIntegrationProps
                {
                    HttpMethod = method,
                    Proxy = false,
                    Options = new IntegrationOptions
                    {
                        IntegrationResponses = new[] { new IntegrationResponse { StatusCode = "200" } },
                    },
                });
        }
    }
}
