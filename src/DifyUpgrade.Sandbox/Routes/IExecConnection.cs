using DifyUpgrade.Sandbox.Pods;

namespace DifyUpgrade.Sandbox.Routes;

/// <summary>A connection that was taken over for a command, in whichever protocol.</summary>
internal interface IExecConnection : IDisposable
{
    /// <summary>The command's streams.</summary>
    ExecStreams Streams();

    /// <summary>Runs a command, and says in the end how it ended.</summary>
    Task RunAsync(Func<CancellationToken, Task<ExecResult>> command);
}
