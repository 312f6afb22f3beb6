using DifyUpgrade.Helm;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

/// <summary>A folder with a shell script in it that stands in for helm or npm.</summary>
internal sealed class FakeTool : IDisposable
{
    public FakeTool(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        Folder = Directory.CreateTempSubdirectory("fake-tool-").FullName;
        Path = System.IO.Path.Combine(Folder, name);
        File.WriteAllText(Path, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Folder { get; }

    public string Path { get; }

    public HelmTool AsHelm => new(Path, HelmVersion.Minimum, HelmLocator.ByOption);

    public static FakeTool Helm(string script) => new("helm", script);

    public static FakeTool HelmOfVersion(string version) => Helm($"echo '{version}'\n");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
