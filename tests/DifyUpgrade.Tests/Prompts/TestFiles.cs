using DifyUpgrade.Prompts.Python;

namespace DifyUpgrade.Tests.Prompts;

/// <summary>Where the files under test lie, and how what was read of them is written down.</summary>
internal static class TestFiles
{
    public static string Cases { get; } = Path.Combine(AppContext.BaseDirectory, "Prompts", "Cases");

    public static string ShippedPrompts { get; } = Path.Combine(Root(), "custom-configs", "prompts.py");

    public static IEnumerable<string> CaseNames() =>
        Directory.EnumerateFiles(Path.Combine(Cases, "names"), "*.py").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!;

    public static byte[] Case(string name) => File.ReadAllBytes(Path.Combine(Cases, "names", name + ".py"));

    public static string Verified(string name) => File.ReadAllText(Path.Combine(Cases, "names", name + ".verified.txt"));

    /// <summary>One name per line; a question mark marks a conditional one, a star a star import.</summary>
    public static string Describe(PythonModule module) =>
        Describe(module.Names.ToDictionary(name => name.Name, name => !name.IsConditional), module.HasStarImport);

    public static string Describe(IReadOnlyDictionary<string, bool> names, bool hasStar)
    {
        var lines = names.OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => name.Value ? name.Key : name.Key + " ?");
        return string.Concat(lines.Concat(hasStar ? ["*"] : []).Select(line => line + "\n"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DifyUpgrade.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("DifyUpgrade.slnx is in no folder above the tests.");
        return folder.FullName;
    }
}
