using System.Text;
using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.OnClusters;

/// <summary>Drives targets to success and to failure with secrets of every shape, and searches every byte that was written for them.</summary>
public abstract class SecretScenarios(TestCluster cluster) : ClusterScenario(cluster)
{
    private static readonly string[] Inputs = ["values-secrets.yaml", "values-open.yaml", "charts", "custom-configs", "kubeconfig"];

    private readonly Canaries _canaries = new();
    private readonly StringBuilder _said = new();

    [Fact]
    public async Task No_target_that_succeeds_writes_a_secret_anywhere()
    {
        await using var listing = new ProcessListing();
        Plant(1);
        (await SayAsync("Upgrade", OlderTag, "--install", "--config-map-drift", "apply")).MustExitWith(0);
        foreach (var target in (string[])["Status", "VerifyMount", "DiffPrompts", "ValidateConfigMap"])
            (await SayAsync(target, OlderTag)).MustExitWith(0);

        // A secret that changed shows as changed, and as nothing else.
        Plant(2);
        (await SayAsync("DryRun", NewerTag)).MustExitWith(0).MustSay("changed Secret/dify", "SECRET_KEY: '*** (").MustNotSay("DB_PASSWORD: '*** (");
        await File.AppendAllTextAsync(Workspace.Prompts, "\n# changed\n", TestContext.Current.CancellationToken);
        (await SayAsync("RefreshPrompts", OlderTag)).MustExitWith(0);
        (await SayAsync("Upgrade", NewerTag, "--output", "json")).MustExitWith(0);
        (await SayAsync("Rollback", null, "--output", "json")).MustExitWith(0);
        MustBeClean(listing);
    }

    [Fact]
    public async Task No_target_that_fails_writes_a_secret_anywhere()
    {
        await using var listing = new ProcessListing();
        Plant(1);
        (await SayAsync("Upgrade", OlderTag, "--install", "--config-map-drift", "apply")).MustExitWith(0);

        await FailInTemplateAsync("{{ fail (printf \"this is no key: %s\" .Values.sharedSecretEnv.QUOTED) }}", 2, "this is no key: ***");
        await FailInTemplateAsync("kind: ConfigMap\napiVersion: v1\nmetadata: {name: canary, labels: {canary: {{ .Values.sharedSecretEnv.QUOTED | quote }}}}", 2, "***");
        await FailInTemplateAsync("kind: ConfigMap\napiVersion: v1\nmetadata: {name: {{ .Values.sharedSecretEnv.QUOTED | quote }}}", 2, "***");
        await FailInTemplateAsync("kind: ConfigMap\napiVersion: v1\nmetadata: {name: canary}\ndata: {canary: [{{ .Values.sharedSecretEnv.MULTI_LINE | quote }}]}", 2, "canary");
        await FailInTemplateAsync("kind: ConfigMap\n{{ .Values.sharedSecretEnv.MULTI_LINE }}\n\t- {{ .Values.sharedSecretEnv.JSON }}", 2, "canary.yaml");

        (await SayAsync("Upgrade", "99.0.0")).MustExitWith(1).MustSay("artifacts/diagnosis/");
        await File.AppendAllTextAsync(Workspace.Prompts, $"\nraise RuntimeError('the key is {_canaries.Logged}')\n", TestContext.Current.CancellationToken);
        (await SayAsync("VerifyMount", OlderTag)).MustExitWith(1);
        (await SayAsync("Upgrade", NewerTag, "--config-map-drift", "apply")).MustExitWith(1).MustSay("the key is ***");
        (await SayAsync("Rollback", null, "--revision", "77")).MustExitWith(2);
        (await SayAsync("Rollback", null)).MustExitWith(0);
        MustBeClean(listing);
    }

