using DifyUpgrade.Cluster;

namespace DifyUpgrade.Permissions;

/// <summary>A right that a run needs.</summary>
/// <param name="Need">The right.</param>
/// <param name="Optional">Whether the run can do without, and then only sees less.</param>
internal sealed record RunRight(AccessNeed Need, bool Optional = false);
