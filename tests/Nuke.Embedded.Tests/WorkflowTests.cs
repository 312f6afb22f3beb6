using Nuke.Common;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.IO;
using Xunit;

namespace Nuke.Embedded.Tests;

/// <summary>The two snapshots have the options of Nuke's own tests and its output, byte for byte.</summary>
public sealed class WorkflowTests : IDisposable
{
    private readonly BuildRunner _runner = new BuildRunner().WithFile("build.cmd", "");

    private AbsolutePath Folder => _runner.Root / ".github" / "workflows";

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Workflows_are_written_on_every_run()
    {
        Assert.Equal(0, _runner.Run<Workflows>(build => build.Test).ExitCode);
        Snapshot.Matches((Folder / "simple.yml").ReadAllText(), "workflow-simple", "yml");
        Snapshot.Matches((Folder / "with_details.yml").ReadAllText(), "workflow-with-details", "yml");
        Assert.False((Folder / "manual.yml").FileExists());
    }

    [Fact]
    public void One_is_generated_by_its_id()
    {
        var outcome = _runner.Run<Workflows>(build => build.Test, "--generate-configuration", "GitHubActions_manual");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Calls);
        Assert.Equal(["manual.yml"], Directory.EnumerateFiles(Folder).Select(Path.GetFileName));
        Assert.Contains("\non:\n  push:\n    branches:\n      - 'release/*'\n    tags-ignore:\n      - v1\n", (Folder / "manual.yml").ReadAllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_one_stops_a_run_on_a_server()
    {
        _runner.WithFile(".github/workflows/simple.yml", "name: simple").Run<Workflows>(build => build.Test, "--host=PlainServer").HasProblems(
            ".github/workflows/simple.yml is not what the build class says. Run ./build.sh --help on your own machine, and commit the file.");
        Assert.Equal("name: simple\n", (Folder / "simple.yml").ReadAllText());
    }

    [Fact]
    public void A_root_that_is_no_repository_gets_none()
    {
        using var runner = new BuildRunner();
        Assert.Equal(0, runner.Run<Workflows>(build => build.Test).ExitCode);
        Assert.False((runner.Root / ".github").DirectoryExists());
    }

    [Fact]
    public void An_unknown_id_is_a_problem()
        => _runner.Run<Workflows>(build => build.Test, "--generate-configuration", "GitHubActions_manul").HasProblems(
            "Unknown configuration GitHubActions_manul. Did you mean GitHubActions_manual?");

    [Fact]
    public void All_that_is_wrong_with_an_attribute_is_told_at_once()
    {
        using var runner = new BuildRunner();
        (runner.Root / ".github").CreateDirectory();
        runner.Run<Wrong>(build => build.Test).HasProblems(
            "[GitHubActions(\"wrong\")]: Unknown target Tset. Did you mean Test?",
            "[GitHubActions(\"wrong\")] must say what starts it: either with On, or with On… for details.",
            "[GitHubActions(\"wrong\")] needs a build.cmd in <root> or one folder below.");
    }

    [GitHubActions(
        "simple",
        GitHubActionsImage.MacOsLatest,
        GitHubActionsImage.UbuntuLatest,
        GitHubActionsImage.WindowsLatest,
        On = [GitHubActionsTrigger.Push, GitHubActionsTrigger.PullRequest],
        InvokedTargets = [nameof(Test)],
        ImportSecrets = ["ApiKey"],
        EnableGitHubToken = true,
        WritePermissions = [GitHubActionsPermissions.Contents],
        ReadPermissions = [GitHubActionsPermissions.Actions])]
    [GitHubActions(
        "with details",
        GitHubActionsImage.MacOsLatest,
        GitHubActionsImage.UbuntuLatest,
        GitHubActionsImage.WindowsLatest,
        InvokedTargets = [nameof(Test)],
        OnCronSchedule = "* 0 * * *",
        OnPushBranches = ["push_branch"],
        OnPushTags = ["push_tag/*"],
        OnPushIncludePaths = ["push_include_path"],
        OnPushExcludePaths = ["push_exclude_path"],
        OnPullRequestBranches = ["pull_request_branch"],
        OnPullRequestTags = ["pull_request_tag"],
        OnPullRequestIncludePaths = ["pull_request_include_path"],
        OnPullRequestExcludePaths = ["pull_request_exclude_path/**"],
        OnWorkflowDispatchOptionalInputs = ["OptionalInput"],
        OnWorkflowDispatchRequiredInputs = ["RequiredInput"],
        PublishCondition = "success() || failure()",
        Submodules = GitHubActionsSubmodules.Recursive,
        Lfs = true,
        FetchDepth = 2,
        Progress = false,
        Filter = "tree:0",
        TimeoutMinutes = 30,
        ConcurrencyCancelInProgress = true,
        JobConcurrencyCancelInProgress = true,
        JobConcurrencyGroup = "custom-job-group",
        EnvironmentName = "environment-name",
        EnvironmentUrl = "environment-url")]
    [GitHubActions(
        "manual",
        GitHubActionsImage.Ubuntu2204,
        AutoGenerate = false,
        InvokedTargets = [nameof(Test)],
        OnPushBranches = ["release/*"],
        OnPushTagsIgnore = ["v1"],
        CacheKeyFiles = [],
        PublishArtifacts = false)]
    private sealed class Workflows : RecordedBuild
    {
        private Target Compile => _ => _.Produces(RootDirectory / "src" / "*").Executes(Work);

        public Target Test => _ => _
            .DependsOn(Compile)
            .Consumes(Compile)
            .Produces(RootDirectory / "output" / "test-results" / "*.trx", RootDirectory / "output" / "test-results" / "*.xml", RootDirectory / "output" / "coverage-report.zip")
            .Executes(Work);
    }

    [GitHubActions("wrong", GitHubActionsImage.UbuntuLatest, InvokedTargets = ["Tset"])]
    private sealed class Wrong : RecordedBuild
    {
        public Target Test => _ => _.Executes(Work);
    }
}
