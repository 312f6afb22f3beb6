using System.Text.Json.Nodes;
using DifyUpgrade.Releases;
using DifyUpgrade.Rendering;
using Xunit;

namespace DifyUpgrade.Tests.Releases;

public sealed class ObjectChangeTests
{
    [Fact]
    public void An_unchanged_object_has_no_lines() =>
        Assert.Equal((ObjectChangeKind.Unchanged, 0), Between("a: 1", "a: 1"));

    [Fact]
    public void White_space_in_a_file_counts() =>
        Assert.Equal(ObjectChangeKind.Changed, Between("a: 'x  y'", "a: 'x y'").Kind);

    [Fact]
    public void What_the_last_revision_set_and_the_new_one_does_not_goes()
    {
        var predicted = Parse("spec: {containers: [{name: api, env: [{name: OLD, value: x}, {name: HAND, value: z}, {name: NEW, value: y}]}]}");
        LiveFields.Drop(
            predicted,
            Parse("spec: {containers: [{name: api, env: [{name: OLD, value: x}]}]}"),
            Parse("spec: {containers: [{name: api, env: [{name: NEW, value: y}]}]}"));
        var env = predicted["spec"]!["containers"]![0]!["env"]!.AsArray();
        Assert.Equal(["HAND", "NEW"], env.Select(item => item!["name"]!.ToString()));
    }

    [Fact]
    public void A_changed_Secret_shows_as_changed_and_never_as_itself()
    {
        var mask = new SecretMask();
        var before = mask.Apply(Parse("kind: Secret\ndata: {same: c2FtZQ==, other: b25l}"), Redactor.None);
        var after = mask.Apply(Parse("kind: Secret\ndata: {same: c2FtZQ==, other: dHdv}"), Redactor.None);
        var change = ObjectChange.Between("Secret/s", before, after);
        Assert.Equal(ObjectChangeKind.Changed, change.Kind);
        Assert.Single(change.Lines, line => line.StartsWith('+'));
        Assert.DoesNotContain(change.Lines, line => line.Contains("b25l", StringComparison.Ordinal) || line.Contains("dHdv", StringComparison.Ordinal));
    }

    private static (ObjectChangeKind Kind, int Lines) Between(string live, string predicted)
    {
        var change = ObjectChange.Between("ConfigMap/c", Parse(live), Parse(predicted));
        return (change.Kind, change.Lines.Count);
    }

    private static JsonObject Parse(string yaml) => ManifestReader.Read($"apiVersion: v1\nmetadata: {{name: x}}\n{(yaml.Contains("kind:", StringComparison.Ordinal) ? "" : "kind: ConfigMap\n")}{yaml}")[0].Body;
}
