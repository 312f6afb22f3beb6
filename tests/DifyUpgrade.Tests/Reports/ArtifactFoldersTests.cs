using DifyUpgrade.Reporting;
using Xunit;

namespace DifyUpgrade.Tests.Reports;

public sealed class ArtifactFoldersTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dify-upgrade-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Runs_at_once_have_folders_of_their_own_and_those_of_a_run_that_ended_are_free()
    {
        using var first = new ArtifactFolders(_root);
        using var second = new ArtifactFolders(_root);
        using var third = new ArtifactFolders(_root);
        Assert.Equal([false, false, true, true], [first.Take(), first.Take(), second.Take(), third.Take()]);
        Assert.Equal([At("report"), At("report-2"), At("report-3")], [first.Report, second.Report, third.Report]);
        Assert.Equal([At("diagnosis"), At("diagnosis-2"), At("diagnosis-3")], [first.Diagnosis, second.Diagnosis, third.Diagnosis]);

        first.Dispose();
        using var next = new ArtifactFolders(_root);
        Assert.False(next.Take());
        Assert.Equal(At("report"), next.Report);
    }

    private string At(string name) => Path.Combine(_root, "artifacts", name);
}
