using System.Globalization;
using DifyUpgrade.Benchmarks.Clusters;
using DifyUpgrade.Benchmarks.Measuring;
using k8s;
using k8s.Models;

namespace DifyUpgrade.Benchmarks.Sandbox;

/// <summary>Whether lists and watches cost what they bring, and not what else there is.</summary>
/// <param name="settings">Name the program.</param>
internal sealed class ListBenchmark(BenchmarkSettings settings) : Benchmark
{
    private const int Few = 1000;
    private const int Many = 8000;
    private const int Repeats = 50;

    public override string Part => "sandbox";

    public override string Name => "lists";

    public override string Title => "lists and watches of ConfigMaps in the sandbox";

    public override IReadOnlyList<Target> Targets { get; } =
    [
        new("an object in a list of 8,000 against one of 1,000", Bound.AtMost, 1.5, "times", series => series[1].Median / Many / (series[0].Median / Few)),
        new("a change seen by a watch, 9,000 objects there against 1,000", Bound.AtMost, 1.5, "times", series => series[3].Median / series[2].Median),
        new("a list of 10, 9,000 elsewhere against none", Bound.AtMost, 1.5, "times", series => series[5].Median / series[4].Median),
    ];

    public override async Task<IReadOnlyList<Series>> MeasureAsync(Rounds rounds, CancellationToken cancellation)
    {
        await using var sandbox = await SandboxProcess.StartAsync(settings, 10, cancellation);
        using var client = sandbox.Connect();
        await FillAsync(client, "ten", 10, cancellation);
        var alone = await ListAsync(rounds, client, "ten", cancellation);
        await FillAsync(client, "few", Few, cancellation);
        var few = await ListAsync(rounds, client, "few", cancellation);
        var changeAmongFew = await ChangeAsync(rounds, client, "few", cancellation);
        await FillAsync(client, "many", Many, cancellation);
        var many = await ListAsync(rounds, client, "many", cancellation);
        var changeAmongMany = await ChangeAsync(rounds, client, "few", cancellation);
        var beside = await ListAsync(rounds, client, "ten", cancellation);
        return
        [
            Of("list of 1,000", "GET configmaps", few),
            Of("list of 8,000", "GET configmaps", many),
            Of("change among 1,000", "PATCH configmap, seen by a watch", changeAmongFew),
            Of("change among 9,000", "PATCH configmap, seen by a watch", changeAmongMany),
            Of("list of 10 alone", "GET configmaps", alone),
            Of("list of 10 beside 9,000", "GET configmaps", beside),
        ];
    }

    private static Series Of(string name, string command, IEnumerable<double> seconds) => new(name, command, "ms", [.. seconds.Select(value => Math.Round(value * 1000, 3))]);

    private static async Task FillAsync(Kubernetes client, string space, int count, CancellationToken cancellation)
    {
        await client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = space } }, cancellationToken: cancellation);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (number, token) =>
        {
            var item = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = $"item-{number:d5}" }, Data = new Dictionary<string, string> { ["value"] = "some text" } };
            await client.CoreV1.CreateNamespacedConfigMapAsync(item, space, cancellationToken: token);
        });
    }

    // The bytes alone: what the client makes of them is not the sandbox's.
    private static async Task<List<double>> ListAsync(Rounds rounds, Kubernetes client, string space, CancellationToken cancellation)
    {
        var address = new Uri(client.BaseUri, $"api/v1/namespaces/{space}/configmaps");
        List<double> seconds = [];
        for (var repeat = 0; repeat <= Repeats; repeat++)
            seconds.Add(await rounds.SecondsAsync(() => ReadAsync(client, address, cancellation)));
        return seconds[1..];
    }

    private static async Task ReadAsync(Kubernetes client, Uri address, CancellationToken cancellation)
    {
        using var request = await RequestAsync(client, address, cancellation);
        using var answer = await client.HttpClient.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<List<double>> ChangeAsync(Rounds rounds, Kubernetes client, string space, CancellationToken cancellation)
    {
        var list = await client.CoreV1.ListNamespacedConfigMapAsync(space, limit: 1, cancellationToken: cancellation);
        using var request = await RequestAsync(client, new Uri(client.BaseUri, $"api/v1/namespaces/{space}/configmaps?watch=1&resourceVersion={list.Metadata.ResourceVersion}"), cancellation);
        using var answer = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var lines = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellation));
        List<double> seconds = [];
        for (var repeat = 0; repeat <= Repeats; repeat++)
        {
            var change = new V1Patch(new V1ConfigMap { Data = new Dictionary<string, string> { ["value"] = repeat.ToString(CultureInfo.InvariantCulture) + " beside " + space } }, V1Patch.PatchType.MergePatch);
            seconds.Add(await rounds.SecondsAsync(() => Task.WhenAll(
                client.CoreV1.PatchNamespacedConfigMapAsync(change, "item-00000", space, cancellationToken: cancellation),
                lines.ReadLineAsync(cancellation).AsTask())));
        }

        return seconds[1..];
    }

    private static async Task<HttpRequestMessage> RequestAsync(Kubernetes client, Uri address, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        await client.Credentials.ProcessHttpRequestAsync(request, cancellation);
        return request;
    }
}
