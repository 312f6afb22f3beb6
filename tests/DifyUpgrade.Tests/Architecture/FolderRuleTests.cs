using System.Text.RegularExpressions;
using Xunit;

namespace DifyUpgrade.Tests.Architecture;

/// <summary>The folders tell the story; this holds them to it.</summary>
public sealed class FolderRuleTests
{
    // A stage may use those before it, never those after it.
    private static readonly string[] Stages = ["Parameters", "Planning", "Prompts", "Rendering", "Probing", "Inspection", "Rollouts", "Mounts", "Releases", "Diagnosis", "Permissions", "Reports"];

    private static readonly string Root = FindRoot();

    [Theory]
    [InlineData("CliWrap", "src/DifyUpgrade/Helm/")]
    [InlineData("k8s", "src/DifyUpgrade/Cluster/", "src/DifyUpgrade.Sandbox/Objects/")]
    [InlineData("Nuke.Common", "src/Nuke.Embedded/")]
    public void A_library_at_a_boundary_is_known_to_one_folder_of_an_assembly(string library, params string[] folders)
    {
        var strangers = Sources("src").Where(file => Regex.IsMatch(File.ReadAllText(file), $@"^using {Regex.Escape(library)}\b", RegexOptions.Multiline)).Select(Relative).Where(file => !folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)));
        Assert.Empty(strangers);
    }

    [Fact]
    public void The_sandbox_and_the_product_know_nothing_of_each_other()
    {
        Assert.DoesNotContain(Sources("src/DifyUpgrade.Sandbox"), file => Regex.IsMatch(File.ReadAllText(file), @"^using DifyUpgrade\.(?!Sandbox)", RegexOptions.Multiline));
        Assert.DoesNotContain(Sources("src/DifyUpgrade"), file => File.ReadAllText(file).Contains("using DifyUpgrade.Sandbox", StringComparison.Ordinal));
        foreach (var project in (string[])["DifyUpgrade", "DifyUpgrade.Sandbox"])
            Assert.DoesNotContain("ProjectReference", File.ReadAllText(Path.Combine(Root, "src", project, project + ".csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_stage_uses_a_later_one()
    {
        var backwards =
            from stage in Stages
            from file in Sources("src/DifyUpgrade/" + stage)
            from later in Stages.SkipWhile(name => name != stage).Skip(1)
            where File.ReadAllText(file).Contains($"using DifyUpgrade.{later};", StringComparison.Ordinal)
            select $"{Relative(file)} uses {later}";

        // RenderTemplate ends by showing what the inspection of its contract found.
        Assert.Equal(["src/DifyUpgrade/Rendering/RenderingReport.cs uses Inspection"], backwards);
    }

    [Fact]
    public void No_file_is_longer_than_400_lines_and_no_name_says_nothing()
    {
        Assert.Empty(Sources("src").Where(file => File.ReadLines(file).Count() > 400).Select(Relative));
        Assert.DoesNotContain(Sources("src").Select(Relative), file => Regex.IsMatch(file, "(Helper|Util|Manager)s?(/|[.]cs$)|/Common/"));
    }

    private static List<string> Sources(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Where(file => !Relative(file).Contains("/obj/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        return files;
    }

    private static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DifyUpgrade.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("DifyUpgrade.slnx not found");
    }
}
