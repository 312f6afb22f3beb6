using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class ListTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    private const string TableType = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var path = await SomeAsync("a", "b", "c", "d", "e");
        var (names, next) = (new List<string?>(), "");
        do
        {
            var page = (await sandbox.GetAsync($"{path}?limit=2&continue={next}")).MustBe(200).Json;
            names.AddRange(Names(page));
            next = page.Text("metadata", "continue");
            Assert.Equal(next is null ? null : 5 - names.Count, page.Number("metadata", "remainingItemCount"));
        }
        while (next is not null);

        Assert.Equal(["a", "b", "c", "d", "e"], names);
    }

    [Fact]
    public async Task A_list_says_its_kind_once_and_its_version()
    {
        var list = (await sandbox.GetAsync(await SomeAsync("a"))).MustBe(200).Json;

        Assert.Equal(("SecretList", "v1"), (list.Text("kind"), list.Text("apiVersion")));
        Assert.Null(list.Items("items").Single().Text("kind"));
        Assert.True(long.Parse(list.Text("metadata", "resourceVersion")!) >= long.Parse(list.Items("items").Single().Text("metadata", "resourceVersion")!));
    }

    [Theory]
    [InlineData("labelSelector=first=a", "a")]
    [InlineData("labelSelector=first%20in%20(a,c)", "a,c")]
    [InlineData("labelSelector=first!=a,first", "b,c")]
    [InlineData("fieldSelector=metadata.name=b", "b")]
    [InlineData("fieldSelector=metadata.name!=b", "a,c")]
    [InlineData("fieldSelector=metadata.name=b%26labelSelector=first=a", "")]
    public async Task Selectors_choose(string query, string expected)
    {
        var path = await SomeAsync("a", "b", "c");

        Assert.Equal(expected, string.Join(',', Names((await sandbox.GetAsync($"{path}?{query.Replace("%26", "&", StringComparison.Ordinal)}")).MustBe(200).Json)));
    }

    [Fact]
    public async Task A_list_of_all_namespaces_has_all_and_one_of_a_namespace_its_own()
    {
        var (one, other) = (await SomeAsync("a"), await SomeAsync("b"));

        Assert.Equal(["a"], Names((await sandbox.GetAsync(one)).Json));
        Assert.Equal(["b"], Names((await sandbox.GetAsync(other)).Json));
        Assert.Superset(new HashSet<string?> { "a", "b" }, Names((await sandbox.GetAsync("/api/v1/secrets")).Json).ToHashSet());
    }

    [Fact]
    public async Task A_page_of_a_forgotten_version_is_expired()
    {
        var path = await SomeAsync("a", "b", "c");
        var next = (await sandbox.GetAsync($"{path}?limit=1")).Json.Text("metadata", "continue");
        await SomeAsync("another");
        (await sandbox.PostAsync("/sandbox/compact", new JsonObject())).MustBe(200);

        (await sandbox.GetAsync($"{path}?limit=1&continue={next}")).MustBe(410, "Expired");
        (await sandbox.GetAsync($"{path}?limit=1")).MustBe(200);
    }

    [Fact]
    public async Task A_version_that_is_not_there_yet_is_not_waited_for()
    {
        var answer = (await sandbox.GetAsync("/api/v1/namespaces?resourceVersion=99999999")).MustBe(504, "Timeout");

        Assert.Equal(("1", "ResourceVersionTooLarge"), (answer.RetryAfter, answer.Json.Items("details", "causes").Single().Text("reason")));
    }

    [Fact]
    public async Task A_table_has_the_columns_that_kubectl_prints()
    {
        var table = (await sandbox.GetAsync(await SomeAsync("a"), TableType)).MustBe(200).Json;

        Assert.Equal(["Name", "Type", "Data", "Age"], table.Items("columnDefinitions").Select(column => column.Text("name")));
        var row = table.Items("rows").Single();
        Assert.Equal(("a", "Opaque", "1"), (row["cells"]![0]!.ToString(), row["cells"]![1]!.ToString(), row["cells"]![2]!.ToString()));
        Assert.Equal(("PartialObjectMetadata", "a"), (row.Text("object", "kind"), row.Text("object", "metadata", "name")));
        Assert.Null(row.At("object", "data"));
    }

    [Fact]
    public async Task Metadata_alone_is_less_than_the_object()
    {
        var path = await SomeAsync("a");
        var list = (await sandbox.GetAsync(path, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")).MustBe(200).Json;
        var one = (await sandbox.GetAsync(path + "/a", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")).MustBe(200).Json;

        Assert.Equal("PartialObjectMetadataList", list.Text("kind"));
        Assert.Equal(("PartialObjectMetadata", "a", false), (one.Text("kind"), one.Text("metadata", "name"), one!.AsObject().ContainsKey("data")));
    }

    private static IEnumerable<string?> Names(JsonNode? list) => list.Items("items").Select(item => item.Text("metadata", "name"));

    private async Task<string> SomeAsync(params string[] names)
    {
        var path = $"/api/v1/namespaces/{await sandbox.NewNamespaceAsync()}/secrets";
        foreach (var name in names)
        {
            var body = Samples.Secret(name);
            body.Child("metadata")["labels"] = new JsonObject { ["first"] = name };
            (await sandbox.PostAsync(path, body)).MustBe(201);
        }

        return path;
    }
}
