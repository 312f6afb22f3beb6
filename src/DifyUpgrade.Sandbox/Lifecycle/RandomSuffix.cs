using System.Security.Cryptography;
using System.Text;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>The endings of generated names. The alphabet lacks what could spell a word, as the real one does.</summary>
internal static class RandomSuffix
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Five random characters, as <c>generateName</c> adds them.</summary>
    public static string Next() => RandomNumberGenerator.GetString(Alphabet, 5);

    /// <summary>A name with a random ending; a long base is cut so that it fits.</summary>
    public static string Name(string generateName) => generateName[..Math.Min(generateName.Length, 58)] + Next();

    /// <summary>A short name for a text: the same text always has the same. FNV-1a, spelt as Kubernetes spells it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="collisions">How many other texts had the same name so far.</param>
    public static string Hash(string text, long collisions = 0)
    {
        var hash = 2166136261u;
        foreach (var sign in Encoding.UTF8.GetBytes(collisions > 0 ? text + collisions : text))
            hash = unchecked((hash ^ sign) * 16777619);
        return string.Concat(hash.ToString().Select(digit => Alphabet[digit % Alphabet.Length]));
    }
}
