using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DifyUpgrade.Cluster;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class FailureTests
{
    private const string Prompts = "/api/v1/namespaces/dify/configmaps/prompts";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_object_is_null_and_an_unknown_path_is_a_failure()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Prompts}", 404, ScriptedApi.NotFound("configmaps", "prompts"));
        using var client = api.Client();

        Assert.Null(await client.ConfigMaps.ReadAsync("dify", "prompts", Cancellation));
        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ConfigMaps.ReadAsync("dify", "other", Cancellation));
        Assert.Equal(ClusterFailure.NotFound, failure.Failure);
    }

    [Fact]
    public async Task Forbidden_says_which_right_is_missing()
    {
        const string Said = "configmaps \"prompts\" is forbidden: User \"ci\" cannot get resource \"configmaps\" in API group \"\" in the namespace \"dify\"";
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Prompts}", 403, ScriptedApi.Status(403, "Forbidden", Said));
        using var client = api.Client();

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ConfigMaps.ReadAsync("dify", "prompts", Cancellation));
        Assert.Equal((ClusterFailure.Forbidden, new MissingRight("get", "configmaps", "", "dify")), (failure.Failure, failure.Missing));
    }

    [Theory]
    [InlineData(400, "BadRequest", ClusterFailure.Invalid)]
    [InlineData(401, "Unauthorized", ClusterFailure.Unauthorized)]
    [InlineData(409, "Conflict", ClusterFailure.Conflict)]
    [InlineData(413, "RequestEntityTooLarge", ClusterFailure.Invalid)]
    [InlineData(422, "Invalid", ClusterFailure.Invalid)]
    [InlineData(429, "TooManyRequests", ClusterFailure.TooManyRequests)]
    [InlineData(500, "InternalError", ClusterFailure.Other)]
    [InlineData(500, "Timeout", ClusterFailure.Timeout)]
    [InlineData(504, "Timeout", ClusterFailure.Timeout)]
    public async Task Each_status_has_its_failure(int status, string reason, object expected)
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Prompts}", status, ScriptedApi.Status(status, reason, "no"));
        using var client = api.Client();

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ConfigMaps.ReadAsync("dify", "prompts", Cancellation));
        Assert.Equal((expected, status, reason), ((object)failure.Failure, failure.StatusCode, failure.Reason));
    }

    [Fact]
    public async Task A_message_is_one_redacted_line()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Prompts}", 500, ScriptedApi.Status(500, "InternalError", "etcd says\nhunter2\tis bad"));
        using var client = api.Client(new Redactor(["hunter2"]));

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ConfigMaps.ReadAsync("dify", "prompts", Cancellation));
        Assert.Equal("GET api/v1/namespaces/dify/configmaps/prompts: 500: etcd says *** is bad", failure.Message);
        Assert.DoesNotContain("the-token", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_about_a_Secret_names_fields_and_quotes_nothing()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /api/v1", 200, """{"resources":[{"name":"secrets","kind":"Secret","namespaced":true}]}""");
        api.On("PATCH /api/v1/namespaces/dify/secrets/keys", 422, ScriptedApi.Status(
            422, "Invalid", "data[key]: Invalid value: \"hunter2\"", """{"causes":[{"reason":"FieldValueInvalid","field":"data[key]","message":"Invalid value: hunter2"}]}"""));
        using var client = api.Client();

        var manifest = (JsonObject)JsonNode.Parse("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"keys"}}""")!;
        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.Objects.DryRunApplyAsync(manifest, "dify", Cancellation));
        Assert.Equal("PATCH api/v1/namespaces/dify/secrets/keys: 422: Invalid, data[key] FieldValueInvalid", failure.Message);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_time_it_names()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /version", Busy(429, "3")).On("GET /version", Busy(503, "120")).On("GET /version", 200, """{"gitVersion":"v1.30.2"}""");
        var time = new SteppingTime();
        using var client = api.Client(time: time);

        Assert.Equal("v1.30.2", await client.ServerVersionAsync(Cancellation));
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)], time.Pauses);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /version", Busy(429, "1"));
        using var client = api.Client();

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ServerVersionAsync(Cancellation));
        Assert.Equal((ClusterFailure.TooManyRequests, 5), (failure.Failure, api.Seen.Count));
    }

    [Fact]
    public async Task A_write_that_would_do_harm_a_second_time_is_sent_twice_only_where_the_first_was_not_begun()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("POST /api/v1/namespaces/dify/pods", Busy(429, "1")).On("POST /api/v1/namespaces/dify/pods", Busy(503, "1"));
        using var client = api.Client(time: new SteppingTime());

        await Assert.ThrowsAsync<ClusterException>(() => client.Pods.CreateAsync("dify", [], Cancellation));
        Assert.Equal(2, api.Seen.Count);
    }

    [Fact]
    public async Task An_error_that_may_pass_is_asked_again_where_that_does_no_harm()
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /version", 500, ScriptedApi.Status(500, "InternalError", "etcdserver: request timed out")).On("GET /version", 200, """{"gitVersion":"v1.30.2"}""");
        using var client = api.Client(time: new SteppingTime());

        Assert.Equal("v1.30.2", await client.ServerVersionAsync(Cancellation));
        Assert.Equal(2, api.Seen.Count);
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        ClusterClient client;
        await using (var api = await ScriptedApi.StartAsync())
            client = api.Client();
        using (client)
        {
            var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ServerVersionAsync(Cancellation));
            Assert.Equal(ClusterFailure.Unreachable, failure.Failure);
            Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_foreign_certificate_is_unreachable_and_says_so()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var api = await ScriptedApi.StartAsync(options => options.UseHttps(certificate));
        using var client = api.Client();

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ServerVersionAsync(Cancellation));
        Assert.Equal(ClusterFailure.Unreachable, failure.Failure);
        Assert.StartsWith($"the certificate of {api.Address}/ is not accepted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_in_time_is_a_timeout_and_a_cancellation_is_none()
    {
        var time = new HastyTime();
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /version", api.HangAsync);
        using var client = api.Client(time: time);

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ServerVersionAsync(Cancellation));
        Assert.Equal(ClusterFailure.Timeout, failure.Failure);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ServerVersionAsync(new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("<html>login</html>")]
    [InlineData("[]")]
    public async Task An_answer_that_is_no_object_is_told_without_quoting_it(string body)
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On($"GET {Prompts}", 200, body);
        using var client = api.Client();

        var failure = await Assert.ThrowsAsync<ClusterException>(() => client.ConfigMaps.ReadAsync("dify", "prompts", Cancellation));
        Assert.Contains("something that is no Kubernetes object", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("login", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    public async Task A_name_cannot_change_the_path(string name)
    {
        await using var api = await ScriptedApi.StartAsync();
        using var client = api.Client();
        await Assert.ThrowsAsync<ArgumentException>(() => client.ConfigMaps.ReadAsync("dify", name, Cancellation));
        Assert.Empty(api.Seen);
    }

    private static RequestDelegate Busy(int status, string retryAfter) => context =>
    {
        context.Response.Headers.RetryAfter = retryAfter;
        return ScriptedApi.WriteAsync(context, status, ScriptedApi.Status(status, "TooManyRequests", "slow down"));
    };
}
