using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Routes;

public sealed class AbuseTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/nope")]
    [InlineData("/api/v2")]
    [InlineData("/api/v1/nopes")]
    [InlineData("/api/v1/namespaces/default/configmaps/a/b/c/d")]
    [InlineData("/api/v1/namespaces/default/configmaps/a/exec")]
    [InlineData("/api/v1/namespaces/default/nodes")]
    [InlineData("/apis/apps/v2/deployments")]
    [InlineData("/apis/nope.example.com/v1/things")]
    [InlineData("/api//v1/namespaces")]
    [InlineData("/api/v1/namespaces/default/configmaps/..%2f..%2fsecrets")]
    [InlineData("/api/v1/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/sandbox/nope")]
    public async Task What_is_not_there_answers_404_with_a_Status(string path) =>
        Assert.Equal("Status", (await sandbox.GetAsync(path)).MustBe(404, "NotFound").Json.Text("kind"));

    [Theory]
    [InlineData("PROPFIND", "/api/v1/namespaces")]
    [InlineData("BREW", "/api/v1/namespaces/default")]
    [InlineData("PUT", "/api/v1/namespaces/default/configmaps")]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps/one")]
    [InlineData("POST", "/api/v1/configmaps")]
    [InlineData("GET", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")]
    public async Task What_a_path_does_not_take_answers_405(string method, string path) =>
        (await sandbox.SendAsync(new HttpMethod(method), path)).MustBe(405, "MethodNotAllowed");

    [Theory]
    [InlineData("{\"metadata\":{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"metadata\":{\"name\":\"a\",\"name\":\"b\"}}")]
    [InlineData("{\"metadata\":\"text\"}")]
    [InlineData("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}")]
    [InlineData("\u0000\u0001\u0002")]
    public async Task A_body_that_is_no_such_object_answers_400(string body)
    {
        using var client = sandbox.Client();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/namespaces/default/configmaps", UriKind.Relative), content, TestContext.Current.CancellationToken);

        (await SandboxAnswer.OfAsync(response)).MustBe(400, "BadRequest");
    }

    [Fact]
    public async Task A_nesting_of_ten_thousand_levels_answers_400()
    {
        using var client = sandbox.Client();
        using var content = new StringContent(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/namespaces/default/configmaps", UriKind.Relative), content, TestContext.Current.CancellationToken);

        (await SandboxAnswer.OfAsync(response)).MustBe(400, "BadRequest");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_megabytes_are_refused_as_too_large(bool http2)
    {
        using var client = sandbox.Client(version: http2 ? HttpVersion.Version20 : HttpVersion.Version11);
        using var content = new ByteArrayContent(new byte[10 * 1024 * 1024]);
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/namespaces/default/configmaps", UriKind.Relative), content, TestContext.Current.CancellationToken);

        (await SandboxAnswer.OfAsync(response)).MustBe(413, "RequestEntityTooLarge");
        (await sandbox.GetAsync("/readyz")).MustBe(200);
    }

    [Fact]
    public async Task A_body_in_an_unknown_format_answers_415() =>
        (await sandbox.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", JsonValue.Create("a,b"), "text/csv")).MustBe(415, "UnsupportedMediaType");

    [Fact]
    public async Task A_patch_in_an_unknown_format_answers_415() =>
        (await sandbox.PatchAsync("/api/v1/namespaces/default", new JsonObject(), "json")).MustBe(415, "UnsupportedMediaType");

    [Fact]
    public async Task An_answer_in_an_unknown_format_is_not_acceptable() =>
        (await sandbox.GetAsync("/api/v1/namespaces", accept: "text/html")).MustBe(406, "NotAcceptable");

    [Theory]
    [InlineData("/api/v1/namespaces?limit=many")]
    [InlineData("/api/v1/namespaces?continue=nonsense")]
    [InlineData("/api/v1/namespaces?labelSelector=a%20b")]
    [InlineData("/api/v1/pods?fieldSelector=spec.nope=1")]
    [InlineData("/api/v1/namespaces?watch=true&timeoutSeconds=soon")]
    [InlineData("/api/v1/namespaces?resourceVersion=new")]
    public async Task A_query_that_makes_no_sense_answers_400(string path) => (await sandbox.GetAsync(path)).MustBe(400, "BadRequest");

    [Fact]
    public async Task Bytes_that_are_no_HTTP_end_no_more_than_their_connection()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var bytes in new[] { "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0", "POST /api/v1/namespaces HTTP/1.1\r\nContent-Length: -5\r\n\r\n", new string('A', 100_000) })
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(IPAddress.Loopback, sandbox.Address.Port, cancellation);
            await using var tls = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate?.GetCertHashString() == sandbox.Certificate.GetCertHashString());
            await tls.AuthenticateAsClientAsync("127.0.0.1");
            try
            {
                await tls.WriteAsync(Encoding.ASCII.GetBytes(bytes), cancellation);
            }
            catch (IOException)
            {
                // It hung up before it had read everything.
            }
        }

        (await sandbox.GetAsync("/readyz")).MustBe(200);
    }
}
