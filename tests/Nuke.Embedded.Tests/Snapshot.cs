using Xunit;

namespace Nuke.Embedded.Tests;

/// <summary>Compares a text with the file Snapshots/&lt;name&gt;.verified.&lt;ending&gt;, and leaves what it saw beside it as .received. if it differs.</summary>
internal static class Snapshot
{
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    public static void Matches(string actual, string name, string ending = "txt")
    {
        var folder = Path.Combine(Repository, "tests", "Nuke.Embedded.Tests", "Snapshots");
        var received = Path.Combine(folder, $"{name}.received.{ending}");
        var verified = Path.Combine(folder, $"{name}.verified.{ending}");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : "";
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"Seen is {received}. If it is right, move it to {verified}. The first difference:\n{FirstDifference(expected, actual)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (wanted, seen) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, int.MaxValue).First(i => wanted.ElementAtOrDefault(i) != seen.ElementAtOrDefault(i));
        return $"line {line + 1}\n- {wanted.ElementAtOrDefault(line)}\n+ {seen.ElementAtOrDefault(line)}";
    }
}
