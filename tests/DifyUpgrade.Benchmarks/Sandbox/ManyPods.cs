namespace DifyUpgrade.Benchmarks.Sandbox;

/// <summary>The chart with many pods.</summary>
internal static class ManyPods
{
    /// <summary>Values with many pods of the api; a quarter of them is replaced at a time, as Kubernetes does if not told otherwise.</summary>
    /// <param name="pods">How many.</param>
    /// <param name="readyAfter">How many seconds of pod time a new one takes to be ready.</param>
    /// <returns>YAML.</returns>
    public static string Values(int pods, int readyAfter = 20) => $"""
        api:
          replicas: {pods}
          updateStrategy:
            rollingUpdate:
              maxSurge: 25%
              maxUnavailable: 25%
          readinessProbe:
            initialDelaySeconds: {readyAfter}
        """;
}
