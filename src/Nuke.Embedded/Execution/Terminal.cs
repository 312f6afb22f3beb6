namespace Nuke.Common.Execution;

/// <summary>A person's shell, or any host that is not known by name.</summary>
public class Terminal : Host
{
    internal Terminal()
    {
    }
}
