namespace Nuke.Common.Execution;

/// <summary>A CI server without a language of its own that this engine would speak: plain lines, no questions.</summary>
internal sealed class PlainServer : Host, IBuildServer
{
    string? IBuildServer.Branch => null;

    string? IBuildServer.Commit => null;
}
