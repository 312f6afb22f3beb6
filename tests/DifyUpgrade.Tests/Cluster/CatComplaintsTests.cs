using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class CatComplaintsTests
{
    private static readonly string[] Paths = ["/app/a.py", "/app/a", "/dir", "/empty"];

    [Theory]
    [InlineData("cat: /app/a: No such file or directory", PodFileState.Missing)]
    [InlineData("cat: can't open '/app/a': No such file or directory", PodFileState.Missing)]
    [InlineData("cat: can't open '/app/a': Permission denied", PodFileState.Denied)]
    [InlineData("cat: /app/a: Is a directory", PodFileState.IsDirectory)]
    [InlineData("cat: /app/a: Input/output error", PodFileState.Unreadable)]
    public void A_complaint_is_laid_at_the_file_it_names(string line, object state)
    {
        var complaints = Sort(line, [false, true, false, true]);
        Assert.Equal((state, line), ((object)complaints.Of(1).State, complaints.Of(1).Detail));
        Assert.Equal(PodFileState.Read, complaints.Of(0).State);
        Assert.Equal(PodFileState.Read, complaints.Of(3).State);
        Assert.False(complaints.HasUnexplained);
    }

    [Fact]
    public void A_directory_that_busybox_does_not_name_is_found_by_its_place()
    {
        // Seen on real Kubernetes with busybox: the directory comes before the missing file, the empty file after.
        var complaints = CatComplaints.Sort(
            "cat: read error: Is a directory\ncat: can't open '/nope': No such file or directory\n", ["/dir", "/nope", "/empty"], [true, true, true]);
        Assert.Equal(
            [PodFileState.IsDirectory, PodFileState.Missing, PodFileState.Read],
            [complaints.Of(0).State, complaints.Of(1).State, complaints.Of(2).State]);
    }

    [Fact]
    public void Where_the_place_leaves_a_choice_none_of_the_suspects_passes()
    {
        var complaints = Sort("cat: read error: Is a directory", [false, false, true, true]);
        Assert.Equal((PodFileState.Read, PodFileState.Unreadable, PodFileState.Unreadable), (complaints.Of(0).State, complaints.Of(2).State, complaints.Of(3).State));
    }

    [Fact]
    public void A_read_error_without_a_name_may_be_in_any_file()
    {
        var complaints = Sort("cat: read error: Input/output error", [false, false, false, false]);
        Assert.All(Enumerable.Range(0, 4), index => Assert.Equal(PodFileState.Unreadable, complaints.Of(index).State));
    }

    [Fact]
    public void Noise_of_the_loader_is_no_complaint()
    {
        var complaints = Sort("ERROR: ld.so: object 'x.so' cannot be preloaded\ncat: /dir: Is a directory", [false, false, true, false]);
        Assert.Equal((PodFileState.Read, PodFileState.IsDirectory), (complaints.Of(0).State, complaints.Of(2).State));
        Assert.True(Sort("ERROR: ld.so: object 'x.so' cannot be preloaded", [false, false, true, false]).HasUnexplained);
    }

    [Fact]
    public void A_directory_where_no_file_is_empty_is_not_explained() =>
        Assert.True(Sort("cat: read error: Is a directory", [false, false, false, false]).HasUnexplained);

    [Fact]
    public void Hidden_mounts_are_no_files_fault()
    {
        var complaints = Sort("cat: /proc/self/mountinfo: Permission denied", [false, false, false, false]);
        Assert.All(Enumerable.Range(0, 4), index => Assert.Equal(PodFileState.Read, complaints.Of(index).State));
    }

    private static CatComplaints Sort(string stderr, bool[] empty) => CatComplaints.Sort(stderr, Paths, empty);
}
