namespace Nuke.Common;

/// <summary>Tells the running target that Ctrl-C was pressed or SIGTERM came. Nuke has nothing like it.</summary>
public static class Interrupt
{
    /// <summary>
    /// Cancelled when the run is interrupted. To be read when a target starts: one that runs all the same
    /// (<see cref="ITargetDefinition.AssuredAfterFailure"/>) gets a new one.
    /// </summary>
    public static CancellationToken Token => Session.Current.Interruption.Token;
}
