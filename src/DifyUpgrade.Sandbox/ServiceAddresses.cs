using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox;

/// <summary>Gives Services their cluster address and node ports. helm's <c>--wait</c> would not end without an address.</summary>
internal sealed class ServiceAddresses(ObjectStore store)
{
    private const int FirstNodePort = 30_000;
    private const int NodePorts = 2_768;
    private const int Addresses = 65_533;

    /// <summary>Completes a Service that is to be stored.</summary>
    /// <param name="body">The Service.</param>
    /// <param name="before">The version before; null for a new one.</param>
    public void Complete(JsonObject body, JsonObject? before)
    {
        var spec = body.Child("spec");
        if (spec.Text("type") == "ExternalName")
            return;
        KeepAddress(spec, before?["spec"]);
        if (spec.Text("clusterIP") is null or "")
            spec["clusterIP"] = FreeAddress();
        spec["clusterIPs"] ??= new JsonArray(spec.Text("clusterIP"));
        if (spec.Text("type") is "NodePort" or "LoadBalancer")
            GiveNodePorts(spec, before?["spec"]);
    }

    private static void KeepAddress(JsonObject spec, JsonNode? before)
    {
        if (spec.Text("clusterIP") is { Length: > 0 } || before.Text("clusterIP") is not { Length: > 0 } kept)
            return;
        spec["clusterIP"] = kept;
        spec["clusterIPs"] = before.At("clusterIPs")?.DeepClone();
    }

    private void GiveNodePorts(JsonObject spec, JsonNode? before)
    {
        var taken = new Lazy<HashSet<long>>(() => [.. store.List(ResourceTypes.Services, null).Items.SelectMany(service => service.Body.Items("spec", "ports")).Select(port => port.Number("nodePort") ?? 0)]);
        foreach (var port in spec.Items("ports").Where(port => port.Number("nodePort") is null or 0))
        {
            var former = before.Items("ports").FirstOrDefault(other => other.Number("port") == port.Number("port"))?.Number("nodePort");
            var given = former ?? Enumerable.Range(FirstNodePort, NodePorts).Select(number => (long)number).First(number => !taken.Value.Contains(number));
            taken.Value.Add(given);
            port["nodePort"] = given;
        }
    }

    private string FreeAddress()
    {
        var taken = store.List(ResourceTypes.Services, null).Items.Select(service => service.Body.Text("spec", "clusterIP")).ToHashSet();
        var start = RandomNumberGenerator.GetInt32(Addresses);
        return Enumerable.Range(0, Addresses)
            .Select(step => 2 + ((start + step) % Addresses))
            .Select(number => $"10.96.{number / 256}.{number % 256}")
            .First(address => !taken.Contains(address));
    }
}
