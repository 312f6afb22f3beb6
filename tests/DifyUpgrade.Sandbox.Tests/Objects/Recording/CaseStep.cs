using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Tests.Objects.Recording;

/// <summary>One request of a case, from a file such as <c>2.apply.alice.force.json</c>.</summary>
/// <param name="Number">Its place in the case.</param>
/// <param name="Verb"><c>create</c>, <c>update</c>, <c>strategic</c>, <c>merge</c>, <c>json</c> or <c>apply</c>.</param>
/// <param name="Manager">The field manager.</param>
/// <param name="IsForced">Whether apply may take fields from others.</param>
/// <param name="Body">What is sent.</param>
internal sealed record CaseStep(int Number, string Verb, string Manager, bool IsForced, JsonNode Body)
{
    /// <summary>Reads a file.</summary>
    public static CaseStep Read(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split('.');
        return new CaseStep(int.Parse(parts[0]), parts[1], parts.Length > 2 ? parts[2] : "tester", parts.Contains("force"), JsonNode.Parse(File.ReadAllText(path))!);
    }
}
