namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Who changes an object, and how.</summary>
/// <param name="Manager">The field manager's name.</param>
/// <param name="Force">Whether server-side apply takes fields from other managers instead of refusing.</param>
/// <param name="Now">The time to note.</param>
internal sealed record ApplyOptions(string Manager, bool Force, DateTimeOffset Now)
{
    /// <summary>The subresource that is changed, such as <c>status</c>; null for the object itself.</summary>
    public string? Subresource { get; init; }
}
