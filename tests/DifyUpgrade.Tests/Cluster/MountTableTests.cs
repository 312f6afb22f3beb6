using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class MountTableTests
{
    // As seen in a pod of a real Kubernetes 1.20 with containerd, shortened.
    private const string Info = """
        613 529 0:99 / / rw,relatime master:215 - overlay overlay rw,lowerdir=/a,upperdir=/b
        614 613 0:101 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
        620 613 254:0 /kubelet/pods/x/volume-subpaths/p/c/0 /app/api/core/prompts.py ro,relatime - ext4 /dev/vda rw
        621 613 254:0 /kubelet/pods/x/volumes/p /dir ro,relatime - ext4 /dev/vda rw
        622 613 254:0 /kubelet/pods/x/volumes/e /e rw,relatime - ext4 /dev/vda rw
        623 613 0:50 / /image rw,relatime - squashfs none ro
        624 613 254:0 /y /with\040blank\134and\303\251 rw - ext4 /dev/vda rw
        625 613 254:0 /z /e/hidden rw - ext4 /dev/vda rw
        626 625 254:0 /z /e/hidden ro - ext4 /dev/vda rw
        """;

    [Theory]
    [InlineData("/app/api/core/prompts.py", "/app/api/core/prompts.py", true, true)]
    [InlineData("/app/api/core/prompts.pyc", "/", false, false)]
    [InlineData("/dir/prompts.py", "/dir", false, true)]
    [InlineData("/dir", "/dir", true, true)]
    [InlineData("/e/empty", "/e", false, false)]
    [InlineData("/image/a/b", "/image", false, true)]
    [InlineData("/e/hidden/x", "/e/hidden", false, true)]
    [InlineData("/", "/", true, false)]
    public void A_path_lies_on_the_nearest_mount_above_it(string path, string point, bool own, bool readOnly) =>
        Assert.Equal(new FileMount(point, own, readOnly), MountTable.Parse(Info)!.Find(path));

    [Fact]
    public void Escaped_names_are_read() =>
        Assert.Equal("/with blank\\andé", MountTable.Parse(Info)!.Find("/with blank\\andé/x")!.MountPoint);

    [Fact]
    public void Text_without_mounts_is_no_table() => Assert.Null(MountTable.Parse("what\nis - this\n"));
}
