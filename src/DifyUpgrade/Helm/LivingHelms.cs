using System.ComponentModel;
using System.Diagnostics;

namespace DifyUpgrade.Helm;

/// <summary>Looks for helm processes on this machine: a killed build may have left one behind that goes on.</summary>
internal static class LivingHelms
{
    /// <summary>A helm for a namespace that was started in a span of time and has not ended.</summary>
    /// <param name="program">The program; only the name of its file counts, since the other run may have had another copy.</param>
    /// <param name="space">The namespace, as it stands in its command line.</param>
    /// <param name="from">Not before.</param>
    /// <param name="until">Not after.</param>
    /// <returns>Its process id; null when there is none.</returns>
    public static int? Find(string program, string space, DateTimeOffset from, DateTimeOffset until)
    {
        foreach (var process in Process.GetProcessesByName(Path.GetFileNameWithoutExtension(program)))
        {
            using (process)
            {
                if (IsAlive(process, from, until) && Mentions(process.Id, space))
                    return process.Id;
            }
        }

        return null;
    }

    private static bool IsAlive(Process process, DateTimeOffset from, DateTimeOffset until)
    {
        try
        {
            var started = new DateTimeOffset(process.StartTime.ToUniversalTime());
            return started >= from && started <= until && !process.HasExited && !IsZombie(process.Id);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    // Where the command line cannot be read it may be the one.
    private static bool Mentions(int id, string space)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains(space, StringComparison.Ordinal);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    // In a container nobody may collect what the killed build left, and then its entry stays after it has ended.
    private static bool IsZombie(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].TrimStart() is ['Z' or 'X', ..];
        }
        catch (IOException)
        {
            return false;
        }
    }
}
