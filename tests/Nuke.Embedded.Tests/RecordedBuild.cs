using Nuke.Common;

namespace Nuke.Embedded.Tests;

/// <summary>A build that remembers which targets ran.</summary>
internal abstract class RecordedBuild : NukeBuild
{
    protected internal override void OnTargetRunning(string target) => BuildRunner.Calls.Add(target);

    protected static void Work()
    {
    }
}
