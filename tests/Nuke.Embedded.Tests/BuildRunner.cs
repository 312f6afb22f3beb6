using System.Linq.Expressions;
using Microsoft.Extensions.Time.Testing;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Xunit;

// Nuke's API is static and the console belongs to the process: one build at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Nuke.Embedded.Tests;

/// <summary>Runs build classes in a folder of their own, as their Main would.</summary>
internal sealed class BuildRunner : IDisposable
{
    public BuildRunner() => (Root / ".nuke").CreateDirectory();

    public AbsolutePath Root { get; } = Directory.CreateTempSubdirectory("nuke embedded ").FullName;

    public AbsolutePath? WorkingDirectory { get; set; }

    public Dictionary<string, string> Environment { get; } = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public static Outcome Once<T>(Expression<Func<T, Target>> defaultTarget, params string[] arguments)
        where T : NukeBuild, new()
    {
        using var runner = new BuildRunner();
        return runner.Run(defaultTarget, arguments);
    }

    public BuildRunner WithFile(string name, string content)
    {
        (Root / name).WriteAllText(content);
        return this;
    }

    public Outcome Run<T>(Expression<Func<T, Target>> defaultTarget, params string[] arguments)
        where T : NukeBuild, new()
    {
        var session = new Session
        {
            Arguments = arguments,
            Environment = Environment,
            WorkingDirectory = WorkingDirectory ?? Root,
            Time = Time,
        };
        Calls.Clear();
        var (output, error) = (Console.Out, Console.Error);
        using var newOutput = new StringWriter();
        using var newError = new StringWriter();
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newError);
            var exitCode = Engine.Run(session, defaultTarget);
            return new Outcome(exitCode, Normal(newOutput), Normal(newError), [.. Calls]);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    public void Dispose() => Root.DeleteDirectory();

    /// <summary>What build classes want to be remembered for.</summary>
    public static List<string> Calls { get; } = [];

    private string Normal(StringWriter writer) => writer.ToString().ReplaceLineEndings("\n").Replace(Root, "<root>", StringComparison.Ordinal);
}

internal sealed record Outcome(int ExitCode, string Output, string Error, IReadOnlyList<string> Calls)
{
    public string CallsInOrder => string.Join(' ', Calls);

    public void HasProblems(params string[] problems)
    {
        Assert.Equal(string.Concat(problems.Select(problem => $"✖ {problem}\n")) + "Nothing was run. --help lists targets and parameters.\n", Error);
        Assert.Equal(2, ExitCode);
        Assert.Empty(Calls);
        Assert.Empty(Output);
    }
}
