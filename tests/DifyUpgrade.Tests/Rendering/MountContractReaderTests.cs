using DifyUpgrade.Rendering;
using Xunit;

namespace DifyUpgrade.Tests.Rendering;

/// <summary>Each case is a folder: manifests.yaml, and what they promise in contract.verified.txt.</summary>
public sealed class MountContractReaderTests
{
    [Theory]
    [InlineData("subPath")]
    [InlineData("folder-and-items")]
    [InlineData("projected-in-a-StatefulSet")]
    [InlineData("init-and-sidecar")]
    [InlineData("others-are-left-alone")]
    public void The_contract_is_read_from_the_manifests(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Rendering", "Cases", name);
        var manifests = ManifestReader.Read(File.ReadAllText(Path.Combine(folder, "manifests.yaml")));
        var contract = MountContractReader.Read(manifests, new ConfigMapKeys("dify-prompts", ["prompts.py", "extra.py"]), "dify");

        Assert.Equal(File.ReadAllText(Path.Combine(folder, "contract.verified.txt")), string.Concat(contract.Mounts.Select(Describe)));
    }

    private static string Describe(ContractMount mount) =>
        $"{mount.Workload.Namespace} {mount.Workload} {mount.Container}{(mount.Init ? " (init)" : "")} {mount.Path} shows {mount.Key ?? "?"}{(mount.ReadOnly ? " read-only" : "")}{(mount.SubPath ? " subPath" : "")}\n";
}
