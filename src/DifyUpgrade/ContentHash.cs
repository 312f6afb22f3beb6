using System.Security.Cryptography;

namespace DifyUpgrade;

/// <summary>The one way this project writes the hash of a file's content.</summary>
internal static class ContentHash
{
    /// <summary>SHA-256 in lower-case hex, as <c>sha256sum</c> prints it.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>64 hex digits.</returns>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
