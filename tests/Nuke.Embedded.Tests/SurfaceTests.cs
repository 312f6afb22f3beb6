using System.Reflection;
using System.Runtime.Loader;
using Nuke.Common;
using Xunit;

namespace Nuke.Embedded.Tests;

/// <summary>
/// Holds the engine to Nuke's names and signatures. Snapshots/nuke-10.1.verified.txt has those of Nuke.Common 10.1.0 itself, for every
/// type that the engine has too. It was made by <see cref="Write_down_what_Nuke_itself_offers"/> from the sources of nuke-build/nuke
/// at 10.1.0 (27e8077b), compiled into one assembly: Nuke.Utilities*, Nuke.Tooling, Nuke.Build.Shared, Nuke.Build and
/// Nuke.Common/CI/GitHubActions.
/// </summary>
public sealed class SurfaceTests
{
    /// <summary>What Nuke has nothing for. build/Package stands in for it where the package is the engine.</summary>
    private const string Cancellation = "Nuke.Common.Interrupt: ";

    private static readonly Assembly Engine = typeof(NukeBuild).Assembly;

    [Fact]
    public void The_public_surface_changes_only_on_purpose()
        => Snapshot.Matches(Text(Surface.Of(Engine.GetExportedTypes())), "public-surface");

    [Fact]
    public void Every_member_that_the_build_uses_is_Nukes_own()
    {
        // The one that the solution's build made: what build.sh starts is one compiled image with an engine of its own in it.
        var program = Path.Combine(Snapshot.Repository, "build", "bin", "Debug", "_build.dll");
        Assert.True(File.Exists(program), $"there is no {program}: dotnet build DifyUpgrade.slnx makes it");
        var used = Surface.UsedBy(Assembly.LoadFrom(program), Engine).ToList();
        var nuke = File.ReadAllLines(Path.Combine(Snapshot.Repository, "tests", "Nuke.Embedded.Tests", "Snapshots", "nuke-10.1.verified.txt")).ToHashSet();

        Assert.Contains("Nuke.Common.ITargetDefinition: Nuke.Common.ITargetDefinition DependsOn(Nuke.Common.Target[])", used);
        Assert.DoesNotContain(used, member => !nuke.Contains(member) && !member.StartsWith(Cancellation, StringComparison.Ordinal));
    }

    [Fact]
    public void The_engine_stays_small()
    {
        var folder = Path.Combine(Snapshot.Repository, "src", "Nuke.Embedded");
        var lines = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal))
            .SelectMany(File.ReadLines)
            .Count(line => line.Trim() is { Length: > 0 } code && !code.StartsWith("//", StringComparison.Ordinal));
        Assert.InRange(lines, 1, 2500);
    }

    // NUKE_COMMON=<folder>/Nuke.Common.dll Nuke.Embedded.Tests -explicit only -method '*Write_down*'
    [Fact(Explicit = true)]
    public void Write_down_what_Nuke_itself_offers()
    {
        var context = new AssemblyLoadContext("Nuke");
        var folder = Environment.GetEnvironmentVariable("NUKE_COMMON")!;
        context.Resolving += (_, name) => File.Exists(Path.Combine(Path.GetDirectoryName(folder)!, name.Name + ".dll"))
            ? context.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(folder)!, name.Name + ".dll"))
            : null;
        var nuke = context.LoadFromAssemblyPath(folder);
        var types = Engine.GetExportedTypes().Select(type => nuke.GetType(type.FullName!)).OfType<Type>();
        Snapshot.Matches(Text(Surface.Of(types)), "nuke-10.1");
    }

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
