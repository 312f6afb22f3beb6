namespace Nuke.Common.CI.GitHubActions;

/// <summary>What a job runs on.</summary>
public enum GitHubActionsImage
{
    /// <summary>Ubuntu 24.04.</summary>
    Ubuntu2404,

    /// <summary>Ubuntu 22.04.</summary>
    Ubuntu2204,

    /// <summary>The newest Windows that GitHub offers.</summary>
    WindowsLatest,

    /// <summary>The newest Ubuntu that GitHub offers.</summary>
    UbuntuLatest,

    /// <summary>The newest macOS that GitHub offers.</summary>
    MacOsLatest,

    /// <summary>A machine of one's own.</summary>
    SelfHosted,
}

/// <summary>What starts a workflow.</summary>
public enum GitHubActionsTrigger
{
    /// <summary>A push to any branch.</summary>
    Push,

    /// <summary>A pull request.</summary>
    PullRequest,

    /// <summary>A person.</summary>
    WorkflowDispatch,
}

/// <summary>What a workflow's token may touch.</summary>
public enum GitHubActionsPermissions
{
    /// <summary>Workflow runs.</summary>
    Actions,

    /// <summary>Checks.</summary>
    Checks,

    /// <summary>The repository's files.</summary>
    Contents,

    /// <summary>Deployments.</summary>
    Deployments,

    /// <summary>OpenID Connect.</summary>
    IdToken,

    /// <summary>Issues.</summary>
    Issues,

    /// <summary>Packages.</summary>
    Packages,

    /// <summary>Pull requests.</summary>
    PullRequests,

    /// <summary>Commit statuses.</summary>
    Statuses,
}

/// <summary>Whether submodules are checked out.</summary>
public enum GitHubActionsSubmodules
{
    /// <summary>They are not.</summary>
    False,

    /// <summary>Those of the repository are.</summary>
    True,

    /// <summary>Theirs are too.</summary>
    Recursive,
}
