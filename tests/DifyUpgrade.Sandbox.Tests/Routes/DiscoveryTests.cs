using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class DiscoveryTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task Every_kind_is_found_through_discovery_and_can_be_listed()
    {
        var groups = (await sandbox.GetAsync("/apis")).MustBe(200).Json.Items("groups").Select(group => $"/apis/{group.Text("preferredVersion", "groupVersion")}");
        List<string> found = [];
        foreach (var path in groups.Prepend("/api/v1"))
        {
            var resources = (await sandbox.GetAsync(path)).MustBe(200).Json.Items("resources");
            foreach (var name in resources.Where(resource => resource["verbs"]!.AsArray().Any(verb => verb!.ToString() == "list")).Select(resource => resource.Text("name")))
            {
                (await sandbox.GetAsync($"{path}/{name}")).MustBe(200);
                found.Add($"{path}/{name}");
            }
        }

        Assert.Equal(ResourceTypes.All.Count, found.Count);
        Assert.Contains("/apis/apps/v1/deployments", found);
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("v2beta1")]
    public async Task Who_asks_for_everything_at_once_gets_it_and_is_told_so(string version)
    {
        using var client = sandbox.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/apis");
        request.Headers.TryAddWithoutValidation("Accept", $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList,application/json");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains(new NameValueHeaderValue("as", "APIGroupDiscoveryList"), response.Content.Headers.ContentType!.Parameters);
        var answer = (await SandboxAnswer.OfAsync(response)).MustBe(200);
        var apps = answer.Json.Items("items").Single(group => group.Text("metadata", "name") == "apps");
        var deployments = apps.Items("versions").Single().Items("resources").Single(resource => resource.Text("resource") == "deployments");
        Assert.Equal(["scale", "status"], deployments.Items("subresources").Select(sub => sub.Text("subresource")));
    }

    [Fact]
    public async Task The_schema_is_of_a_type_that_Go_can_parse()
    {
        using var client = sandbox.Client();
        using var response = await client.GetAsync(new Uri("/openapi/v2", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("application/com.github.proto-openapi.spec.v2.v1.0+protobuf", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x0A, 3, (byte)'2', (byte)'.', (byte)'0'], (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[..5]);
    }

    [Fact]
    public async Task Every_group_has_a_document_of_its_kinds_and_of_what_they_refer_to()
    {
        foreach (var (path, entry) in (JsonObject)(await sandbox.GetAsync("/openapi/v3")).MustBe(200).Json!["paths"]!)
        {
            var document = (await sandbox.GetAsync(entry.Text("serverRelativeURL")!)).MustBe(200);
            var schemas = (JsonObject)document.Json.At("components", "schemas")!;
            var references = Regex.Matches(document.Text, "\"#/components/schemas/([^\"]+)\"").Select(match => match.Groups[1].Value).Distinct();
            Assert.Empty(references.Where(name => !schemas.ContainsKey(name)).Select(name => $"{path}: {name}"));
        }
    }

    [Fact]
    public async Task A_document_says_what_a_field_holds_and_how_patches_merge_it()
    {
        var schemas = (await sandbox.GetAsync("/openapi/v3/apis/apps/v1")).MustBe(200).Json.At("components", "schemas");
        var pod = schemas.At("io.k8s.api.core.v1.PodSpec", "properties");

        Assert.Equal("""[{"group":"apps","kind":"Deployment","version":"v1"}]""", schemas.At("io.k8s.api.apps.v1.Deployment", "x-kubernetes-group-version-kind")!.ToJsonString());
        Assert.Equal(("merge", "name"), (pod.Text("containers", "x-kubernetes-patch-strategy"), pod.Text("containers", "x-kubernetes-patch-merge-key")));
        Assert.Equal("merge,retainKeys", pod.Text("volumes", "x-kubernetes-patch-strategy"));
        Assert.Equal("int32", schemas.Text("io.k8s.api.apps.v1.DeploymentSpec", "properties", "replicas", "format"));
        (await sandbox.GetAsync("/openapi/v3/apis/nobody/v1")).MustBe(404);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/livez")]
    public async Task It_is_healthy(string path) => Assert.Equal("ok", (await sandbox.GetAsync(path)).MustBe(200).Text);

    [Fact]
    public async Task It_claims_a_version() => Assert.Equal("v1.33.1", (await sandbox.GetAsync("/version")).MustBe(200).Json.Text("gitVersion"));
}
