using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods.Volumes;

/// <summary>The volumes of a pod on its node.</summary>
/// <param name="pod">The pod.</param>
internal sealed class PodVolumes(SimulatedPod pod)
{
    private readonly Dictionary<string, AtomicVolume> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileTree> _plain = new(StringComparer.Ordinal);
    private readonly PayloadReader _reader = new(pod);

    /// <summary>The ConfigMaps and Secrets that the volumes show.</summary>
    public IEnumerable<(ResourceType Type, string Name)> Sources => pod.Spec.Items("volumes")
        .SelectMany(volume => volume.Items("projected", "sources").Prepend(volume))
        .SelectMany(source => (IEnumerable<(ResourceType, string?)>)[(ResourceTypes.ConfigMaps, source.Text("configMap", "name")), (ResourceTypes.Secrets, source.Text("secret", "secretName") ?? source.Text("secret", "name"))])
        .Where(source => source.Item2 is not null).Select(source => (source.Item1, source.Item2!));

    /// <summary>Sets up what is not set up yet.</summary>
    /// <returns>The volumes that cannot be set up now, and why.</returns>
    public List<VolumeProblem> SetUp()
    {
        var problems = new List<VolumeProblem>();
        foreach (var volume in pod.Spec.Items("volumes"))
        {
            var name = volume.Text("name")!;
            if (_written.ContainsKey(name) || _plain.ContainsKey(name))
                continue;
            try
            {
                if (_reader.Read(volume) is { } payload)
                    _written[name] = new AtomicVolume(payload, volume["configMap"] is null, new FileOwner(0, Group), pod.Services.Time.Now);
                else
                    _plain[name] = Plain(volume);
            }
            catch (VolumeException problem)
            {
                problems.Add(new VolumeProblem(name, problem.Message, problem.Detached));
            }
        }

        return problems;
    }

    /// <summary>Takes over what has changed in ConfigMaps, Secrets and the pod; what has gone missing stays as it was.</summary>
    public void Refresh()
    {
        foreach (var volume in pod.Spec.Items("volumes").Where(volume => _written.ContainsKey(volume.Text("name")!)))
        {
            try
            {
                if (_reader.Read(volume) is { } payload)
                    _written[volume.Text("name")!].Update(payload, pod.Services.Time.Now);
            }
            catch (VolumeException)
            {
                // kubelet says so in an event and tries again; the files stay.
            }
        }
    }

    /// <summary>A mount of a container that starts now.</summary>
    /// <param name="mount">One of its <c>volumeMounts</c>.</param>
    /// <param name="subPath">Its <c>subPath</c>, expanded; empty for none.</param>
    public Mount MountOf(JsonObject mount, string subPath)
    {
        var (name, path) = (mount.Text("name")!, (mount.Text("mountPath") ?? "/").TrimEnd('/'));
        var volume = pod.Spec.Items("volumes").First(volume => volume.Text("name") == name);
        var root = $"/var/lib/kubelet/pods/{pod.Uid}/volumes/kubernetes.io~{KindOf(volume)}/{name}";
        subPath = subPath.Trim('/');
        if (_written.TryGetValue(name, out var written))
            return Written(written, path, subPath, volume["configMap"] is null, root);
        var from = subPath.Length == 0 ? "" : $"/{subPath}";
        var tree = _plain[name];
        if (tree.Find(from) is null)
            tree.Put(from, new FolderNode(0b111_101_000, new FileOwner(0, Group), pod.Services.Time.Now));
        var isMemory = volume.Text("emptyDir", "medium") == "Memory";
        return new Mount(path, tree) { From = from, ReadOnly = mount.Flag("readOnly") || volume.Flag("persistentVolumeClaim", "readOnly"), Root = isMemory ? "/" : root + from, Kind = isMemory ? "tmpfs" : "ext4", Device = isMemory ? "tmpfs" : "/dev/vda1" };
    }

    private long Group => pod.Spec.Number("securityContext", "fsGroup") ?? 0;

    // What kubelet writes is never to be written by others. A subPath is what lies there now: it is not refreshed, and
    // where nothing lies, kubelet makes a folder.
    private Mount Written(AtomicVolume volume, string path, string subPath, bool isMemory, string root)
    {
        var real = volume.RealPath(subPath);
        var tree = subPath.Length == 0 ? volume.Tree : volume.Tree.Snapshot(real) ?? new FileTree(new FolderNode(0b111_101_000, volume.Owner, pod.Services.Time.Now));
        var inside = subPath.Length == 0 ? "" : real;
        return new Mount(path, tree)
        {
            ReadOnly = true,
            Kind = isMemory ? "tmpfs" : "ext4",
            Device = isMemory ? "tmpfs" : "/dev/vda1",
            Root = isMemory ? (inside.Length == 0 ? "/" : inside) : root + inside,
        };
    }

    private FileTree Plain(JsonObject volume)
    {
        var services = pod.Services;
        if (volume["hostPath"] is JsonObject host)
            return services.SharedTree($"{pod.Node}:{host.Text("path")}");
        if (volume["persistentVolumeClaim"] is not JsonObject claim)
            return NodeServices.NewTree(services.Time.Now);
        var (space, name) = (pod.Body.Text("metadata", "namespace") ?? "", claim.Text("claimName") ?? "");
        var found = services.Store.Get(ResourceTypes.PersistentVolumeClaims, space, name)
            ?? throw new VolumeException($"error processing PVC {space}/{name}: failed to fetch PVC from API server: persistentvolumeclaims \"{name}\" not found");
        MustBeAttached(found.Body.Text("spec", "volumeName") ?? "");
        return services.SharedTree(found.Uid);
    }

    private void MustBeAttached(string volume)
    {
        if (pod.Services.Store.Get(ResourceTypes.PersistentVolumes, "", volume) is { } found && CloudDisk.WhyDetached(found.Body) is { } why)
            throw new VolumeException(why) { Detached = volume };
    }

    private static string KindOf(JsonObject volume) => volume switch
    {
        _ when volume["configMap"] is not null => "configmap",
        _ when volume["secret"] is not null => "secret",
        _ when volume["projected"] is not null => "projected",
        _ when volume["downwardAPI"] is not null => "downward-api",
        _ when volume["emptyDir"] is not null => "empty-dir",
        _ => "csi",
    };
}
