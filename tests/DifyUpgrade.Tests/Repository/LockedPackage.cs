using System.Text.Json;

namespace DifyUpgrade.Tests.Repository;

/// <summary>A package that a lock file pins.</summary>
internal sealed record LockedPackage(string Name, string Version, string ContentHash)
{
    /// <summary>Each package of each lock file, with the projects that lock it.</summary>
    public static ILookup<LockedPackage, string> All() => LockFiles()
        .SelectMany(file => Read(file).Select(package => (package, project: ProjectOf(file))))
        .OrderBy(pair => pair.package.Name, StringComparer.OrdinalIgnoreCase).ThenBy(pair => pair.package.Version, StringComparer.Ordinal)
        .ToLookup(pair => pair.package, pair => pair.project);

    /// <summary>The projects, by the folder of each.</summary>
    public static IEnumerable<string> Projects() => Files("*.csproj");

    public static IEnumerable<string> LockFiles() => Files("packages*.lock.json");

    private static IEnumerable<string> Files(string pattern) => ((string[])["build", "src", "tests"])
        .SelectMany(folder => Directory.EnumerateFiles(RepositoryFiles.At(folder), pattern, SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    private static string ProjectOf(string file) => Path.GetRelativePath(RepositoryFiles.Root, Path.GetDirectoryName(file)!).Replace('\\', '/');

    private static IEnumerable<LockedPackage> Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => new LockedPackage(package.Name, package.Value.GetProperty("resolved").GetString()!, package.Value.GetProperty("contentHash").GetString()!))];
    }
}
