namespace DifyUpgrade.Sandbox.Pods.Images;

/// <summary>Where images listen that people use beside Dify's.</summary>
internal static class WellKnownPorts
{
    private static readonly Dictionary<string, int[]> Ports = new(StringComparer.Ordinal)
    {
        ["nginx"] = [80, 8080],
        ["httpd"] = [80],
        ["weaviate"] = [8080, 50051],
        ["qdrant"] = [6333, 6334],
        ["milvus"] = [19530],
        ["dify-sandbox"] = [8194],
        ["dify-plugin-daemon"] = [5002, 5003],
        ["squid"] = [3128],
        ["postgres"] = [5432],
        ["postgresql"] = [5432],
        ["mysql"] = [3306],
        ["redis"] = [6379],
        ["valkey"] = [6379],
    };

    private static readonly string[] SpeakNoHttp = ["postgres", "postgresql", "mysql", "redis", "valkey", "milvus", "squid"];

    /// <summary>The ports of an image, by the last part of its name.</summary>
    public static IReadOnlyList<int> Of(string image) => Ports.GetValueOrDefault(image, []);

    /// <summary>Whether it answers HTTP there.</summary>
    public static bool SpeaksHttp(string image) => !SpeakNoHttp.Contains(image);
}
