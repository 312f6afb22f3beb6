using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Helm;
using Xunit;

namespace DifyUpgrade.Tests.Helm;

public sealed class StoredRevisionTests
{
    [Fact]
    public void A_pending_revision_is_marked_failed_and_nothing_else_of_it_changes()
    {
        var secret = Secret("""{"name":"dify","info":{"first_deployed":"2026-01-01T00:00:00Z","status":"pending-upgrade","description":"Preparing upgrade"},"config":{"key":"<ü&\u2028>"},"version":7}""");
        StoredRevision.MarkFailed(secret, "killed");

        Assert.Equal("failed", StoredRevision.StatusOf(secret));
        Assert.Equal("""{"name":"dify","info":{"first_deployed":"2026-01-01T00:00:00Z","status":"failed","description":"killed"},"config":{"key":"<ü&\u2028>"},"version":7}""", Plain(secret), ignoreCase: true);
        Assert.Equal("helm.sh/release.v1", secret["type"]!.ToString());
    }

    [Fact]
    public void Values_may_be_nested_deeply()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 300)) + string.Concat(Enumerable.Repeat("]", 300));
        var secret = Secret($$"""{"info":{"status":"pending-install"},"config":{{deep}}}""");
        StoredRevision.MarkFailed(secret, "killed");
        Assert.Contains(deep, Plain(secret), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("no json")]
    public void Another_form_is_refused(string release) => Assert.Throws<FormatException>(() => StoredRevision.MarkFailed(Secret(release), "killed"));

    [Fact]
    public void What_is_not_base64_or_not_compressed_is_refused()
    {
        foreach (var data in (string[])["%", Base64("%"), Base64(Base64("plain"))])
        {
            var secret = Secret("{}");
            secret["data"]!["release"] = data;
            Assert.Throws<FormatException>(() => StoredRevision.MarkFailed(secret, "killed"));
        }
    }

    private static JsonObject Secret(string release)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(release));
        return new JsonObject
        {
            ["type"] = "helm.sh/release.v1",
            ["metadata"] = new JsonObject { ["name"] = "sh.helm.release.v1.dify.v7", ["labels"] = new JsonObject { ["status"] = "pending-upgrade" } },
            ["data"] = new JsonObject { ["release"] = Base64(Convert.ToBase64String(packed.ToArray())) },
        };
    }

    private static string Plain(JsonObject secret)
    {
        using var packed = new MemoryStream(Convert.FromBase64String(Encoding.ASCII.GetString(Convert.FromBase64String(secret["data"]!["release"]!.ToString()))));
        using var plain = new StreamReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return plain.ReadToEnd();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
