using System.Text;
using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Images;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Sets up what a container's program finds, and finds the program.</summary>
/// <param name="pod">The pod.</param>
/// <param name="spec">The container's part of the pod's spec.</param>
/// <param name="image">Its image.</param>
internal sealed class ContainerStart(SimulatedPod pod, JsonObject spec, ContainerImage image)
{
    private const long SmallProgram = 1 << 20;

    /// <summary>The environment.</summary>
    /// <exception cref="ContainerStartException">Something the spec refers to is missing.</exception>
    public IReadOnlyDictionary<string, string> Environment() => new ContainerEnvironment(pod, spec).Read(image.Environment);

    /// <summary>What the program finds.</summary>
    /// <exception cref="ContainerStartException">The container's user is not allowed, or a mount cannot be made.</exception>
    public ProgramContext Prepare(IReadOnlyDictionary<string, string> environment)
    {
        var user = User();
        var arguments = Arguments(environment);
        ContainerFiles? files = null;
        var system = SystemMounts.Of(pod, spec.Text("name")!, arguments, () => files!);
        try
        {
            files = new ContainerFiles(image.Files, [.. system, .. Mounts(environment)], spec.Flag("securityContext", "readOnlyRootFilesystem"));
        }
        catch (FileError error)
        {
            throw ContainerStartException.Runtime($"error during container init: {error.Message}");
        }

        var home = new UserNames(files).Home(user.User) ?? "/";
        return new ProgramContext(arguments)
        {
            Files = files,
            Environment = environment.ContainsKey("HOME") ? environment : new Dictionary<string, string>(environment) { ["HOME"] = home },
            User = user,
            Folder = spec.Text("workingDir") ?? image.WorkingFolder,
            Time = pod.Services.Time.Real,
        };
    }

    /// <summary>The program.</summary>
    /// <exception cref="ContainerStartException">The image has no such program.</exception>
    public IEnumerable<ProgramStep> Program(ProgramContext context)
    {
        if (RunsItself(context))
            return image.Program(context);
        return (image.HasShell ? ProgramTable.Find(context) : null) ?? throw ContainerStartException.Runtime(NoProgram(context.Arguments[0]));
    }

    /// <summary>Whether the program takes more memory than the container may have.</summary>
    public bool IsTooLarge(ProgramContext context)
    {
        var limit = Quantity.Of(spec.At("resources", "limits", "memory"));
        return limit > 0 && limit < (RunsItself(context) ? image.Memory : SmallProgram);
    }

    /// <summary>What the runtime says of a program that is not there.</summary>
    public static string NoProgram(string name) => name.StartsWith('/')
        ? $"exec: \"{name}\": stat {name}: no such file or directory"
        : $"exec: \"{name}\": executable file not found in $PATH";

    private bool RunsItself(ProgramContext context) => context.Arguments.Take(image.Entrypoint.Count).SequenceEqual(image.Entrypoint);

    private IReadOnlyList<string> Arguments(IReadOnlyDictionary<string, string> environment)
    {
        var command = Texts("command", environment);
        var arguments = Texts("args", environment);
        return command is null ? [.. image.Entrypoint, .. arguments ?? image.Arguments] : [.. command, .. arguments ?? []];
    }

    private List<string>? Texts(string field, IReadOnlyDictionary<string, string> environment) =>
        spec[field] is JsonArray { Count: > 0 } texts ? [.. texts.Select(text => ContainerEnvironment.Expand(text?.GetValue<string>() ?? "", environment))] : null;

    private FileOwner User()
    {
        var own = spec["securityContext"];
        var all = pod.Spec["securityContext"];
        var user = own.Number("runAsUser") ?? all.Number("runAsUser") ?? image.User.User;
        var mustNotBeRoot = own.At("runAsNonRoot") is not null ? own.Flag("runAsNonRoot") : all.Flag("runAsNonRoot");
        if (mustNotBeRoot && user == 0)
            throw ContainerStartException.Config($"container has runAsNonRoot and image will run as root (pod: \"{pod.FullName}\", container: {spec.Text("name")})");
        return new FileOwner(user, own.Number("runAsGroup") ?? all.Number("runAsGroup") ?? (user == image.User.User ? image.User.Group : 0));
    }

    private IEnumerable<Mount> Mounts(IReadOnlyDictionary<string, string> environment)
    {
        var count = 0;
        foreach (var wanted in spec.Items("volumeMounts").OrderBy(mount => mount.Text("mountPath")?.Count(c => c == '/')))
        {
            var subPath = wanted.Text("subPath") ?? ContainerEnvironment.Expand(wanted.Text("subPathExpr") ?? "", environment);
            var mount = pod.Volumes.MountOf(wanted, subPath);
            MustFit(mount, wanted, count++);
            yield return mount;
        }
    }

    // A file goes over a file and a folder over a folder; the runtime finds out when it is too late.
    private void MustFit(Mount mount, JsonObject wanted, int number)
    {
        var isFolder = mount.Tree.Find(mount.From) is FolderNode;
        if (image.Files.Find(mount.Path) is not { } below || below is FolderNode == isFolder)
            return;
        var source = $"/var/lib/kubelet/pods/{pod.Uid}/volume-subpaths/{wanted.Text("name")}/{spec.Text("name")}/{number}";
        throw ContainerStartException.Runtime(new StringBuilder()
            .Append("error during container init: error mounting \"").Append(source).Append("\" to rootfs at \"").Append(mount.Path).Append("\": mount ")
            .Append(source).Append(':').Append(mount.Path).Append(" (via /proc/self/fd/6), flags: 0x5001: not a directory").ToString());
    }
}
