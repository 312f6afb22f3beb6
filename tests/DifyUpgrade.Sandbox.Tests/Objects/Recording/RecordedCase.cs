using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Tests.Objects.Recording;

/// <summary>
/// A folder with requests about one object, and with what a real Kubernetes 1.20 answered to each (<c>1.verified.json</c>).
/// To record again: set <c>DIFY_UPGRADE_TEST_KUBECONFIG</c>, and <c>DIFY_UPGRADE_RECORD</c> to the source folder of the cases.
/// </summary>
/// <param name="name">The folder, below <c>Cases</c>.</param>
internal sealed class RecordedCase(string name)
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Objects", "Cases");

    /// <summary>All cases.</summary>
    public static IEnumerable<string> All => Directory.EnumerateFiles(Root, "1.*.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Where recordings are written; null where there is nothing to record.</summary>
    public static string? RecordTo => Environment.GetEnvironmentVariable("DIFY_UPGRADE_RECORD");

    /// <summary>The requests in their order.</summary>
    public IReadOnlyList<CaseStep> Steps => [.. Directory.EnumerateFiles(Path.Combine(Root, name), "*.json")
        .Where(file => !file.EndsWith(".verified.json", StringComparison.Ordinal)).Select(CaseStep.Read).OrderBy(step => step.Number)];

    /// <summary>The kind that it is about.</summary>
    public ResourceType Type => ResourceTypes.OfKind(Steps[0].Body.Text("apiVersion")!, Steps[0].Body.Text("kind")!)!;

    /// <summary>The name of the object that it is about.</summary>
    public string ObjectName => Steps[0].Body.Text("metadata", "name")!;

    /// <summary>What the real server answered.</summary>
    public string Verified(CaseStep step) => File.ReadAllText(Path.Combine(Root, name, $"{step.Number}.verified.json")).Trim();

    /// <summary>Keeps an answer of the real server.</summary>
    public void Record(CaseStep step, JsonNode answer) =>
        File.WriteAllText(Path.Combine(RecordTo!, name, $"{step.Number}.verified.json"), Masking.Text(answer) + "\n");
}
