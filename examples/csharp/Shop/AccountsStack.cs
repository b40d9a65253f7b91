using Amazon.CDK;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Amazon.CDK.AwsApigatewayv2Integrations;
using CdkCors;
using Constructs;

namespace Shop
{
    /// <summary>
    /// An HTTP API whose $default route has an authorizer: it would take preflights too, and refuse them.
    /// </summary>
    public class AccountsStack : Stack
    {
        public AccountsStack(Construct scope, string id, string webOrigin) : base(scope, id)
        {
            new CorsEnabledHttpApi(this, "Api", new CorsEnabledHttpApiProps
            {
                Cors = new HttpApiCorsOptions
                {
                    AllowOrigins = new[] { webOrigin },
                    AllowCredentials = true,
                    PreflightHandler = PreflightHandler.BuiltIn(),
                },
                DefaultIntegration = new HttpUrlIntegration("Backend", "https://accounts.internal.example"),
                DefaultAuthorizer = new HttpJwtAuthorizer("Jwt", "https://login.example.com", new HttpJwtAuthorizerProps
                {
                    JwtAudience = new[] { "accounts" },
                }),
            });
        }
    }
}
