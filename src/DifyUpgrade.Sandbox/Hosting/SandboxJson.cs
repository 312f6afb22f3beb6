using System.Text.Json;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>How the sandbox's own files are written.</summary>
internal static class SandboxJson
{
    /// <summary>For files that people look into.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };
}
