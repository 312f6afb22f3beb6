using DifyUpgrade.Cluster;
using DifyUpgrade.Mounts;
using DifyUpgrade.Rendering;
using DifyUpgrade.Tests.Rollouts;
using Xunit;

namespace DifyUpgrade.Tests.Mounts;

public sealed class EvidenceRowTests
{
    private const string Path = "/app/api/core/llm_generator/prompts.py";
    private const string Stock = "1cb3cc66e92e491bf66174acec0b0d6928c65051ee3883c00949d0898b02d458";

    private static readonly ContractMount Mount = new() { Workload = States.Api, Container = "api", Init = false, Image = "langgenius/dify-api:1.10.1", Path = Path, Key = "prompts.py", ReadOnly = true, SubPath = true };
    private static readonly FileMount Mounted = new(Path, IsOwnMount: true, ReadOnly: true);
    private static readonly FileMount OfTheImage = new("/", IsOwnMount: false, ReadOnly: false);

    [Fact]
    public void The_expected_bytes_on_a_read_only_mount_of_their_own_are_proof() => Assert.Equal((MountVerdict.Proven, ""), Judge("ours", Mounted));

    [Fact]
    public void The_right_bytes_without_a_mount_prove_nothing() => Assert.Equal(MountVerdict.NotChecked, Judge("ours", OfTheImage).Verdict);

    [Fact]
    public void A_writable_mount_refutes() => Assert.Equal((MountVerdict.Refuted, "the mount is writable"), Judge("ours", Mounted with { ReadOnly = false }));

    [Fact]
    public void The_file_that_the_image_ships_is_named()
    {
        Assert.Equal("the pod serves the file that the image ships (Dify 1.8.0 to 1.10.1): nothing is mounted there", Judge(Stock, OfTheImage).Reason);
        Assert.Equal("the pod serves the file that the image ships: nothing is mounted there", Judge("unknown", OfTheImage).Reason);
        Assert.Equal("the pod serves the file that the image of Dify 1.8.0 to 1.10.1 ships, not yours", Judge(Stock, Mounted).Reason);
        Assert.Equal("the pod serves other content", Judge("unknown", Mounted).Reason);
    }

    private static (MountVerdict Verdict, string Reason) Judge(string sha256, FileMount mount)
    {
        var file = new PodFile { Path = Path, State = PodFileState.Read, Sha256 = sha256, Length = 1, Mount = mount };
        var row = EvidenceRow.Of(Mount, "dify-api-1", new Dictionary<string, string> { ["prompts.py"] = "ours" }, file);
        return (row.Verdict, row.Reason);
    }
}
