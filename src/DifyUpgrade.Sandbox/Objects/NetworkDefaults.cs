using System.Text.Json.Nodes;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Defaults of Services and what is around them.</summary>
internal static class NetworkDefaults
{
    private const long StickySeconds = 10_800;

    /// <summary>A Service; its addresses are the cluster's to give.</summary>
    public static void Service(JsonObject body)
    {
        var spec = body.Child("spec");
        spec.Default("sessionAffinity", "None");
        spec.Default("type", "ClusterIP");
        if (spec.Text("sessionAffinity") == "ClientIP")
            spec.Child("sessionAffinityConfig").Child("clientIP").Default("timeoutSeconds", StickySeconds);
        foreach (var port in spec.Items("ports"))
        {
            port.Default("protocol", "TCP");
            if (port["targetPort"]?.ToString() is null or "" or "0" && port["port"] is { } number)
                port["targetPort"] = number.DeepClone();
        }

        body.Child("status").Child("loadBalancer");
        if (spec.Text("type") == "ExternalName")
            return;
        spec.Default("internalTrafficPolicy", "Cluster");
        spec.Default("ipFamilies", new JsonArray("IPv4"));
        spec.Default("ipFamilyPolicy", "SingleStack");
        if (spec.Text("type") is "NodePort" or "LoadBalancer")
            spec.Default("externalTrafficPolicy", "Cluster");
        if (spec.Text("type") == "LoadBalancer")
            spec.Default("allocateLoadBalancerNodePorts", true);
    }

    /// <summary>Endpoints.</summary>
    public static void Endpoints(JsonObject body)
    {
        foreach (var port in body.Items("subsets").SelectMany(subset => subset.Items("ports")))
            port.Default("protocol", "TCP");
    }

    /// <summary>An EndpointSlice.</summary>
    public static void EndpointSlice(JsonObject body)
    {
        foreach (var port in body.Items("ports"))
        {
            port.Default("name", "");
            port.Default("protocol", "TCP");
        }
    }

    /// <summary>An Ingress.</summary>
    public static void Ingress(JsonObject body) => body.Child("status").Child("loadBalancer");

    /// <summary>A NetworkPolicy.</summary>
    public static void NetworkPolicy(JsonObject body)
    {
        var spec = body.Child("spec");
        spec.Child("podSelector");
        spec.Default("policyTypes", spec.Items("egress").Any() ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress"));
        foreach (var port in spec.Items("ingress").Concat(spec.Items("egress")).SelectMany(rule => rule.Items("ports")))
            port.Default("protocol", "TCP");
    }
}
