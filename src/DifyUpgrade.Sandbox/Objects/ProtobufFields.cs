using System.Collections.Concurrent;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>
/// The numbers of the fields of Kubernetes' protobuf messages, out of <c>generated.proto</c> of k8s.io/api and
/// k8s.io/apimachinery. A message embedded in another (<c>+</c>) is part of the same JSON object.
/// </summary>
internal static class ProtobufFields
{
    private const string Resource = "protobuf-fields.txt";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Lines = new(ReadLines);
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<int, string>> Known = new(StringComparer.Ordinal);

    /// <summary>All messages.</summary>
    public static IEnumerable<string> Messages => Lines.Value.Keys;

    /// <summary>The names of a message's fields by their numbers; none for a message that is not in the table.</summary>
    public static IReadOnlyDictionary<int, string> Of(string message) => Known.GetOrAdd(message, ReadFields);

    private static Dictionary<int, string> ReadFields(string message) => Lines.Value.GetValueOrDefault(message, "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')).ToDictionary(field => int.Parse(field[1]), field => field[0]);

    private static Dictionary<string, string> ReadLines()
    {
        using var stream = typeof(ProtobufFields).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2)).ToDictionary(line => line[0], line => line[1]);
    }
}
