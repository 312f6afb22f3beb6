using Nuke.Common.CI.GitHubActions;

namespace Nuke.Common.Execution;

/// <summary>Keeps files up to date that are made from the build class and committed.</summary>
internal sealed class GeneratedFiles(Session session, Problems problems)
{
    /// <summary>Writes a file that is missing or differs. On a server one that differs is a problem: it was not committed.</summary>
    public void Keep(AbsolutePath file, string content)
    {
        var current = file.FileExists() ? file.ReadAllText().ReplaceLineEndings("\n") : null;
        if (current == content || (current is null && session.Host is IBuildServer))
            return;

        var name = Path.GetRelativePath(session.RootDirectory, file).Replace('\\', '/');
        if (session.Host is IBuildServer)
            problems.Add($"{name} is not what the build class says. Run ./build.sh --help on your own machine, and commit the file.");
        else
            Write(file, content, name, isNew: current is null);
    }

    /// <summary>Keeps the workflows of a build class's <c>[GitHubActions]</c>.</summary>
    /// <param name="buildType">The build class.</param>
    /// <param name="targets">All targets.</param>
    /// <param name="id">The one workflow to keep, even if it is not generated otherwise; null for all that are.</param>
    public void KeepWorkflows(Type buildType, IReadOnlyList<ExecutableTarget> targets, string? id)
    {
        var all = buildType.GetCustomAttributes<GitHubActionsAttribute>(inherit: false).ToList();
        var kept = all.Where(workflow => id is null ? workflow.AutoGenerate : NearestName.AreEqual(workflow.Id, id)).ToList();
        if (id is not null && kept.Count == 0)
            problems.Add(NearestName.Describe("configuration", id, [.. all.Select(workflow => workflow.Id)]));
        // With --root elsewhere: a folder without either is not the repository that the workflows are for.
        var root = session.RootDirectory;
        if (id is null && !(root / "build.cmd").FileExists() && !(root / ".github").DirectoryExists())
            return;

        foreach (var workflow in kept)
            Keep(root / ".github" / "workflows" / $"{workflow.Name}.yml", new Workflow(workflow, targets, root).Write());
    }

    private static void Write(AbsolutePath file, string content, string name, bool isNew)
    {
        try
        {
            file.WriteAllText(content);
            if (!isNew)
                Console.Error.WriteLine($"{name} has changed with the build class: commit it.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{name} could not be brought up to date: {exception.Message}");
        }
    }
}
