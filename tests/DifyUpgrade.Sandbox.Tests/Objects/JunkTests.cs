using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Tests.Objects.Recording;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Objects;

/// <summary>Whatever comes in, the pure functions answer or refuse; they never fail in another way.</summary>
public sealed class JunkTests
{
    private static readonly ApplyOptions Options = new("tester", false, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static TheoryData<string> Cases => [.. RecordedCase.All.Where(name => new RecordedCase(name).Steps[0].Verb != "json")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Spoilt_objects_are_answered_or_refused(string name)
    {
        var recorded = new RecordedCase(name);
        var (type, good) = (recorded.Type, (JsonObject)recorded.Steps[0].Body);
        var current = (JsonObject)good.DeepClone();
        Junk.OnlyRefuses(() => Complete(type, current, null), "the good one");
        var junk = new Junk(new Random(name.Length));
        for (var round = 0; round < 60; round++)
        {
            var (spoilt, former) = (junk.Spoil(good), junk.Spoil(current));
            var input = spoilt.ToJsonString() + " after " + former.ToJsonString();
            Junk.OnlyRefuses(() => FieldCheck.Unknown(type, spoilt), input);
            Junk.OnlyRefuses(() => Complete(type, (JsonObject)spoilt.DeepClone(), former), input);
            Junk.OnlyRefuses(() => Complete(type, StrategicMerge.Apply(type, former, spoilt), former), input);
            Junk.OnlyRefuses(() => MergePatch.Apply(former, spoilt), input);
            Junk.OnlyRefuses(() => ServerSideApply.Apply(type, former, spoilt, Options), input);
            Junk.OnlyRefuses(() => LabelSelector.Of(spoilt.At("spec", "selector")).Matches(former), input);
        }
    }

    [Fact]
    public void Spoilt_JSON_patches_and_selectors_are_answered_or_refused()
    {
        var random = new Random(7);
        var junk = new Junk(random);
        var good = new JsonObject { ["op"] = "replace", ["path"] = "/spec/ports/0/port", ["value"] = 1, ["from"] = "/spec" };
        var current = (JsonObject)JsonNode.Parse("""{"metadata":{"name":"x"},"spec":{"ports":[{"port":80}]}}""")!;
        for (var round = 0; round < 2000; round++)
        {
            var (one, two) = (junk.Spoil(good), junk.Spoil(good));
            var step = new JsonObject { ["op"] = new[] { "add", "remove", "replace", "move", "copy", "test" }[random.Next(6)], ["path"] = RandomText(random, "/spec0ports-~1"), ["from"] = RandomText(random, "/spec0ports"), ["value"] = junk.Piece() };
            Junk.OnlyRefuses(() => JsonPatch.Apply(current, [one, two, step, junk.Piece()]), one.ToJsonString() + two.ToJsonString() + step.ToJsonString());
            var text = RandomText(random, "ab=!,()<>\\ in9\n");
            Junk.OnlyRefuses(() => LabelSelector.Parse(text).Matches(current), text);
            Junk.OnlyRefuses(() => FieldSelector.Parse(ResourceTypes.Pods, text), text);
            Junk.OnlyRefuses(() => FieldSelector.Parse(ResourceTypes.Pods, "metadata.name=" + text), text);
        }
    }

    private static void Complete(ResourceType type, JsonObject body, JsonObject? before)
    {
        Defaults.Apply(type, body);
        Validation.Check(type, body, before);
        ManagedFields.Track(type, before, body, Options);
    }

    private static string RandomText(Random random, string letters) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => letters[random.Next(letters.Length)]));
}
