namespace DifyUpgrade.Diagnosis;

/// <summary>A cause that was recognised.</summary>
/// <param name="Name">Its short name, the same in every run: for the report and for those who count.</param>
/// <param name="Seen">What was seen, as a sentence without a full stop.</param>
/// <param name="Where">The object it was seen in.</param>
/// <param name="Remedy">What to type next.</param>
internal sealed record Cause(string Name, string Seen, string Where, string Remedy)
{
    /// <summary>The cause as a finding that ends the run.</summary>
    /// <returns>The finding.</returns>
    public Finding ToFinding() => Finding.Error(Seen, Where, Remedy);
}
