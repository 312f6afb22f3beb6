using System.Text;

namespace DifyUpgrade.Releases.Locking;

/// <summary>Tells whether two runs see the same processes and the same clock: then one can know that the other is dead.</summary>
internal static class MachineIdentity
{
    private const int Digits = 16;

    /// <summary>This machine since its last start; in a container, this container.</summary>
    public static string Here { get; } = ContentHash.Of(Encoding.UTF8.GetBytes(string.Join('\n', Environment.MachineName, BootId(), ProcessNamespace())))[..Digits];

    private static string BootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id");
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string ProcessNamespace()
    {
        try
        {
            return new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
