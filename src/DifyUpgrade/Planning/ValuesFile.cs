namespace DifyUpgrade.Planning;

/// <summary>A values file as it was read. Its text may be secret: the record is never printed.</summary>
/// <param name="Named">The path that was named, absolute.</param>
/// <param name="Shown">Where it came from, for messages.</param>
/// <param name="Text">Its plain text.</param>
/// <param name="IsSecret">Whether every value in it is secret.</param>
/// <param name="IsOnDisk">Whether helm can read it where it was named.</param>
internal sealed record ValuesFile(string Named, string Shown, string Text, bool IsSecret, bool IsOnDisk)
{
    /// <summary>Nothing of the text.</summary>
    /// <returns>Where it came from.</returns>
    public override string ToString() => Shown;
}
