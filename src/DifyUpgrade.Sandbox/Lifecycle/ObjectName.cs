namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>Which object of a kind.</summary>
/// <param name="Namespace">Its namespace; empty for a kind without one.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct ObjectName(string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
