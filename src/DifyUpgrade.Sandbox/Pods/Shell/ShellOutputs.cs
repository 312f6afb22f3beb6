using DifyUpgrade.Sandbox.Pods.Files;
using DifyUpgrade.Sandbox.Pods.Programs;

namespace DifyUpgrade.Sandbox.Pods.Shell;

/// <summary>Where a command's input comes from and its output goes.</summary>
/// <param name="context">The shell's files.</param>
internal sealed class ShellOutputs(ProgramContext context)
{
    private readonly Dictionary<bool, Target> _targets = new() { [false] = new Target(null, ToError: false), [true] = new Target(null, ToError: true) };

    /// <summary>What the command reads, where that was redirected.</summary>
    public ReadOnlyMemory<byte>? Input { get; private set; }

    /// <summary>Takes a redirection in.</summary>
    /// <returns>A complaint where it cannot be done.</returns>
    public string? Redirect(string redirection, string path)
    {
        try
        {
            switch (redirection)
            {
                case "<":
                    Input = context.Files.Read(context.PathOf(path), context.User);
                    break;
                case "2>&1":
                    _targets[true] = _targets[false];
                    break;
                case ">&2" or "1>&2":
                    _targets[false] = _targets[true];
                    break;
                case ">&1":
                    break;
                case "&>":
                    _targets[false] = _targets[true] = Open(path, append: false);
                    break;
                default:
                    _targets[redirection[0] == '2'] = Open(path, redirection.EndsWith(">>", StringComparison.Ordinal));
                    break;
            }

            return null;
        }
        catch (FileError error)
        {
            var isMissing = error.Message.StartsWith("No such", StringComparison.Ordinal);
            return redirection == "<"
                ? $"sh: can't open {path}: {(isMissing ? "no such file" : error.Message)}"
                : $"sh: can't create {path}: {(isMissing ? "nonexistent directory" : error.Message)}";
        }
    }

    /// <summary>Puts what a step writes where it belongs.</summary>
    /// <returns>What is left of the step for others to see.</returns>
    public ProgramStep? Route(ProgramStep step)
    {
        if (step is not Write write)
            return step;
        var target = _targets[write.ToError];
        if (target.Content is null)
            return write with { ToError = target.ToError };
        target.Content.Write(write.Bytes.Span);
        return null;
    }

    /// <summary>Writes the files.</summary>
    public void Flush()
    {
        foreach (var target in _targets.Values.Where(target => target is { Content: not null, Path: not null }).Distinct())
            context.Files.Write(target.Path!, target.Content!.ToArray(), context.User, context.Time.GetUtcNow());
    }

    private Target Open(string path, bool append)
    {
        var full = context.PathOf(path);
        if (full is "/dev/null" or "/dev/stdout" or "/dev/stderr" or "/proc/1/fd/1" or "/proc/1/fd/2")
            return full == "/dev/null" ? new Target(null, ToError: false, new MemoryStream()) : new Target(null, full.EndsWith("err", StringComparison.Ordinal) || full[^1] == '2');
        var content = new MemoryStream();
        if (append && context.Files.Exists(full))
            content.Write(context.Files.Read(full, context.User).Span);
        context.Files.Write(full, content.ToArray(), context.User, context.Time.GetUtcNow());
        return new Target(full, ToError: false, content);
    }

    private sealed record Target(string? Path, bool ToError, MemoryStream? Content = null);
}
