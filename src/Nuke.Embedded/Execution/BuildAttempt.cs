using System.Security.Cryptography;

namespace Nuke.Common.Execution;

/// <summary>Remembers in <c>.nuke/temp/build-attempt.log</c> what a run has done, until it has done all, for <c>--continue</c>.</summary>
internal sealed class BuildAttempt(NukeBuild build, ParameterCatalog catalog)
{
    private readonly AbsolutePath _file = NukeBuild.TemporaryDirectory / "build-attempt.log";

    /// <summary>Starts a new attempt, or goes on with the last one if that was the same run and failed.</summary>
    /// <returns>The names of the targets that need not run again.</returns>
    public IReadOnlyCollection<string> Begin(bool isContinued)
    {
        var invocation = Describe();
        IReadOnlyCollection<string> done = isContinued ? ReadDone(invocation) : [];
        _file.WriteAllText(string.Join('\n', [invocation, .. done]));
        return done;
    }

    public void Add(string target) => File.AppendAllText(_file, target + "\n");

    /// <summary>Forgets the attempt: all is done, and there is nothing to continue.</summary>
    public void End() => _file.DeleteFile();

    private string[] ReadDone(string invocation)
    {
        if (!_file.FileExists())
            Log.Warning("There is no failed run to continue; starting over");
        else if (_file.ReadAllText().Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var last, .. var done] && last == invocation)
            return done;
        else
            Log.Warning("The failed run had other targets or parameters; starting over");
        return [];
    }

    // Not the secrets: nothing about them may reach a file, and a new token does not undo what is done.
    private string Describe()
    {
        var values = catalog.Declared
            .Where(parameter => !parameter.IsSecret)
            .Select(parameter => $"{parameter.Name}={ValueText.Of(parameter.ReadFrom(build))}");
        var text = string.Join('\n', build.ExecutionPlan.Select(target => target.Name).Concat(values));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
