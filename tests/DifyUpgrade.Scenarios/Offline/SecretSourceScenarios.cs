using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Offline;

/// <summary>Secret values from SOPS and from the environment; helm sees a file that nobody else can read, and that is gone afterwards.</summary>
public sealed class SecretSourceScenarios : IDisposable
{
    private const string Secrets = "global: {appSecretKey: canary-4f1c9e7b2d}\nexternalPostgres: {password: canary-4f1c9e7b2d}\nexternalRedis: {password: canary-4f1c9e7b2d}\nworker: {replicas: 7}\n";
    private const string Encrypted = "global:\n  appSecretKey: ENC[AES256_GCM,data:abc,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:def,type:str]\n  version: 3.9.0\n";

    private readonly Workspace _workspace = new();

    public SecretSourceScenarios()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the stand-ins for helm and sops are shell scripts");
        _workspace.Write("values-secrets.yaml", Encrypted);

        // Says what it can see of the values files and of the environment, then is helm.
        _workspace.WriteScript("bin/helm", """
            if [ "$1" != version ]; then
              for file in "$@"; do case "$file" in *values-secrets.yaml) stat -c '%a %n' "$file" >> "$SEEN"; esac; done
              env | grep -c '^VALUES_SECRETS=' >> "$SEEN"
              [ -z "$HANG" ] || { echo hanging > "$SEEN.hangs"; exec sleep 60; }
            fi
            exec "$REAL_HELM" "$@"
            """);
        _workspace.WriteScript("bin/sops", """[ "$1 $2 $3 $4 $5" = "--decrypt --input-type yaml --output-type yaml" ] && [ -f "$6" ] && cat "$PLAIN" || { echo "Failed to get the data key" >&2; exit 128; }""");
        _workspace.Write("plain", Secrets);
    }

    private string Seen => File.ReadAllText(_workspace.At("seen"));

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task What_sops_decrypts_is_only_on_disk_while_helm_reads_it_and_only_for_this_user()
    {
        (await Run.OfAsync(Render())).MustExitWith(0).MustNotSay(Workspace.Canary);
        MustHaveRendered();
        Assert.StartsWith("600 " + _workspace.At(".nuke/temp/secrets/"), Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_wins_over_the_file_plain_or_encrypted_and_is_not_handed_on()
    {
        (await Run.OfAsync(Render(("VALUES_SECRETS", Secrets), ("PLAIN", "/nowhere")))).MustExitWith(0).MustNotSay(Workspace.Canary);
        MustHaveRendered();
        Assert.StartsWith("600 ", Seen, StringComparison.Ordinal);
        Assert.EndsWith("\n0\n", Seen, StringComparison.Ordinal);

        File.Delete(_workspace.At("values-secrets.yaml"));
        (await Run.OfAsync(Render(("VALUES_SECRETS", Encrypted)))).MustExitWith(0).MustNotSay(Workspace.Canary);
        MustHaveRendered();
        (await Run.OfAsync(Render(("VALUES_SECRETS", "a: b: c")))).MustExitWith(2).MustSay("This values file is not YAML", "VALUES_SECRETS:1:");
        (await Run.OfAsync(Render())).MustExitWith(2).MustSay("This values file does not exist", "in CI: put its content into the environment variable VALUES_SECRETS");
    }

    [Fact]
    public async Task A_file_that_cannot_be_decrypted_is_said_in_the_words_of_sops()
    {
        (await Run.OfAsync(Render(("PLAIN", "/nowhere")))).MustExitWith(2).MustSay("sops cannot decrypt this values file: Failed to get the data key", "values-secrets.yaml", "sops --decrypt");
        File.Delete(_workspace.At("bin/sops"));
        (await Run.OfAsync(Render())).MustExitWith(2).MustSay("encrypted with SOPS, and there is no sops on PATH");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task An_interrupted_run_leaves_no_file_behind_and_a_killed_one_only_until_the_next(string signal)
    {
        var running = Render(("HANG", "yes")).WithValidation(CommandResultValidation.None).WithStandardOutputPipe(PipeTarget.ToStream(Stream.Null)).WithStandardErrorPipe(PipeTarget.ToStream(Stream.Null)).ExecuteAsync(TestContext.Current.CancellationToken);
        using var watcher = new FileSystemWatcher(_workspace.Root, "seen.hangs") { EnableRaisingEvents = true };
        var hangs = new TaskCompletionSource();
        watcher.Created += (_, _) => hangs.TrySetResult();
        if (!File.Exists(_workspace.At("seen.hangs")))
            await hangs.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(Directory.GetDirectories(_workspace.At(".nuke/temp/secrets")));

        (await Run.OfAsync(Cli.Wrap("kill").WithArguments(["-" + signal, $"{running.ProcessId}"]))).MustExitWith(0);
        await running;
        if (signal == "KILL")
            (await Run.OfAsync(Render())).MustExitWith(0);
        Assert.Empty(Directory.GetDirectories(_workspace.At(".nuke/temp/secrets")));
    }

    private void MustHaveRendered()
    {
        var manifests = File.ReadAllText(_workspace.At("artifacts/dify/manifests.yaml"));
        Assert.Contains("replicas: 7", manifests, StringComparison.Ordinal);
        Assert.DoesNotContain(Workspace.Canary, manifests, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_workspace.At(".nuke/temp/secrets")));
    }

    private Command Render(params (string Name, string Value)[] environment)
    {
        var helm = TestSettings.Helm ?? throw new InvalidOperationException("HELM names no helm");
        return _workspace.Build("RenderTemplate", "--skip", "ValidateConfigMap", "--helm", _workspace.At("bin/helm"), "--values-files", "values-dify.yaml", "values-dify-prod.yaml", "values-secrets.yaml")
            .WithEnvironmentVariables(variables =>
            {
                variables.Set("HOME", _workspace.Root).Set("KUBECONFIG", null).Set("PATH", $"{_workspace.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}")
                    .Set("SEEN", _workspace.At("seen")).Set("REAL_HELM", helm).Set("PLAIN", _workspace.At("plain"));
                foreach (var (name, value) in environment)
                    variables.Set(name, value);
            });
    }
}
