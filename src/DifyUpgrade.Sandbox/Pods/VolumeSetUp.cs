using DifyUpgrade.Sandbox.Pods.Volumes;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Sets a pod's volumes up, however often it has to try.</summary>
/// <param name="pod">The pod.</param>
internal sealed class VolumeSetUp(SimulatedPod pod)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(122);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(123);

    // How long the cluster waits for a driver to attach a volume.
    private static readonly TimeSpan AttachPatience = TimeSpan.FromSeconds(120);

    private TimeSpan _wait = First;
    private TimeSpan _waited;
    private TimeSpan _attaching;

    /// <summary>Tries.</summary>
    /// <param name="done">Told when all volumes are there.</param>
    public void Try(Action done)
    {
        var problems = pod.Volumes.SetUp();
        if (problems.Count == 0)
        {
            done();
            return;
        }

        foreach (var problem in problems.Where(problem => problem.Detached is null))
            pod.Warning("FailedMount", $"MountVolume.SetUp failed for volume \"{problem.Volume}\" : {problem.Why}");
        WaitForDriver(problems.Where(problem => problem.Detached is not null));
        if (_waited > Patience)
        {
            _waited = TimeSpan.Zero;
            pod.Warning("FailedMount", $"Unable to attach or mount volumes: unmounted volumes=[{string.Join(' ', problems.Select(problem => problem.Volume))}], unattached volumes=[], failed to process volumes=[]: context deadline exceeded");
        }

        _waited += _wait;
        _attaching += _wait;
        pod.After(_wait, () => Try(done));
        _wait = _wait * 2 < Longest ? _wait * 2 : Longest;
    }

    private void WaitForDriver(IEnumerable<VolumeProblem> detached)
    {
        if (_attaching < AttachPatience)
            return;
        _attaching = TimeSpan.Zero;
        foreach (var problem in detached)
            pod.Warning("FailedAttachVolume", $"AttachVolume.Attach failed for volume \"{problem.Detached}\" : {problem.Why}");
    }
}
