namespace DifyUpgrade.Sandbox.Pods;

/// <summary>Gives pods addresses in 10.244.0.0/16, the oldest free one last.</summary>
internal sealed class PodAddresses
{
    private const int First = 2;
    private const int Size = 65_000;

    private readonly HashSet<int> _taken = [];
    private int _last = First - 1;

    /// <summary>An address that no pod has.</summary>
    public string Take()
    {
        do
            _last = _last >= Size ? First : _last + 1;
        while (!_taken.Add(_last));
        return $"10.244.{_last >> 8}.{_last & 255}";
    }

    /// <summary>Gives an address back.</summary>
    public void Return(string address) => _taken.Remove(Number(address));

    private static int Number(string address) =>
        address.Split('.') is [_, _, var high, var low] && int.TryParse(high, out var upper) && int.TryParse(low, out var lower) ? (upper << 8) + lower : 0;
}
