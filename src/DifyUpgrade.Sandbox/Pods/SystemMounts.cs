using System.Text;
using DifyUpgrade.Sandbox.Pods.Files;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>What kubelet and the runtime mount into every container beside its volumes.</summary>
internal static class SystemMounts
{
    private const int Readable = 0b100_100_100;

    private static readonly string BootId = Guid.NewGuid().ToString();

    /// <summary>The mounts.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="arguments">What it runs.</param>
    /// <param name="files">The container's files, asked for once they are there.</param>
    public static IEnumerable<Mount> Of(SimulatedPod pod, string container, IReadOnlyList<string> arguments, Func<ContainerFiles> files)
    {
        var at = pod.Services.Time.Now;
        var folder = $"/var/lib/kubelet/pods/{pod.Uid}";
        return
        [
            new Mount("/proc", Processes(arguments, files, at)) { Kind = "proc", Device = "proc", Options = "nosuid,nodev,noexec,relatime" },
            new Mount("/dev/shm", NodeServices.NewTree(at)) { Kind = "tmpfs", Device = "shm", Options = "nosuid,nodev,noexec,relatime", SuperOptions = "rw,size=65536k" },
            new Mount("/sys", NodeServices.NewTree(at)) { Kind = "sysfs", Device = "sysfs", ReadOnly = true, Options = "nosuid,nodev,noexec,relatime", SuperOptions = "ro" },
            Single("/etc/hosts", Hosts(pod), at, $"{folder}/etc-hosts"),
            Single("/etc/hostname", $"{pod.Body.Text("metadata", "name")}\n", at, $"/var/lib/containerd/sandboxes/{pod.Uid}/hostname"),
            Single("/etc/resolv.conf", $"search {pod.Body.Text("metadata", "namespace")}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n", at, $"/var/lib/containerd/sandboxes/{pod.Uid}/resolv.conf"),
            Single("/dev/termination-log", "", at, $"{folder}/containers/{container}/termination-log", 0b110_110_110),
        ];
    }

    private static Mount Single(string path, string text, DateTimeOffset at, string root, int mode = 0b110_100_100) =>
        new(path, new FileTree(ContentNode.Of(Encoding.UTF8.GetBytes(text), mode, FileOwner.Root, at))) { Root = root };

    private static string Hosts(SimulatedPod pod) =>
        $"# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n{pod.Address}\t{pod.Body.Text("metadata", "name")}\n";

    private static FileTree Processes(IReadOnlyList<string> arguments, Func<ContainerFiles> files, DateTimeOffset at)
    {
        var tree = NodeServices.NewTree(at);
        tree.Put("/mounts", File(() => MountTable.Short(files())));
        tree.Put("/self/mounts", File(() => MountTable.Short(files())));
        tree.Put("/self/mountinfo", File(() => MountTable.Long(files())));
        tree.Put("/1/mountinfo", File(() => MountTable.Long(files())));
        tree.Put("/1/cmdline", File(() => Encoding.UTF8.GetBytes(string.Concat(arguments.Select(argument => argument + "\0")))));
        tree.Put("/sys/kernel/random/boot_id", File(() => Encoding.UTF8.GetBytes(BootId + "\n")));
        tree.Put("/version", File(() => "Linux version 6.1.0-sandbox\n"u8.ToArray()));
        return tree;

        ContentNode File(Func<byte[]> content) => new(() => content(), Readable, FileOwner.Root, at);
    }
}
