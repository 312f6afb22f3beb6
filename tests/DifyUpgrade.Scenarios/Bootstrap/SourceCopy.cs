using System.Security.Cryptography;
using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Bootstrap;

/// <summary>What build.sh compiles, in a folder of its own, without anything that was compiled before.</summary>
/// <param name="prefix">How the folder's name begins.</param>
internal sealed class SourceCopy(string prefix) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(prefix);

    public string Root => _folder.FullName;

    /// <summary>The folders of compiled programs.</summary>
    public string[] Programs => Directory.GetDirectories(Path.Combine(Root, ".nuke", "temp", "build"));

    public void Dispose() => _folder.Delete(recursive: true);

    public async Task TakeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "build.ps1 is the script there");
        (await Run.OfAsync(Cli.Wrap("bash").WithWorkingDirectory(TestSettings.Repository).WithArguments(["-c",
            "tar -cf - --exclude=bin --exclude=obj build src tests/cluster/image build.sh .editorconfig .nuke/parameters.json *.props *.json *.txt | tar -xf - -C \"$0\"", Root]))).MustExitWith(0);
    }

    public Task<Run> CallAsync() => Run.OfAsync(Cli.Wrap("bash")
        .WithArguments([Path.Combine(Root, "build.sh"), "--help"])
        .WithEnvironmentVariables(variables => variables.Set("NUKE_ROOT", null)));

    /// <summary>Each assembly of the one program, with the hash of its bytes.</summary>
    public SortedDictionary<string, string> ProgramHashes()
    {
        var program = Assert.Single(Programs);
        return new(Directory.EnumerateFiles(program, "*.dll", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(program, file).Replace('\\', '/'),
            file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))), StringComparer.Ordinal);
    }
}
