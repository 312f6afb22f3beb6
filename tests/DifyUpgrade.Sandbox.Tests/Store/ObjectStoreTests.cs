using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Store;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Store;

public sealed class ObjectStoreTests
{
    private readonly ObjectStore _store = new(TimeProvider.System, historyLimit: 2);

    [Fact]
    public void A_new_object_gets_uid_time_and_version()
    {
        var created = _store.Create(ResourceTypes.ConfigMaps, ConfigMap("one"));

        Assert.True(Guid.TryParse(created.Uid, out _), created.Uid);
        Assert.NotNull(created.Body.Text("metadata", "creationTimestamp"));
        Assert.Equal(created.Version.ToString(), created.Body.Text("metadata", "resourceVersion"));
    }

    [Fact]
    public void A_second_object_of_a_name_is_refused() =>
        Assert.Equal("AlreadyExists", Assert.Throws<ApiException>(() => Twice()).Reason);

    [Fact]
    public void A_change_of_an_older_version_is_a_conflict_and_an_unchanged_one_keeps_its_version()
    {
        var first = _store.Create(ResourceTypes.ConfigMaps, ConfigMap("one"));
        Assert.Same(first, _store.Replace(first, (JsonObject)first.Body.DeepClone()));

        var changed = (JsonObject)first.Body.DeepClone();
        changed["data"] = new JsonObject { ["key"] = "value" };
        var second = _store.Replace(first, changed);

        Assert.True(second.Version > first.Version);
        Assert.Equal("Conflict", Assert.Throws<ApiException>(() => _store.Replace(first, (JsonObject)first.Body.DeepClone())).Reason);
        Assert.Equal("Conflict", Assert.Throws<ApiException>(() => _store.Remove(first)).Reason);
    }

    [Fact]
    public void A_subscription_starts_with_what_was_missed_and_goes_on()
    {
        var (_, version) = _store.List(ResourceTypes.ConfigMaps, null);
        var one = _store.Create(ResourceTypes.ConfigMaps, ConfigMap("one"));
        _store.Create(ResourceTypes.Secrets, ConfigMap("other"));
        using var subscription = _store.Watch(ResourceTypes.ConfigMaps, version);
        _store.Remove(one);

        Assert.Equal([StoreEventKind.Added, StoreEventKind.Deleted], Drain(subscription).Select(change => change.Kind));
    }

    [Fact]
    public void Who_follows_one_namespace_hears_nothing_of_the_others()
    {
        using var subscription = _store.Watch(ResourceTypes.ConfigMaps, _store.Version, "dify");
        var other = ConfigMap("one");
        other.Child("metadata")["namespace"] = "other";
        _store.Create(ResourceTypes.ConfigMaps, other);
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("two"));

        Assert.Equal(["two"], Drain(subscription).Select(change => change.Object.Name));
        Assert.Equal(["two"], _store.List(ResourceTypes.ConfigMaps, "dify").Items.Select(item => item.Name));
        Assert.Equal(["two", "one"], _store.List(ResourceTypes.ConfigMaps, null).Items.Select(item => item.Name));
    }

    [Fact]
    public void Versions_that_were_compacted_away_are_expired()
    {
        for (var count = 0; count < 5; count++)
            _store.Create(ResourceTypes.ConfigMaps, ConfigMap("map-" + count));

        Assert.Equal(410, Assert.Throws<ApiException>(() => _store.Watch(ResourceTypes.ConfigMaps, 1)).Code);
        using var current = _store.Watch(ResourceTypes.ConfigMaps, _store.Version);
        Assert.Empty(Drain(current));
    }

    private void Twice()
    {
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("one"));
        _store.Create(ResourceTypes.ConfigMaps, ConfigMap("one"));
    }

    private static JsonObject ConfigMap(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "dify" } };

    private static List<StoreEvent> Drain(Subscription subscription)
    {
        List<StoreEvent> changes = [];
        while (subscription.Changes.TryRead(out var change))
            changes.Add(change);
        return changes;
    }
}
