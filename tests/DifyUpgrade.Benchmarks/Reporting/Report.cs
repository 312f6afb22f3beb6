using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DifyUpgrade.Benchmarks.Measuring;

namespace DifyUpgrade.Benchmarks.Reporting;

/// <summary>The figures, with what they were measured on.</summary>
/// <param name="Machine">Where and with what.</param>
/// <param name="Measured">When.</param>
/// <param name="Figures">What came out.</param>
internal sealed record Report(Machine Machine, DateTimeOffset Measured, IReadOnlyList<Figure> Figures)
{
    // For people as well: names of commands keep their quotes and signs.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes everything, each run included: <c>benchmark.json</c>, and for people <c>benchmark.md</c> with <c>benchmark.svg</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When written.</returns>
    public async Task SaveAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "benchmark.json"), JsonSerializer.Serialize(this, Readable) + "\n", cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "benchmark.svg"), Plot.Draw(Figures) + "\n", cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "benchmark.md"), Tables.Markdown(this), cancellation);
    }
}
