using DifyUpgrade.Inspection;
using Xunit;

namespace DifyUpgrade.Tests.Inspection;

public sealed class PromptCheckTests
{
    [Theory]
    [InlineData("langgenius/dify-api:1.12.1", "1.12.1")]
    [InlineData("registry:5000/langgenius/dify-api:1.12.1", "1.12.1")]
    [InlineData("registry:5000/langgenius/dify-api", "latest")]
    [InlineData("dify-api", "latest")]
    [InlineData("langgenius/dify-api:1.12.1@sha256:0011", "1.12.1@sha256:0011")]
    [InlineData("registry:5000/dify-api@sha256:0011", "sha256:0011")]
    public void An_image_is_known_by_its_tag_even_beside_a_digest(string image, string tag) => Assert.Equal(tag, PromptCheck.TagOf(image));
}
