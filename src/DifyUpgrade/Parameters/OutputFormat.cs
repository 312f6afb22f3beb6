namespace DifyUpgrade.Parameters;

/// <summary>What a run prints.</summary>
public enum OutputFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One line of JSON per target on standard output, lines for people on standard error.</summary>
    Json,
}
