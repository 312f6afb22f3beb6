using System.Runtime.ExceptionServices;

namespace DifyUpgrade.Helm;

/// <summary>
/// Takes helm's lines as they come, redacts them and hands them on. stdout and stderr arrive on two threads; the listener sees one
/// line at a time.
/// </summary>
internal sealed class HelmLines
{
    private readonly Lock _gate = new();
    private readonly Redactor _redactor;
    private readonly Action<string>? _listener;
    private readonly Action<string> _permissionWarning;
    private readonly List<string> _errors = [];
    private ExceptionDispatchInfo? _listenerFailure;

    /// <summary>Creates the receiver of one command's lines.</summary>
    /// <param name="redactor">Takes the secrets out.</param>
    /// <param name="listener">Gets every line; null when nobody listens.</param>
    /// <param name="permissionWarning">Gets helm's warnings about the kubeconfig's permissions, which go nowhere else.</param>
    public HelmLines(Redactor redactor, Action<string>? listener, Action<string> permissionWarning)
    {
        _redactor = redactor;
        _listener = listener;
        _permissionWarning = permissionWarning;
    }

    /// <summary>The redacted lines of stderr so far.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_gate)
                return [.. _errors];
        }
    }

    /// <summary>Takes a line of stdout.</summary>
    /// <param name="line">The line.</param>
    public void Output(string line)
    {
        lock (_gate)
            HandOn(_redactor.Redact(line));
    }

    /// <summary>Takes a line of stderr.</summary>
    /// <param name="line">The line.</param>
    public void Error(string line)
    {
        var redacted = _redactor.Redact(line);
        lock (_gate)
        {
            if (IsPermissionWarning(redacted))
            {
                _permissionWarning(redacted);
                return;
            }

            _errors.Add(redacted);
            HandOn(redacted);
        }
    }

    /// <summary>Throws what the listener threw, if it did.</summary>
    public void ThrowListenerFailure() => _listenerFailure?.Throw();

    private static bool IsPermissionWarning(string line) =>
        line.StartsWith("WARNING: Kubernetes configuration file is ", StringComparison.Ordinal)
        && line.Contains("-readable. This is insecure.", StringComparison.Ordinal);

    private void HandOn(string line)
    {
        if (_listener is null || _listenerFailure is not null)
            return;

        try
        {
            _listener(line);
        }
#pragma warning disable CA1031 // If it went up from here the pipe would close, and helm would die of SIGPIPE in mid-upgrade; it is thrown once helm has ended.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _listenerFailure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}
