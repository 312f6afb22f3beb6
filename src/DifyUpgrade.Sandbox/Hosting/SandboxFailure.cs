namespace DifyUpgrade.Sandbox.Hosting;

/// <summary>An expected failure of a command: its message is all there is to say.</summary>
/// <param name="message">What was seen, and where.</param>
internal sealed class SandboxFailure(string message) : Exception(message);
