using CliWrap;
using DifyUpgrade.Scenarios.Harness;
using Xunit;

namespace DifyUpgrade.Scenarios.Offline;

/// <summary>Home folders have names like <c>C:\Users\Ada Lovelace</c>.</summary>
public sealed class FolderNameScenarios : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dify upgrade's folder ");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_sandbox_is_asked_for_in_a_folder_with_a_space_in_its_name()
    {
        var root = _folder.CreateSubdirectory("of mine").FullName;
        Directory.CreateDirectory(Path.Combine(root, ".nuke"));
        (await Run.OfAsync(Cli.Wrap("dotnet").WithWorkingDirectory(root).WithArguments([TestSettings.BuildProgram, "SandboxStatus", "--root", root, "--no-logo"])
            .WithEnvironmentVariables(variables => variables.Set("NUKE_ROOT", null).Set("GITHUB_ACTIONS", null)))).MustExitWith(0).MustNotSay("usage:");
    }
}
