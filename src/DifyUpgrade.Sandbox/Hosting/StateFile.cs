using System.Text.Json;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>Every object of a sandbox on disk, for the next start.</summary>
internal static class StateFile
{
    /// <summary>Writes all objects as they are now.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="store">The objects.</param>
    /// <returns>The store's version that was written.</returns>
    public static long Save(string path, ObjectStore store)
    {
        var version = store.Version;
        SandboxFolder.Write(path, stream =>
        {
            using var writer = new Utf8JsonWriter(stream);
            writer.WriteStartObject();
            writer.WriteNumber("version", version);
            writer.WriteStartArray("objects");
            foreach (var item in ResourceTypes.All.SelectMany(type => store.List(type, null).Items))
                writer.WriteRawValue(item.Utf8.Span, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        return version;
    }

    /// <summary>Takes the objects of a former process over.</summary>
    /// <param name="path">Where from; nothing happens where there is no such file.</param>
    /// <param name="store">Takes them.</param>
    /// <returns>Whether there were any.</returns>
    public static bool Load(string path, ObjectStore store)
    {
        if (!File.Exists(path))
            return false;
        using var stream = File.OpenRead(path);
        var state = JsonNode.Parse(stream);

        // Objects may have been written while the file was: the counter goes on behind the newest of them.
        var objects = state.Items("objects").Select(body => (TypeOf(body), (JsonObject)body.DeepClone())).ToList();
        var newest = objects.Select(item => long.Parse(item.Item2.Text("metadata", "resourceVersion")!)).Append(state.Number("version") ?? 1).Max();
        store.Load(objects, newest);
        return true;
    }

    private static ResourceType TypeOf(JsonObject body) =>
        ResourceTypes.OfKind(body.Text("apiVersion") ?? "", body.Text("kind") ?? "")
        ?? throw new InvalidDataException($"The saved state holds an unknown kind: {body.Text("apiVersion")} {body.Text("kind")}");
}
