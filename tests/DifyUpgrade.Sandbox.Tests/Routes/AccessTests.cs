using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class AccessTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    private const string Jane = RunningSandbox.JaneToken;

    [Fact]
    public async Task A_wrong_token_is_nobodys() => (await sandbox.GetAsync("/api/v1/namespaces", token: "guessed")).MustBe(401, "Unauthorized");

    [Fact]
    public async Task Without_a_token_one_may_ask_for_health_and_no_more()
    {
        (await sandbox.GetAsync("/readyz", token: null)).MustBe(200);
        Assert.Equal(
            "namespaces is forbidden: User \"system:anonymous\" cannot list resource \"namespaces\" in API group \"\" at the cluster scope",
            (await sandbox.GetAsync("/api/v1/namespaces", token: null)).MustBe(403, "Forbidden").Message);
    }

    [Fact]
    public async Task A_role_grants_what_it_names_and_where_it_is_bound()
    {
        var space = await sandbox.NewNamespaceAsync();
        var other = await sandbox.NewNamespaceAsync();
        await GrantAsync(space, Rule(["get", "list"], ["pods"]), User("jane"));

        (await sandbox.GetAsync($"/api/v1/namespaces/{space}/pods", token: Jane)).MustBe(200);
        (await sandbox.GetAsync($"/api/v1/namespaces/{other}/pods", token: Jane)).MustBe(403);
        Assert.Equal(
            $"pods \"one\" is forbidden: User \"jane\" cannot get resource \"pods/exec\" in API group \"\" in the namespace \"{space}\"",
            (await sandbox.GetAsync($"/api/v1/namespaces/{space}/pods/one/exec?command=id", token: Jane)).MustBe(403).Message);
        Assert.Equal(
            $"deployments.apps is forbidden: User \"jane\" cannot create resource \"deployments\" in API group \"apps\" in the namespace \"{space}\"",
            (await sandbox.PostAsync($"/apis/apps/v1/namespaces/{space}/deployments", Samples.Deployment("web", 1), Jane)).MustBe(403).Message);
    }

    [Fact]
    public async Task A_rule_for_one_name_lets_see_that_one_only()
    {
        var space = await sandbox.NewNamespaceAsync();
        await GrantAsync(space, Rule(["get", "list"], ["configmaps"], "mine"), User("jane"));
        (await sandbox.PostAsync($"/api/v1/namespaces/{space}/configmaps", Samples.ConfigMap("mine"))).MustBe(201);

        (await sandbox.GetAsync($"/api/v1/namespaces/{space}/configmaps/mine", token: Jane)).MustBe(200);
        (await sandbox.GetAsync($"/api/v1/namespaces/{space}/configmaps?fieldSelector=metadata.name=mine", token: Jane)).MustBe(200);
        (await sandbox.GetAsync($"/api/v1/namespaces/{space}/configmaps/theirs", token: Jane)).MustBe(403);
        (await sandbox.GetAsync($"/api/v1/namespaces/{space}/configmaps", token: Jane)).MustBe(403);
    }

    [Theory]
    [InlineData("get", true)]
    [InlineData("delete", false)]
    public async Task Reviews_say_what_the_requests_would_meet(string verb, bool allowed)
    {
        var space = await sandbox.NewNamespaceAsync();
        await GrantAsync(space, Rule(["get"], ["pods"]), User("jane"));
        var asked = new JsonObject { ["resourceAttributes"] = new JsonObject { ["verb"] = verb, ["resource"] = "pods", ["namespace"] = space } };

        var own = await sandbox.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", new JsonObject { ["spec"] = asked.DeepClone() }, Jane);
        asked["user"] = "jane";
        var others = await sandbox.PostAsync("/apis/authorization.k8s.io/v1/subjectaccessreviews", new JsonObject { ["spec"] = asked });

        Assert.Equal(allowed, own.MustBe(201).Json.Flag("status", "allowed"));
        Assert.Equal(allowed, others.MustBe(201).Json.Flag("status", "allowed"));
    }

    [Fact]
    public async Task A_service_accounts_token_is_the_service_account()
    {
        var space = await sandbox.NewNamespaceAsync();
        (await sandbox.PostAsync($"/api/v1/namespaces/{space}/serviceaccounts", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "bob" } })).MustBe(201);
        var token = (await sandbox.PostAsync($"/api/v1/namespaces/{space}/serviceaccounts/bob/token", new JsonObject())).MustBe(201).Json.Text("status", "token")!;
        (await sandbox.GetAsync($"/api/v1/namespaces/{space}/pods", token: token)).MustBe(403);
        await GrantAsync(space, Rule(["list"], ["pods"]), new JsonObject { ["kind"] = "ServiceAccount", ["name"] = "bob", ["namespace"] = space });

        (await sandbox.GetAsync($"/api/v1/namespaces/{space}/pods", token: token)).MustBe(200);
        (await sandbox.GetAsync($"/api/v1/namespaces/{space}/pods", token: token[..^2])).MustBe(401);
        var whoami = await sandbox.PostAsync("/apis/authentication.k8s.io/v1/selfsubjectreviews", new JsonObject(), token);
        Assert.Equal($"system:serviceaccount:{space}:bob", whoami.MustBe(201).Json.Text("status", "userInfo", "username"));
    }

    [Fact]
    public async Task Only_who_may_impersonate_is_taken_for_another()
    {
        using var admin = sandbox.Client();
        admin.DefaultRequestHeaders.Add("Impersonate-User", "jane");
        using var asJane = await admin.GetAsync(new Uri("/api/v1/nodes", UriKind.Relative), TestContext.Current.CancellationToken);
        using var jane = sandbox.Client(Jane);
        jane.DefaultRequestHeaders.Add("Impersonate-User", "kubernetes-admin");
        jane.DefaultRequestHeaders.Add("Impersonate-Group", "system:masters");
        using var asAdmin = await jane.GetAsync(new Uri("/api/v1/nodes", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("User \"jane\" cannot list", (await SandboxAnswer.OfAsync(asJane)).MustBe(403).Message);
        Assert.Contains("User \"jane\" cannot impersonate", (await SandboxAnswer.OfAsync(asAdmin)).MustBe(403).Message);
    }

    [Fact]
    public async Task The_sandboxs_own_routes_are_the_admins()
    {
        (await sandbox.GetAsync("/sandbox/faults", token: Jane)).MustBe(403, "Forbidden");
        (await sandbox.GetAsync("/sandbox/faults")).MustBe(200);
    }

    private static JsonObject User(string name) => new() { ["kind"] = "User", ["name"] = name, ["apiGroup"] = "rbac.authorization.k8s.io" };

    private static JsonObject Rule(string[] verbs, string[] resources, params string[] names)
    {
        var rule = new JsonObject { ["apiGroups"] = Texts(""), ["verbs"] = Texts(verbs), ["resources"] = Texts(resources) };
        if (names.Length > 0)
            rule["resourceNames"] = Texts(names);
        return rule;
    }

    private static JsonArray Texts(params string[] texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private async Task GrantAsync(string space, JsonObject rule, JsonObject subject)
    {
        var path = $"/apis/rbac.authorization.k8s.io/v1/namespaces/{space}";
        (await sandbox.PostAsync($"{path}/roles", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "some" }, ["rules"] = new JsonArray(rule) })).MustBe(201);
        (await sandbox.PostAsync($"{path}/rolebindings", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "some" },
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "Role", ["name"] = "some" },
            ["subjects"] = new JsonArray(subject),
        })).MustBe(201);
    }
}
