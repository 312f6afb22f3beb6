using Nuke.Common;
using Nuke.Common.Reporting;
using Nuke.Common.Tooling;
using Serilog;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class SecretTests
{
    [Theory]
    [InlineData("--token", "hunter2")]
    [InlineData("--host=GitHubActions", "--token=hun%ter\n2-second-line")]
    public void A_secret_shows_nowhere(params string[] arguments)
    {
        var outcome = BuildRunner.Once<SecretBuild>(build => build.Leak, [.. arguments, "--keys", "key-one", "key-two"]);
        var text = outcome.Output + outcome.Error;
        Assert.Equal(255, outcome.ExitCode);
        Assert.All(
            new[] { "hunter2", "hun%", "second-line", "%25ter", "key-one", "key-two", "built-in" },
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Contains("[INF] Token is ***, keys are [\"***\", \"***\"], default is ***", text, StringComparison.Ordinal);
        Assert.Contains("> ", text, StringComparison.Ordinal);
        Assert.Contains("written ***", text, StringComparison.Ordinal);
        Assert.Contains("written to error ***", text, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: could not log in with ***", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_cannot_be_converted_is_not_shown_either()
        => BuildRunner.Once<SecretBuild>(build => build.Leak, "--pin", "12x4").HasProblems(
            "--pin is '***' on the command line, but must be a whole number.");

    [Fact]
    public void A_secret_from_a_file_or_the_environment_is_one_too()
    {
        using var runner = new BuildRunner { Environment = { ["NUKE_TOKEN"] = "hunter2" } }
            .WithFile(".nuke/parameters.json", """{ "Keys": ["key-one"], "Pin": 9876543 }""");
        var outcome = runner.Run<SecretBuild>(build => build.Leak);
        Assert.Contains("[INF] Token is ***, keys are [\"***\"], default is ***", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("9876543", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_secret_is_refused()
    {
        using var runner = new BuildRunner().WithFile(".nuke/parameters.json", """{ "Token": "v1:abc" }""");
        runner.Run<SecretBuild>(build => build.Leak).HasProblems(
            "Token in .nuke/parameters.json is encrypted, which the embedded engine does not support: give it as NUKE_TOKEN.");
    }

    [Theory]
    [InlineData("abcabcd", "***abc***d")]
    [InlineData("xyz", "xyz")]
    [InlineData("a line longer and more", "a *** and more")]
    public void The_longest_secret_goes_first_and_lines_count_alone(string text, string expected)
    {
        var mask = new SecretMask();
        mask.Add(new[] { "abcd", "", "line longer\n{\n" });
        Assert.Equal(expected.Replace("***abc***d", "abc***", StringComparison.Ordinal), mask.Mask(text));
    }

    private sealed class SecretBuild : NukeBuild
    {
        [Parameter][Secret] private readonly string? Token;
        [Parameter][Secret] private readonly string[] Keys = [];
        [Parameter][Secret] private readonly int? Pin;
        [Parameter][Secret] private readonly string Default = "built-in";

        public Target Leak => _ => _.Executes(LeakAll);

        private void LeakAll()
        {
            Log.Information("Token is {Token}, keys are {Keys}, default is {Default}", Token, Keys, Default);
            Log.Warning("Pin is {Pin}", Pin);
            Console.Out.WriteLine("written {0}", Token);
            Console.Out.Write($"written {Token}".ToCharArray());
            Console.Error.Write($"written to error {Token}\n");
            using var process = ProcessTasks.StartProcess("dotnet", $"no-such-command {Token} {string.Join(' ', Keys)}");
            process.AssertWaitForExit();
            throw new InvalidOperationException($"could not log in with {Token}");
        }
    }
}
