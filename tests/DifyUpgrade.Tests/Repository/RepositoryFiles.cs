using Xunit;

namespace DifyUpgrade.Tests.Repository;

/// <summary>The committed files that are not code: what they say is held to what is so.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string At(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(At(path)).ReplaceLineEndings("\n");

    /// <summary>Fails unless a generated text stands in the file as it should; leaves what it should be beside it.</summary>
    public static void MustRead(string path, string expected)
    {
        var received = At(Path.ChangeExtension(path, ".received" + Path.GetExtension(path)));
        if (File.Exists(At(path)) && Read(path) == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, expected);
        Assert.Fail($"{path} is not what it should be. Look at {received}; if it is right: mv {received} {At(path)}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DifyUpgrade.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("DifyUpgrade.slnx not found");
    }
}
