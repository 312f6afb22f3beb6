using System.Text;
using DifyUpgrade.Inspection;
using Xunit;

namespace DifyUpgrade.Tests.Inspection;

public sealed class ConfigMapComparisonTests
{
    [Fact]
    public void A_missing_ConfigMap_is_never_equal() => Assert.False(ConfigMapComparison.Of(Files(), null).IsEqual);

    [Fact]
    public void Equal_means_the_same_keys_with_the_same_bytes()
    {
        Assert.True(ConfigMapComparison.Of(Files("a=1", "b=2"), Files("b=2", "a=1")).IsEqual);
        Assert.Equal("missing in the cluster: c; different: b; only in the cluster: d", ConfigMapComparison.Of(Files("a=1", "b=2", "c=3"), Files("a=1", "b=x", "d=4")).Differences);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Files(params string[] files) =>
        files.Select(file => file.Split('=')).ToDictionary(pair => pair[0], pair => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(pair[1]), StringComparer.Ordinal);
}
