using DifyUpgrade.Rehearsals;
using Xunit;

namespace DifyUpgrade.Tests.Rehearsals;

public sealed class OlderValuesTests
{
    [Theory]
    [InlineData("image: {api: {tag: 1.12.1}, web: {tag: '1.12.1'}, sandbox: {tag: 0.2.12}}", """{"image":{"api":{"tag":"1.11.4"},"web":{"tag":"1.11.4"}}}""")]
    [InlineData("api: {imageTag: 1.12.1}\nworker: {image: 'langgenius/dify-api:1.12.1'}", """{"api":{"imageTag":"1.11.4"},"worker":{"image":"langgenius/dify-api:1.11.4"}}""")]
    [InlineData("note: 1.12.1\ncontainers: [{tag: 1.12.1}]", null)]
    public void The_version_is_found_whatever_the_chart_calls_it(string values, string? older) =>
        Assert.Equal(older, OlderValues.Of(["replicas: 1", values], "1.12.1", "1.11.4")?.ToJsonString());

    [Fact]
    public void Values_of_several_files_come_together() =>
        Assert.Equal("""{"image":{"tag":"1","other":{"tag":"1"}}}""", OlderValues.Of(["image: {tag: '2'}", "image: {other: {tag: '2'}}"], "2", "1")?.ToJsonString());
}
