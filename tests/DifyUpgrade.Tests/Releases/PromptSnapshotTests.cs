using DifyUpgrade.Releases.Snapshots;
using Xunit;

namespace DifyUpgrade.Tests.Releases;

public sealed class PromptSnapshotTests
{
    [Fact]
    public void Up_to_nine_others_stay_and_the_one_used_longest_ago_goes_first()
    {
        Assert.Empty(PromptSnapshot.BeyondBound([.. Enumerable.Range(1, 9).Select(number => Snapshot(number, [number]))]));
        Assert.Equal([2], Dropped([.. Enumerable.Range(1, 10).Select(number => Snapshot(number, number == 1 ? [1, 11] : [number]))]));
    }

    [Fact]
    public void What_the_current_and_the_previous_good_revision_were_proven_with_stays_however_long_ago_it_was_used()
    {
        // Revision 1 is the last good one before 2, whose prompts were refreshed nine times; then ten failed upgrades.
        Assert.Equal([2], Dropped([Snapshot(1, [1], 1), .. Enumerable.Range(2, 8).Select(number => Snapshot(number, [2])), Snapshot(10, [2], 2)]));
        Assert.Equal([3, 4], Dropped([Snapshot(1, [1], 1), Snapshot(2, [2], 2), .. Enumerable.Range(3, 9).Select(number => Snapshot(number, [number]))]).Order());
    }

    [Fact]
    public void What_an_older_revision_was_proven_with_goes_like_any_other() =>
        Assert.Equal([1], Dropped([.. Enumerable.Range(1, 10).Select(number => Snapshot(number, [number], number))]));

    [Fact]
    public void An_edited_one_belongs_to_no_revision_and_is_named_where_no_other_serves()
    {
        var edited = Snapshot(1, [1], 1) with { IsIntact = false };
        Assert.Null(PromptSnapshot.Of([edited], 1));
        Assert.Equal(1, PromptSnapshot.EditedOf([edited], 1)?.Number);
        Assert.Null(PromptSnapshot.EditedOf([edited], 2));
        Assert.Equal(1, PromptSnapshot.EditedOf([edited, Snapshot(2, [1])], 1)?.Number);
        Assert.Null(PromptSnapshot.EditedOf([edited, Snapshot(2, [1], 1)], 1));
    }

    private static IEnumerable<int> Dropped(IReadOnlyList<PromptSnapshot> kept) => PromptSnapshot.BeyondBound(kept).Select(snapshot => snapshot.Number);

    private static PromptSnapshot Snapshot(int number, int[] usedBy, params int[] provenFor) => new()
    {
        Number = number,
        KeptAt = null,
        Sha256 = new Dictionary<string, string>(),
        UsedBy = usedBy,
        ProvenFor = provenFor,
        IsIntact = true,
    };
}
