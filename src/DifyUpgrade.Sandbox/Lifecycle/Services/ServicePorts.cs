using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle.Services;

/// <summary>Where a Service's ports lead in a pod.</summary>
internal static class ServicePorts
{
    /// <summary>The ports of a pod that a Service leads to; a named port that the pod lacks is left out.</summary>
    public static JsonArray Of(StoredObject service, StoredObject pod) =>
        new([.. service.Body.Items("spec", "ports").Select(port => Port(port, pod)).OfType<JsonObject>()]);

    private static JsonObject? Port(JsonObject port, StoredObject pod)
    {
        var protocol = port.Text("protocol") ?? "TCP";
        var number = port.Text("targetPort") is { } name
            ? pod.Body.Items("spec", "containers").SelectMany(container => container.Items("ports"))
                .FirstOrDefault(own => own.Text("name") == name && (own.Text("protocol") ?? "TCP") == protocol).Number("containerPort")
            : port.Number("targetPort") ?? port.Number("port");
        if (number is null)
            return null;
        var result = new JsonObject { ["port"] = number, ["protocol"] = protocol };
        if (port.Text("name") is { Length: > 0 } own)
            result["name"] = own;
        if (port.Text("appProtocol") is { } application)
            result["appProtocol"] = application;
        return result;
    }
}
