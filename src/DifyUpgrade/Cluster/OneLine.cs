namespace DifyUpgrade.Cluster;

/// <summary>Makes a foreign text fit for a message: without secrets, on one line, not endless.</summary>
internal static class OneLine
{
    private const int Limit = 600;

    /// <summary>Redacts first and cuts last, so that no half of a secret is left at the cut.</summary>
    /// <param name="text">What the cluster or a tool wrote.</param>
    /// <param name="redactor">Knows the secrets.</param>
    /// <returns>One line.</returns>
    public static string Of(string text, Redactor redactor)
    {
        var line = string.Join(' ', redactor.Redact(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Limit ? line : $"{line[..Limit]}…";
    }
}
