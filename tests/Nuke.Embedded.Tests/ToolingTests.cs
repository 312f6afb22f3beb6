using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Xunit;

namespace Nuke.Embedded.Tests;

public sealed class ToolingTests
{
    [Fact]
    public void A_tools_output_and_exit_code_are_kept()
    {
        using var process = ProcessTasks.StartProcess("dotnet", "--version", logOutput: false, logInvocation: false).AssertZeroExitCode();
        Assert.Equal(0, process.ExitCode);
        Assert.StartsWith("10.", process.Output.StdToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_tool_throws_with_what_it_wrote_to_standard_error()
    {
        var lines = new List<string>();
        var process = ProcessTasks.StartProcess(
            "dotnet", "no-such.dll secret", outputFilter: text => text.Replace("secret", "***", StringComparison.Ordinal), logger: (type, line) => lines.Add($"{type} {line}"), logInvocation: false);
        var exception = Assert.Throws<ProcessException>(() => process.AssertZeroExitCode());
        Assert.Equal(process.ExitCode, exception.ExitCode);
        Assert.Contains("no-such.dll ***\n", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(lines);
        process.Dispose();
    }

    [Fact]
    public void A_missing_tool_is_named()
        => Assert.Equal(
            "There is no no-such-tool on the PATH.",
            Assert.Throws<FileNotFoundException>(() => ProcessTasks.StartProcess("no-such-tool")).Message);

    [Fact]
    public void Paths_are_put_together()
    {
        AbsolutePath root = Path.GetPathRoot(Path.GetTempPath())!;
        var path = root / "a" / ".." / "b" / "c.tar.gz";
        Assert.Equal(Path.Combine(root, "b", "c.tar.gz"), path.ToString());
        Assert.Equal(("c.tar.gz", "c.tar", ".gz"), (path.Name, path.NameWithoutExtension, path.Extension));
        Assert.Equal(root / "b", path.Parent);
        Assert.Null(root.Parent);
        Assert.Equal(path, (root / "b/") / "c" + ".tar.gz");
        Assert.True(path != root && path == root / "b" / "c.tar.gz");
        Assert.Throws<ArgumentException>(() => root / path.ToString());
        Assert.Throws<ArgumentException>(() => (AbsolutePath)"relative");
        Assert.Null((AbsolutePath?)(string?)null);
    }

    [Fact]
    public void Files_are_written_with_a_line_break_at_the_end_and_their_folder_is_made()
    {
        AbsolutePath folder = Directory.CreateTempSubdirectory().FullName;
        var file = (folder / "x" / "y.txt").WriteAllText("a\nb\n\n");
        Assert.Equal("a\nb\n", file.ReadAllText());
        Assert.True(file.FileExists());
        folder.CreateOrCleanDirectory();
        Assert.False((folder / "x").DirectoryExists());
        folder.DeleteDirectory();
        Assert.False(folder.DirectoryExists());
    }
}
