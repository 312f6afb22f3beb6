namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>What a benchmark came to.</summary>
/// <param name="Part">The part of the project.</param>
/// <param name="Name">The benchmark.</param>
/// <param name="Title">What was measured, in words.</param>
/// <param name="Series">The runs of each way; empty if nothing was measured.</param>
/// <param name="Targets">What it was to be.</param>
/// <param name="NotMeasured">Why nothing was measured; null if it was.</param>
internal sealed record Figure(string Part, string Name, string Title, IReadOnlyList<Series> Series, IReadOnlyList<Verdict> Targets, string? NotMeasured);
