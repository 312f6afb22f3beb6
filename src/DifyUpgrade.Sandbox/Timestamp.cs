namespace DifyUpgrade.Sandbox;

/// <summary>Times as Kubernetes writes them.</summary>
internal static class Timestamp
{
    /// <summary>To the second, as in <c>metav1.Time</c>.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");

    /// <summary>To the microsecond, as in <c>metav1.MicroTime</c>.</summary>
    public static string Micro(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ");
}
