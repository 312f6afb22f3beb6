using System.Text.Json;
using System.Xml.Linq;

namespace DifyUpgrade.Tests.Repository;

/// <summary>What a package itself says its licence is.</summary>
internal static class PackageLicence
{
    // The folders that these tests were restored from: it must be the package that is used, not one of the same name.
    private static readonly string[] Folders = FoldersOfThisRestore();

    /// <summary>The SPDX expression in the package's own description.</summary>
    public static string Of(LockedPackage package)
    {
        var name = package.Name.ToLowerInvariant();
        var description = Folders.Select(folder => Path.Combine(folder, name, package.Version, name + ".nuspec")).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{package.Name} {package.Version} is locked, but in none of: {string.Join(", ", Folders)}");
        var licence = XDocument.Load(description).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value : $"not an SPDX expression: {licence?.Value ?? "none"}";
    }

    private static string[] FoldersOfThisRestore()
    {
        using var assets = JsonDocument.Parse(RepositoryFiles.Read("tests/DifyUpgrade.Tests/obj/project.assets.json"));
        return [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }
}
