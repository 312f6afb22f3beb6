namespace Nuke.Common.CI.GitHubActions;

/// <summary>Generates <c>.github/workflows/&lt;name&gt;.yml</c>, which runs targets on GitHub Actions.</summary>
/// <remarks>https://nuke.build/docs/cicd/github-actions/</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GitHubActionsAttribute : Attribute
{
    /// <summary>Declares a workflow with one job for each image.</summary>
    public GitHubActionsAttribute(string name, GitHubActionsImage image, params GitHubActionsImage[] images)
    {
        Name = name.Replace(' ', '_');
        Images = [image, .. images];
    }

    /// <summary>Whether every run on a developer's machine brings the file up to date.</summary>
    public bool AutoGenerate { get; set; } = true;

    /// <summary>The targets to run.</summary>
    public string[] InvokedTargets { get; set; } = [];

    /// <summary>What starts the workflow, in short. Not to be mixed with the other <c>On…</c>.</summary>
    public GitHubActionsTrigger[] On { get; set; } = [];

    /// <summary>Pushes to these branches start it.</summary>
    public string[] OnPushBranches { get; set; } = [];

    /// <summary>Pushes to other branches start it.</summary>
    public string[] OnPushBranchesIgnore { get; set; } = [];

    /// <summary>Pushes of these tags start it.</summary>
    public string[] OnPushTags { get; set; } = [];

    /// <summary>Pushes of other tags start it.</summary>
    public string[] OnPushTagsIgnore { get; set; } = [];

    /// <summary>Pushes that change these files start it.</summary>
    public string[] OnPushIncludePaths { get; set; } = [];

    /// <summary>Pushes that change only these files do not start it.</summary>
    public string[] OnPushExcludePaths { get; set; } = [];

    /// <summary>Pull requests to these branches start it.</summary>
    public string[] OnPullRequestBranches { get; set; } = [];

    /// <summary>Pull requests to these tags start it.</summary>
    public string[] OnPullRequestTags { get; set; } = [];

    /// <summary>Pull requests that change these files start it.</summary>
    public string[] OnPullRequestIncludePaths { get; set; } = [];

    /// <summary>Pull requests that change only these files do not start it.</summary>
    public string[] OnPullRequestExcludePaths { get; set; } = [];

    /// <summary>Parameters that a person who starts it may give.</summary>
    public string[] OnWorkflowDispatchOptionalInputs { get; set; } = [];

    /// <summary>Parameters that a person who starts it must give.</summary>
    public string[] OnWorkflowDispatchRequiredInputs { get; set; } = [];

    /// <summary>When it starts by itself, as cron says it.</summary>
    public string? OnCronSchedule { get; set; }

    /// <summary>Parameters that get the repository's secret of the same name.</summary>
    public string[] ImportSecrets { get; set; } = [];

    /// <summary>Whether the run gets the job's token as GITHUB_TOKEN.</summary>
    public bool EnableGitHubToken { get; set; }

    /// <summary>What the job's token may change.</summary>
    public GitHubActionsPermissions[] WritePermissions { get; set; } = [];

    /// <summary>What the job's token may read.</summary>
    public GitHubActionsPermissions[] ReadPermissions { get; set; } = [];

    /// <summary>What is kept from run to run.</summary>
    public string[] CacheIncludePatterns { get; set; } = [".nuke/temp", "~/.nuget/packages"];

    /// <summary>What of that is not.</summary>
    public string[] CacheExcludePatterns { get; set; } = [];

    /// <summary>The files whose content names the cache; none for no cache.</summary>
    public string[] CacheKeyFiles { get; set; } = ["**/global.json", "**/*.csproj", "**/Directory.Packages.props"];

    /// <summary>Whether what targets produce is uploaded.</summary>
    public bool PublishArtifacts { get; set; } = true;

    /// <summary>When it is uploaded; after success if not given.</summary>
    public string? PublishCondition { get; set; }

    /// <summary>Minutes until a job is cancelled.</summary>
    public int TimeoutMinutes { get; set; }

    /// <summary>The environment that a job deploys to.</summary>
    public string? EnvironmentName { get; set; }

    /// <summary>Where that environment can be seen.</summary>
    public string? EnvironmentUrl { get; set; }

    /// <summary>Of runs in one group one goes on at a time.</summary>
    public string? ConcurrencyGroup { get; set; }

    /// <summary>Whether a newer run cancels the one that goes on.</summary>
    public bool ConcurrencyCancelInProgress { get; set; }

    /// <summary>Of jobs in one group one goes on at a time.</summary>
    public string? JobConcurrencyGroup { get; set; }

    /// <summary>Whether a newer job cancels the one that goes on.</summary>
    public bool JobConcurrencyCancelInProgress { get; set; }

    /// <summary>Whether submodules are checked out.</summary>
    public GitHubActionsSubmodules Submodules { get; set => Checkout["submodules"] = Lower(field = value); }

    /// <summary>Whether large files are checked out.</summary>
    public bool Lfs { get; set => Checkout["lfs"] = Lower(field = value); }

    /// <summary>How many commits are fetched; 0 for all.</summary>
    public uint FetchDepth { get; set => Checkout["fetch-depth"] = Lower(field = value); }

    /// <summary>Whether the checkout shows its progress.</summary>
    public bool Progress { get; set => Checkout["progress"] = Lower(field = value); }

    /// <summary>What is fetched only when needed, as git's <c>--filter</c> says it.</summary>
    public string? Filter { get; set => Checkout["filter"] = (field = value) ?? ""; }

    internal string Name { get; }

    internal IReadOnlyList<GitHubActionsImage> Images { get; }

    internal string Id => $"{nameof(GitHubActions)}_{Name}";

    /// <summary>The checkout's options that were set.</summary>
    internal Dictionary<string, string> Checkout { get; } = [];

    private static string Lower(object value) => $"{value}".ToLowerInvariant();
}
