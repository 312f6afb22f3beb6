using System.Globalization;

namespace DifyUpgrade.Benchmarks.Measuring;

/// <summary>Memory of other processes.</summary>
internal static class Memory
{
    private const string HighWater = "VmHWM:";

    /// <summary>The most resident memory that a process ever had, which Linux keeps.</summary>
    /// <param name="process">Its id.</param>
    /// <returns>In MiB; 0 where nobody knows.</returns>
    public static double PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(HighWater, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line[HighWater.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
