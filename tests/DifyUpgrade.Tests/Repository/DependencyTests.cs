using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace DifyUpgrade.Tests.Repository;

/// <summary>What this project is made of besides its own code: locked, listed, licensed, and without known vulnerabilities.</summary>
public sealed class DependencyTests
{
    // What may be passed on with an MIT program without further ado.
    private static readonly string[] WelcomeLicences = ["MIT", "Apache-2.0", "BSD-3-Clause"];

    [Fact]
    public void Every_project_locks_its_packages()
    {
        var locked = LockedPackage.LockFiles().Select(Path.GetDirectoryName).ToHashSet();
        Assert.NotEmpty(locked);
        Assert.DoesNotContain(LockedPackage.Projects(), project => !locked.Contains(Path.GetDirectoryName(project)));
    }

    [Fact]
    public void No_package_has_two_versions_or_two_contents()
        => Assert.Empty(LockedPackage.All().GroupBy(package => package.Key.Name).Where(package => package.Count() > 1).Select(package => package.Key));

    [Fact]
    public void Every_package_is_listed_with_its_licence()
    {
        var text = new StringBuilder("""
            # Packages of others

            Every package that a lock file of this repository pins, with the licence that the package itself states. A test writes this list. As a bill of materials (CycloneDX): `./build.sh Sbom`.

            | package | version | licence | part of |
            | --- | --- | --- | --- |

            """.ReplaceLineEndings("\n"));
        foreach (var package in LockedPackage.All())
            text.Append($"| {package.Key.Name} | {package.Key.Version} | {PackageLicence.Of(package.Key)} | {PartOf(package)} |\n");

        RepositoryFiles.MustRead(".nuke/packages.md", text.ToString());
    }

    [Fact]
    public void Every_licence_is_a_welcome_one()
        => Assert.Empty(LockedPackage.All().Where(package => !WelcomeLicences.Contains(PackageLicence.Of(package.Key))).Select(package => $"{package.Key.Name}: {PackageLicence.Of(package.Key)}"));

    [Fact]
    public async Task The_bill_of_materials_has_exactly_the_locked_packages_and_their_licences()
    {
        var folder = Directory.CreateTempSubdirectory("dify-upgrade-sbom-");
        try
        {
            var run = await DotNetAsync(RepositoryFiles.Root, "tool", "run", "dotnet-CycloneDX", "DifyUpgrade.slnx", "--output", folder.FullName, "--filename", "sbom.json", "--output-format", "Json", "--disable-package-restore");
            Assert.SkipWhen(run.Text.Contains("tool restore", StringComparison.Ordinal), "no CycloneDX: dotnet tool restore");
            Assert.True(run.ExitCode == 0, run.Text);

            using var bill = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "sbom.json"), TestContext.Current.CancellationToken));
            var components = bill.RootElement.GetProperty("components").EnumerateArray().ToList();
            Assert.Equal(LockedPackage.All().Select(package => $"{package.Key.Name} {package.Key.Version}"), components.Select(component => $"{component.GetProperty("name")} {component.GetProperty("version")}").Order(StringComparer.OrdinalIgnoreCase));
            Assert.All(components, component => Assert.NotEmpty(component.GetProperty("licenses").EnumerateArray()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A feed that knows no advisories calls everything clean. One that is known to be vulnerable tells such a feed from a clean bill.
    [Fact]
    public async Task No_package_has_a_known_vulnerability()
    {
        var canary = Directory.CreateTempSubdirectory("dify-upgrade-canary-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(canary.FullName, "canary.csproj"), """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
                  <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="12.0.1" /></ItemGroup>
                </Project>
                """, TestContext.Current.CancellationToken);
            var restored = await DotNetAsync(canary.FullName, "restore", "-nodeReuse:false");
            Assert.SkipWhen(restored.ExitCode != 0, "not checked: the feed cannot be reached, or lacks the package that tells whether it knows advisories");
            Assert.SkipUnless((await VulnerableAsync(canary.FullName, "canary.csproj")).Count > 0, "not checked: the feed of this machine knows no advisories; Newtonsoft.Json 12.0.1 passes there as clean");
        }
        finally
        {
            canary.Delete(recursive: true);
        }

        Assert.Empty(await VulnerableAsync(RepositoryFiles.Root, "DifyUpgrade.slnx"));
    }

    private static async Task<List<string>> VulnerableAsync(string folder, string project)
    {
        var run = await DotNetAsync(folder, "list", project, "package", "--vulnerable", "--include-transitive", "--format", "json");
        Assert.True(run.ExitCode == 0, run.Text);
        using var json = JsonDocument.Parse(run.Output);
        return [.. Named(json.RootElement, "vulnerabilities").Select(vulnerability => vulnerability.GetRawText())];
    }

    private static IEnumerable<JsonElement> Named(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Named(item, name)),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property.NameEquals(name) ? [property.Value] : Named(property.Value, name)),
        _ => [],
    };

    private static string PartOf(IEnumerable<string> projects)
    {
        var all = projects.ToHashSet(StringComparer.Ordinal);
        string[] parts = [.. all.Contains("build") ? ["build"] : Array.Empty<string>(), .. all.Contains("src/DifyUpgrade.Sandbox") ? ["sandbox"] : Array.Empty<string>()];
        return parts.Length > 0 ? string.Join(", ", parts) : "tests";
    }

    private static async Task<(int ExitCode, string Output, string Text)> DotNetAsync(string folder, params string[] arguments)
    {
        var run = await Cli.Wrap("dotnet").WithWorkingDirectory(folder).WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return (run.ExitCode, run.StandardOutput, run.StandardOutput + run.StandardError);
    }
}
