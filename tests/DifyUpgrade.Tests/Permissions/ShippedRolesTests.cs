using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DifyUpgrade.Cluster;
using DifyUpgrade.Parameters;
using DifyUpgrade.Permissions;
using DifyUpgrade.Rendering;
using Xunit;

namespace DifyUpgrade.Tests.Permissions;

/// <summary>The Roles in charts/access grant what the targets ask for, and nothing else.</summary>
public sealed partial class ShippedRolesTests
{
    private static readonly Dictionary<string, (string Group, string Resource)> Kinds = new(StringComparer.Ordinal)
    {
        ["ConfigMap"] = ("", "configmaps"),
        ["Deployment"] = ("apps", "deployments"),
        ["Ingress"] = ("networking.k8s.io", "ingresses"),
        ["Secret"] = ("", "secrets"),
        ["Service"] = ("", "services"),
        ["ServiceAccount"] = ("", "serviceaccounts"),
    };

    private static readonly string Repository = FindRepository();

    [Theory]
    [InlineData("deploy", true, "ValidateConfigMap", "RenderTemplate", "DryRun", "Upgrade", "VerifyMount", "Rollback", "RefreshPrompts", "Status", "DiffPrompts", "UpdatePromptContract")]
    [InlineData("dry-run", false, "ValidateConfigMap", "RenderTemplate", "DryRun")]
    [InlineData("read-only", false, "ValidateConfigMap", "RenderTemplate", "VerifyMount", "Status", "DiffPrompts")]
    public void A_role_is_exactly_what_its_targets_ask_for(string role, bool probing, params string[] targets)
    {
        var all = ChartObjects();

        // The first revision, one like the one before, and one that drops what the one before had.
        ChartRights[] situations = [new([], all), new(all, all), new(all, [])];
        var parameters = ParameterReader.Read(Inputs() with { ProbeImage = probing }, []);
        var needed = situations.SelectMany(chart => new NeededRights(parameters, chart, execTakesCreate: true).Of(targets)).Select(right => Text(right.Need)).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(needed, Granted(role).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_asks_only_for_what_it_is_going_to_do()
    {
        var all = ChartObjects();
        var parameters = ParameterReader.Read(Inputs(), []);
        IEnumerable<string> Of(ChartRights chart, bool create, params string[] targets) => new NeededRights(parameters, chart, create).Of(targets).Select(right => Text(right.Need));

        Assert.DoesNotContain("create services", Of(new(all, all), false, "DryRun", "Upgrade"));
        Assert.Contains("create services", Of(new([], all), false, "Upgrade"));
        Assert.DoesNotContain("create pods/exec", Of(new(all, all), false, "Upgrade"));
        Assert.DoesNotContain("create pods", Of(new(all, all), true, "Upgrade"));
        Assert.DoesNotContain("patch deployments.apps", Of(new(all, all), false, "Status"));
        Assert.Empty(Of(new(all, all), false, "RenderTemplate", "NewPrompts", "SandboxUp"));
    }

    private static string Text(AccessNeed need) =>
        $"{need}{(need.Group.Length > 0 ? "." + need.Group : "")}{(need.Name is { } name ? " " + name : "")}";

    private static IEnumerable<string> Granted(string role) =>
        from rule in ManifestReader.Read(File.ReadAllText(Path.Combine(Repository, "charts", "access", role + ".yaml"))).Single().Body["rules"]!.AsArray()
        from resource in Texts(rule, "resources")
        from verb in Texts(rule, "verbs")
        from name in rule!["resourceNames"] is null ? [""] : Texts(rule, "resourceNames")
        let @group = Texts(rule, "apiGroups").Single()
        select $"{verb} {resource}{(@group.Length > 0 ? "." + @group : "")}{(name.Length > 0 ? " " + name : "")}";

    private static IEnumerable<string> Texts(JsonNode? rule, string field) => rule![field]!.AsArray().Select(text => text!.ToString());

    private static List<ChartObject> ChartObjects() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository, "charts", "dify", "templates"))
            .SelectMany(file => KindLine().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Select(kind => new ChartObject(kind, Kinds[kind].Group, Kinds[kind].Resource, "dify", false)),
    ];

    private static DeploymentInputs Inputs() => new()
    {
        RootFolder = Repository,
        Release = "dify",
        Namespace = "dify",
        Chart = "charts/dify",
        ValuesFiles = [],
        PromptFiles = ["prompts.py=custom-configs/prompts.py"],
        ConfigMapName = "dify-prompts",
        Timeout = "10m",
    };

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DifyUpgrade.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("DifyUpgrade.slnx not found");
    }

    [GeneratedRegex("^kind: ([A-Za-z]+)", RegexOptions.Multiline)]
    private static partial Regex KindLine();
}