    [Fact]
    public async Task No_run_that_is_kept_out_times_out_or_is_interrupted_writes_a_secret_anywhere()
    {
        await using var listing = new ProcessListing();
        Plant(1);
        (await SayAsync("Upgrade", OlderTag, "--install", "--config-map-drift", "apply")).MustExitWith(0);
        await AskAsync("patch", "lease", "dify-upgrade.dify", "--type=merge", "--patch", """{"spec":{"holderIdentity":"alice@laptop/1","renewTime":"2999-01-01T00:00:00.000000Z"}}""");
        (await SayAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("Another run works on the release: alice@laptop/1");
        await AskAsync("patch", "lease", "dify-upgrade.dify", "--type=merge", "--patch", """{"spec":{"holderIdentity":""}}""");

        (await SayAsync("Upgrade", "99.0.0", "--timeout", "5s", "--failure-grace", "4m")).MustExitWith(1);
        Say(await Run.OfInterruptedAsync(Command("Upgrade", "99.0.0", "--failure-grace", "4m"), "INT", whenItSays: "ImagePull")).MustExitWith(130).MustSay("Release dify is at revision");
        Say(await Run.OfInterruptedAsync(Command("Rollback", null), "INT", whenItSays: "pod/dify-")).MustExitWith(130).MustSay("Release dify is at revision");
        MustBeClean(listing);
    }

    [Fact]
    public async Task No_webhook_that_quotes_secrets_in_its_refusal_has_them_written_anywhere()
    {
        Assert.SkipUnless(Cluster is not RealKubernetes { IsOwn: false }, "the apiserver of another cluster cannot ask a webhook on this machine");
        await using var listing = new ProcessListing();
        Plant(1);
        (await SayAsync("Upgrade", OlderTag, "--install", "--config-map-drift", "apply")).MustExitWith(0);
        await using var webhook = new DenyingWebhook($"not with {_canaries.Quoted} and {_canaries.Logged}");
        await WithWebhookAsync(webhook.Address, webhook.Authority, "{apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments]}", async () =>
        {
            (await SayAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("not with *** and ***");
            (await SayAsync("Upgrade", NewerTag, "--skip", "DryRun")).MustExitWith(1).MustSay("not with *** and ***");
        });
        MustBeClean(listing);
    }

    [Fact]
    public async Task Neither_a_broken_values_file_nor_a_cluster_that_cannot_be_reached_gives_a_secret_away()
    {
        await using var listing = new ProcessListing();
        Plant(1);
        Workspace.Write("kubeconfig", $$$"""
            {apiVersion: v1, kind: Config, current-context: away, contexts: [{name: away, context: {cluster: away, user: me}}],
             clusters: [{name: away, cluster: {server: "https://me:{{{_canaries.InAddress}}}@127.0.0.1:1/path"}}],
             users: [{name: me, user: {token: {{{_canaries.Logged}}} }}]}
            """);
        foreach (var target in (string[])["Upgrade", "Status", "Rollback"])
            (await SayAsync(target, NewerTag, "--kubeconfig", Workspace.At("kubeconfig"), "--kube-context", "away")).MustExitWith(2).MustSay("127.0.0.1:1");

        foreach (var broken in (string[])["\n\t{0}", "\n  {0}: [", "\nglobal: {{appSecretKey: {0}}}"])
        {
            Workspace.Write("values-secrets.yaml", _canaries.SecretValues(1) + string.Format(System.Globalization.CultureInfo.InvariantCulture, broken, _canaries.Logged));
            (await SayAsync("Upgrade", NewerTag)).MustExitWith(2).MustSay("values-secrets.yaml:");
        }

        MustBeClean(listing);
    }

    private void Plant(int generation)
    {
        Workspace.Write("values-secrets.yaml", _canaries.SecretValues(generation));
        Workspace.Write("values-open.yaml", _canaries.OpenValues);
    }

    private async Task FailInTemplateAsync(string template, int exitCode, string words)
    {
        Workspace.Write("charts/dify/templates/canary.yaml", template);
        (await SayAsync("Upgrade", NewerTag)).MustExitWith(exitCode).MustSay(words);
        File.Delete(Workspace.At("charts/dify/templates/canary.yaml"));
    }

    private async Task<Run> SayAsync(string target, string? tag, params string[] arguments) => Say(await Run.OfAsync(Command(target, tag, arguments)));

    private Run Say(Run run)
    {
        _said.Append(run.Text);
        return run;
    }

    private Command Command(string target, string? tag, params string[] arguments)
    {
        Directory.CreateDirectory(Workspace.At("tmp"));
        Workspace.Write("values-tag.yaml", $"image: {{api: {{tag: \"{tag ?? NewerTag}\"}}, web: {{tag: \"{NewerTag}\"}}}}\n");
        return Build(target, tag, ["--values-files", "values-dify.yaml", "values-secrets.yaml", "values-dify-prod.yaml", "values-fast.yaml", "values-tag.yaml", "values-open.yaml", .. arguments])
            .WithEnvironmentVariables(variables => variables.Set("KUBECONFIG", null).Set("GITHUB_ACTIONS", null).Set("HOME", Workspace.Root).Set("TMPDIR", Workspace.At("tmp")));
    }

    private void MustBeClean(ProcessListing listing)
    {
        Assert.Contains("helm", listing.Text, StringComparison.Ordinal);
        List<string> found = [.. _canaries.In("what was printed", Encoding.UTF8.GetBytes(_said.ToString())), .. _canaries.In("a process listing", Encoding.UTF8.GetBytes(listing.Text))];
        var written = Directory.EnumerateFiles(Workspace.Root, "*", SearchOption.AllDirectories)
            .Where(file => !Inputs.Contains(Path.GetRelativePath(Workspace.Root, file).Split(Path.DirectorySeparatorChar)[0]) && File.GetAttributes(file) is var attributes && !attributes.HasFlag(FileAttributes.Device))
            .ToList();
        Assert.Contains(written, file => file.EndsWith("build.log", StringComparison.Ordinal));
        found.AddRange(written.SelectMany(file => _canaries.In(Path.GetRelativePath(Workspace.Root, file), File.ReadAllBytes(file))));
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
