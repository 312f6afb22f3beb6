namespace DifyUpgrade;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing to do.</summary>
    Information,

    /// <summary>Probably not what was meant; the run goes on.</summary>
    Warning,

    /// <summary>The stage ends with this.</summary>
    Error,
}

/// <summary>Something a check saw: what, where, and what to do about it.</summary>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Seen">What was seen, as a sentence without a full stop.</param>
/// <param name="Where">The file (with line and column where known), object or parameter it was seen in.</param>
/// <param name="Remedy">What to type or change next.</param>
public sealed record Finding(Severity Severity, string Seen, string Where, string Remedy)
{
    /// <summary>A finding that ends the stage.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="where">Where it was seen.</param>
    /// <param name="remedy">What to type or change next.</param>
    /// <returns>The finding.</returns>
    public static Finding Error(string seen, string where, string remedy) => new(Severity.Error, seen, where, remedy);

    /// <summary>A finding that the run goes on after.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="where">Where it was seen.</param>
    /// <param name="remedy">What to type or change next.</param>
    /// <returns>The finding.</returns>
    public static Finding Warning(string seen, string where, string remedy) => new(Severity.Warning, seen, where, remedy);

    /// <summary>A finding that asks for nothing.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="where">Where it was seen.</param>
    /// <param name="remedy">What could be done, or that nothing need be.</param>
    /// <returns>The finding.</returns>
    public static Finding Information(string seen, string where, string remedy) => new(Severity.Information, seen, where, remedy);
}
