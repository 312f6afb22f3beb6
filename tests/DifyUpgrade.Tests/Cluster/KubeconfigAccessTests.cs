using DifyUpgrade.Cluster;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class KubeconfigAccessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubeconfig");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_credential_plugin_beside_the_kubeconfig_is_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the plugin is a shell script");
        var plugin = Path.Combine(_folder.FullName, "plugin.sh");
        await File.WriteAllTextAsync(plugin, """
            #!/bin/sh
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"from-plugin"}}'
            """, Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal("Bearer from-plugin", await AuthorizationOf("{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin.sh}}"));
    }

    [Fact]
    public async Task A_token_file_is_read()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "token"), "from-file\n", Cancellation);
        Assert.Equal("Bearer from-file", await AuthorizationOf("{tokenFile: token}"));
    }

    [Fact]
    public async Task A_name_and_password_are_sent() =>
        Assert.Equal("Basic YWxpY2U6d29uZGVy", await AuthorizationOf("{username: alice, password: wonder}"));

    private async Task<string> AuthorizationOf(string user)
    {
        await using var api = await ScriptedApi.StartAsync();
        api.On("GET /version", 200, """{"gitVersion":"v1.30.2"}""");
        var path = Path.Combine(_folder.FullName, "config");
        await File.WriteAllTextAsync(path, $$"""
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: u} }]
            clusters: [{name: c, cluster: {server: "{{api.Address}}"} }]
            users: [{name: u, user: {{user}} }]
            """, Cancellation);
        using var client = ClusterClient.Create(
            KubeconfigReader.Resolve(path, null, KubeconfigEnvironment.Machine), Redactor.None, TimeProvider.System);
        Assert.Equal("v1.30.2", await client.ServerVersionAsync(Cancellation));
        return Assert.Single(api.Seen).Authorization;
    }
}
