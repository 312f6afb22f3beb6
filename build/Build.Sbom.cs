using Nuke.Common;
using Nuke.Common.IO;

/// <summary>What the program is made of.</summary>
sealed partial class Build
{
    AbsolutePath SbomFolder => RootDirectory / "artifacts" / "sbom";

    // The last line is for the eye: a feed without advisories calls everything clean. DependencyTests tells the two apart.
    Target Sbom => _ => _
        .Description("Writes a bill of materials (CycloneDX, with licences and hashes) to artifacts/sbom, and asks the feed for known vulnerabilities")
        .Produces(SbomFolder / "*.json")
        .Executes(
            () => Start("dotnet", "tool restore"),
            () => Start("dotnet", $"restore \"{RootDirectory / "DifyUpgrade.slnx"}\" --verbosity quiet -nodeReuse:false"),
            () => Start("dotnet", $"tool run dotnet-CycloneDX \"{RootDirectory / "DifyUpgrade.slnx"}\" --output \"{SbomFolder}\" --filename sbom.json --output-format Json --disable-package-restore"),
            () => Start("dotnet", $"list \"{RootDirectory / "DifyUpgrade.slnx"}\" package --vulnerable --include-transitive"));
}
