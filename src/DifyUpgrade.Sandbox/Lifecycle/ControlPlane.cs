using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Faults;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>What all controllers share.</summary>
/// <param name="store">Where they write.</param>
/// <param name="time">The time they live in.</param>
/// <param name="faults">What is scripted to go wrong.</param>
internal sealed class ControlPlane(ObjectStore store, PodTime time, FaultPlan faults)
{
    /// <summary>Where they write.</summary>
    public ObjectStore Store { get; } = store;

    /// <summary>The time they live in.</summary>
    public PodTime Time { get; } = time;

    /// <summary>What is scripted to go wrong.</summary>
    public FaultPlan Faults { get; } = faults;

    /// <summary>Where they read.</summary>
    public ObjectIndex Index { get; } = new();

    /// <summary>What they have to say.</summary>
    public EventRecorder Events { get; } = new(store, time);

    /// <summary>How they delete.</summary>
    public Deletion Deletion { get; } = new(store, time);

    /// <summary>When what they saw happened.</summary>
    public Moments Moments { get; } = new(time);

    /// <summary>The certificate that clients trust the API server by, as PEM.</summary>
    public string CertificateAuthority { get; init; } = "";

    /// <summary>A stamp of now.</summary>
    public string Now => Timestamp.Of(Time.Now);

    /// <summary>Changes an object as it was seen; nothing is written where nothing differs.</summary>
    /// <exception cref="ApiException">It changed or went meanwhile.</exception>
    public StoredObject Change(StoredObject current, Action<JsonObject> change)
    {
        var body = (JsonObject)current.Body.DeepClone();
        change(body);
        return Store.Replace(current, body);
    }

    /// <summary>Changes what an object should be, which makes another generation of it.</summary>
    /// <exception cref="ApiException">It changed or went meanwhile.</exception>
    public StoredObject ChangeSpec(StoredObject current, Action<JsonObject> change) => Change(current, body =>
    {
        change(body);
        if (!JsonNode.DeepEquals(body["spec"], current.Body["spec"]))
            body.Child("metadata")["generation"] = (body.Number("metadata", "generation") ?? 0) + 1;
    });
}
