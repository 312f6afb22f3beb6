using DifyUpgrade.Helm;
using Serilog.Core;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

public sealed class HelmLocatorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("helm-locator-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task The_option_wins_over_PATH()
    {
        using var given = FakeTool.HelmOfVersion("v3.15.2+g1a500d5");
        using var onPath = FakeTool.HelmOfVersion("v4.0.0+g1");

        var tool = await FindAsync(Search(onPath.Folder, given.Path));

        Assert.Equal(new HelmTool(given.Path, new HelmVersion(3, 15, 2), "--helm"), tool);
    }

    [Fact]
    public async Task The_option_is_relative_to_the_root()
    {
        using var given = FakeTool.HelmOfVersion("v3.15.2+g1a500d5");

        var tool = await FindAsync(Search(string.Empty, Path.GetRelativePath(_root, given.Path)));

        Assert.Equal(given.Path, tool.Path);
    }

    [Fact]
    public async Task The_first_executable_on_PATH_is_taken()
    {
        using var first = FakeTool.HelmOfVersion("v3.12.0+g1");
        using var second = FakeTool.HelmOfVersion("v4.0.0+g1");
        await File.WriteAllTextAsync(Path.Combine(_root, "helm"), "not executable", TestContext.Current.CancellationToken);

        var tool = await FindAsync(Search(string.Join(Path.PathSeparator, "", "/no/such/folder", _root, first.Folder, second.Folder)));

        Assert.Equal(new HelmTool(first.Path, new HelmVersion(3, 12, 0), "PATH"), tool);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var failure = await FailAsync(Search(string.Empty, "no/helm"));

        Assert.Equal("there is no such file", failure.Seen);
        Assert.Equal($"{Path.Combine(_root, "no", "helm")} (--helm)", failure.Where);
        Assert.Contains("--helm <path>", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_run_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows no execute permission.");
        await File.WriteAllTextAsync(Path.Combine(_root, "helm"), "text", TestContext.Current.CancellationToken);

        var failure = await FailAsync(Search(string.Empty, "helm"));

        Assert.Equal("the file is not executable", failure.Seen);
        Assert.Contains("chmod +x", failure.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'Client: v2.17.0+ga690bad'", "\"Client: v2.17.0+ga690bad\"")]
    [InlineData("echo usage >&2; exit 64", "nothing")]
    public async Task A_program_that_is_not_helm_is_named(string script, string answer)
    {
        using var other = FakeTool.Helm(script);

        var failure = await FailAsync(Search(other.Folder));

        Assert.Equal($"this is not helm 3 or 4: `version --short` answered {answer}", failure.Seen);
        Assert.Equal($"{other.Path} (PATH)", failure.Where);
        Assert.Equal(HelmLocator.HowToGetHelm, failure.Remedy);
    }

    [Fact]
    public async Task A_file_the_system_cannot_start_is_named()
    {
        using var broken = FakeTool.Helm(string.Empty);
        await File.WriteAllTextAsync(broken.Path, "#!/no/such/interpreter\n", TestContext.Current.CancellationToken);

        var failure = await FailAsync(Search(string.Empty, broken.Path));

        Assert.StartsWith("the file cannot be started (", failure.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_old_helm_is_named_and_not_passed_over(bool asOption)
    {
        using var old = FakeTool.HelmOfVersion("v3.9.4+gdbc6d8e");

        var failure = await FailAsync(asOption ? Search(string.Empty, old.Path) : Search(old.Folder));

        Assert.Equal("this is helm 3.9.4, and 3.10.0 is the oldest that works", failure.Seen);
        Assert.Equal($"{old.Path} ({(asOption ? "--helm" : "PATH")})", failure.Where);
    }

    [Fact]
    public async Task Without_a_package_for_the_machine_the_ways_to_get_helm_are_named()
    {
        var failure = await FailAsync(Search(string.Empty) with { Package = null });

        Assert.Contains("winget install Helm.Helm", failure.Remedy, StringComparison.Ordinal);
        Assert.Contains("--helm <path>", failure.Remedy, StringComparison.Ordinal);
    }

    private static Task<HelmTool> FindAsync(HelmSearch search) =>
        HelmLocator.FindAsync(search, Logger.None, TestContext.Current.CancellationToken);

    private static async Task<Finding> FailAsync(HelmSearch search)
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => FindAsync(search));
        Assert.Equal(ExitCode.NothingChanged, failure.ExitCode);
        return Assert.Single(failure.Findings);
    }

    private HelmSearch Search(string searchPath, string? given = null) =>
        new() { Explicit = given, ToolsFolder = "tools", RootFolder = _root, SearchPath = searchPath };
}
