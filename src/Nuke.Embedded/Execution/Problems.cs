namespace Nuke.Common.Execution;

/// <summary>What is wrong with how the build was called; collected so that all of it is told at once.</summary>
internal sealed class Problems
{
    private readonly List<string> _texts = [];

    public void Add(string text) => _texts.Add(text);

    /// <exception cref="UsageException">There is a problem.</exception>
    public void ThrowIfAny()
    {
        if (_texts.Count > 0)
            throw new UsageException([.. _texts.Distinct()]);
    }
}

/// <summary>The build was called wrongly, and nothing was run. The message is the whole block to show.</summary>
internal sealed class UsageException(IReadOnlyList<string> problems) : Exception(Describe(problems))
{
    private static string Describe(IReadOnlyList<string> problems)
        => string.Join('\n', problems.Select(problem => "✖ " + problem.ReplaceLineEndings("\n  ")))
           + "\nNothing was run. --help lists targets and parameters.";
}
