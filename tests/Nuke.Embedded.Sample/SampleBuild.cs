using Nuke.Common;
using Nuke.Common.Tooling;
using Serilog;

namespace Nuke.Embedded.Sample;

/// <summary>A build that tests start as a program of its own: to interrupt it, to answer its questions, to complete its command line.</summary>
internal sealed class SampleBuild : NukeBuild
{
    [Parameter("Token of the registry")][Secret] private readonly string? Token;
    [Parameter("How many")] private readonly int? Count;
    [Parameter("Names to greet")] private readonly string[] Names = [];
    [Parameter("How loud")] private readonly Volume Volume;
    [Parameter] private readonly bool Dry;

    public static int Main() => Execute<SampleBuild>(build => build.Hello);

    private Target Hello => _ => _
        .Description("Greets")
        .Executes(() => Log.Information("Hello {Names} {Volume} {Dry}", Names, Volume, Dry));

    private Target Login => _ => _
        .Requires(() => Token)
        .Requires(() => Count)
        .Executes(() => Log.Information("Logged in {Count} times with {Length} letters: {Token}", Count, Token!.Length, Token));

    private Target Wait => _ => _
        .Description("Waits until it is interrupted")
        .Triggers(Undo)
        .Executes(async () =>
        {
            Log.Information("waiting");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Interrupt.Token);
        });

    private Target WaitForTool => _ => _
        .Triggers(Undo)
        .Executes(() =>
        {
            using var tool = ProcessTasks.StartProcess("sh", "-c \"echo waiting; sleep 60 & wait\"");
            tool.AssertZeroExitCode();
        });

    private Target Deaf => _ => _
        .Triggers(Undo)
        .Executes(async () =>
        {
            Log.Information("waiting");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
        });

    private Target Later => _ => _
        .After(Wait, WaitForTool, Deaf)
        .Executes(() => Log.Information("ran later"));

    private Target Undo => _ => _
        .Unlisted()
        .AssuredAfterFailure()
        .Executes(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Interrupt.Token);
            Log.Information("undone");
        });
}

internal enum Volume
{
    Low,
    High,
}
