using System.Text.Json;
using System.Text.Json.Serialization;
using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

/// <summary>A case is a folder: the API's object as a real cluster gave it, and the record it must become.</summary>
public sealed class WorkloadMappingTests
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    [Theory]
    [InlineData("deployment-rolling")]
    [InlineData("deployment-stuck")]
    [InlineData("statefulset-1.20")]
    [InlineData("daemonset")]
    public void A_workload_becomes_its_state(string name)
    {
        var item = Read(name, out var kind);
        Check(name, WorkloadMapping.Read(Enum.Parse<WorkloadKind>(kind), item, Redactor.None));
    }

    [Theory]
    [InlineData("pod-running")]
    [InlineData("pod-crashing")]
    [InlineData("pod-unscheduled")]
    public void A_pod_becomes_its_state(string name) =>
        Check(name, PodMapping.Read(Read(name, out _), new Redactor(["hunter2"])));

    private static JsonElement Read(string name, out string kind)
    {
        var item = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(PathOf(name, "input.json")));
        kind = item.GetProperty("kind").GetString()!;
        return item;
    }

    private static void Check<T>(string name, T state)
    {
        var seen = JsonSerializer.Serialize(state, Json);
        var expected = PathOf(name, "state.verified.json");
        if (!File.Exists(expected) || File.ReadAllText(expected).Trim() != seen)
            File.WriteAllText(PathOf(name, "state.received.json"), $"{seen}\n");
        Assert.Equal(File.Exists(expected) ? File.ReadAllText(expected).Trim().ReplaceLineEndings() : "", seen);
    }

    private static string PathOf(string name, string file) =>
        Path.Combine(AppContext.BaseDirectory, "Cluster", "Cases", name, file);
}
