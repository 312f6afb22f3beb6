using System.Text.Json.Nodes;
using static DifyUpgrade.Sandbox.Tables.TableColumn;

namespace DifyUpgrade.Sandbox.Tables;

/// <summary>Columns of Services and of what is about traffic.</summary>
internal static class NetworkColumns
{
    private static readonly Dictionary<ResourceType, IReadOnlyList<TableColumn>> Columns = new()
    {
        [ResourceTypes.Services] =
        [
            ObjectName,
            At("Type", "", "spec", "type"),
            At("Cluster-IP", Texts.None, "spec", "clusterIP"),
            Text("External-IP", ExternalAddress),
            Text("Port(s)", item => Texts.Joined(item.Items("spec", "ports").Select(ServicePort))),
            Age,
            Wide("Selector", item => Texts.Labels(item.At("spec", "selector"))),
        ],
        [ResourceTypes.Endpoints] = [ObjectName, Text("Endpoints", item => Texts.FirstThree([.. Endpoints(item)], "...")), Age],
        [ResourceTypes.EndpointSlices] =
        [
            ObjectName,
            At("AddressType", "", "addressType"),
            Text("Ports", item => Ports(item, "<unset>")),
            Text("Endpoints", item => Texts.FirstThree([.. item.Items("endpoints").SelectMany(endpoint => Texts.Of(endpoint["addresses"]))], "...")),
            Age,
        ],
        [ResourceTypes.Ingresses] =
        [
            ObjectName,
            At("Class", Texts.None, "spec", "ingressClassName"),
            Text("Hosts", Hosts),
            Text("Address", item => string.Join(',', item.Items("status", "loadBalancer", "ingress").Select(point => point.Text("ip") ?? point.Text("hostname")))),
            Text("Ports", item => item.Items("spec", "tls").Any() ? "80, 443" : "80"),
            Age,
        ],
        [ResourceTypes.IngressClasses] = [ObjectName, At("Controller", "", "spec", "controller"), Text("Parameters", IngressParameters), Age],
        [ResourceTypes.NetworkPolicies] = [ObjectName, Text("Pod-Selector", item => Texts.Selector(item.At("spec", "podSelector"))), Age],
    };

    /// <summary>The columns of a kind.</summary>
    /// <returns>Null where it is none of these.</returns>
    public static IReadOnlyList<TableColumn>? Of(ResourceType type) => Columns.GetValueOrDefault(type);

    private static string ExternalAddress(JsonObject service)
    {
        var own = Texts.Of(service.At("spec", "externalIPs"));
        return service.Text("spec", "type") switch
        {
            "ExternalName" => service.Text("spec", "externalName") ?? "",
            "LoadBalancer" => service.Items("status", "loadBalancer", "ingress").Select(point => point.Text("ip") ?? point.Text("hostname") ?? "").Concat(own).ToList()
                is { Count: > 0 } points ? string.Join(',', points) : "<pending>",
            _ => Texts.Joined(own),
        };
    }

    private static string ServicePort(JsonObject port)
    {
        var node = port.Number("nodePort") is > 0 and var number ? $":{number}" : "";
        return $"{port.Number("port")}{node}/{port.Text("protocol") ?? "TCP"}";
    }

    private static IEnumerable<string> Endpoints(JsonObject endpoints) =>
        from subset in endpoints.Items("subsets")
        from port in subset.Items("ports").DefaultIfEmpty()
        from address in subset.Items("addresses")
        select port is null ? address.Text("ip") : $"{address.Text("ip")}:{port.Number("port")}";

    private static string Ports(JsonObject slice, string none) =>
        slice.Items("ports").Select(port => port.Number("port")?.ToString() ?? "*").ToList() is { Count: > 0 } ports ? Texts.FirstThree(ports, "...") : none;

    private static string Hosts(JsonObject ingress) =>
        ingress.Items("spec", "rules").Select(rule => rule.Text("host") ?? "").Where(host => host.Length > 0).ToList() is { Count: > 0 } hosts ? Texts.FirstThree(hosts, "...") : "*";

    private static string IngressParameters(JsonObject item)
    {
        if (item.At("spec", "parameters") is not { } reference)
            return Texts.None;
        var group = reference.Text("apiGroup") is { Length: > 0 } name ? "." + name : "";
        return $"{reference.Text("kind")}{group}/{reference.Text("name")}";
    }
}
