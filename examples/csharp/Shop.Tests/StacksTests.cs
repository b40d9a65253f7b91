using System;
using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.APIGateway;
using CdkCors;
using Xunit;

namespace Shop.Tests
{
    /// <summary>What pages can do with the APIs, by the simulator: nothing is deployed.</summary>
    public class StacksTests
    {
        private const string WebOrigin = Program.WebOrigin;
        private static readonly IDictionary<string, string> Json =
            new Dictionary<string, string> { ["content-type"] = "application/json" };

        [Fact]
        public void TheWebAppMayAddPetsAndAPageFromElsewhereMayNot()
        {
            var simulator = CorsSimulator.FromStack(new PetStoreStack(new App(), "Stack", WebOrigin));
            simulator.AssertAllowed(AddPetFrom(WebOrigin));
            simulator.AssertAllowed(AddPetFrom("http://localhost:5173"));
            simulator.AssertBlocked(AddPetFrom("https://elsewhere.example"));
        }

        [Fact]
        public void TheFunctionBehindTheProxyAnswersByTheSamePolicy()
        {
            var simulator = CorsSimulator.FromStack(new PetStoreStack(new App(), "Stack", WebOrigin));
            simulator.AssertAllowed(new BrowserRequest { Origin = WebOrigin, Path = "/reports" });
        }

        [Fact]
        public void PreflightsGetPastTheAuthorizerOfTheDefaultRoute()
        {
            var simulator = CorsSimulator.FromStack(new AccountsStack(new App(), "Stack", WebOrigin));
            simulator.AssertAllowed(new BrowserRequest
            {
                Origin = WebOrigin,
                Path = "/profile",
                Method = "PUT",
                Headers = new Dictionary<string, string> { ["authorization"] = "Bearer token" },
                Credentials = true,
            });
        }

        [Fact]
        public void TheWebAppMayChangeAnArticleOfTheDocument()
        {
            var simulator = CorsSimulator.FromStack(new CatalogueStack(new App(), "Stack", WebOrigin));
            simulator.AssertAllowed(new BrowserRequest
            {
                Origin = WebOrigin,
                Path = "/articles/7",
                Method = "PUT",
                Headers = Json,
            });
        }

        [Fact]
        public void AMistakeInThePolicySaysWhatToWriteInstead()
        {
            var api = new RestApi(new Stack(), "Api");
            var misspelt = new EnableCorsOptions { AllowOrigins = new[] { "https://App.example.com/" } };
            var error = Assert.ThrowsAny<Exception>(() => EnableCors.On(api, misspelt));
            Assert.Contains("Did you mean \"https://app.example.com\"", error.Message);
        }

        private static BrowserRequest AddPetFrom(string origin) =>
            new BrowserRequest { Origin = origin, Path = "/pets", Method = "POST", Headers = Json };
    }
}
