using System.Diagnostics.CodeAnalysis;

namespace Nuke.Common.IO;

/// <summary>The path of a file or folder from the root of its drive, without dots in it.</summary>
public sealed class AbsolutePath : IEquatable<AbsolutePath>
{
    private readonly string _path;

    private AbsolutePath(string path)
    {
        if (!Path.IsPathRooted(path))
            throw new ArgumentException($"The path '{path}' must start at a root.", nameof(path));
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }

    /// <summary>The last part.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>The last part up to its last dot.</summary>
    public string NameWithoutExtension => Path.GetFileNameWithoutExtension(_path);

    /// <summary>The last part from its last dot on.</summary>
    public string Extension => Path.GetExtension(_path);

    /// <summary>The folder this is in; null for a root.</summary>
    public AbsolutePath? Parent => Path.GetDirectoryName(_path) is { } parent ? new AbsolutePath(parent) : null;

    private static StringComparer Comparer
        => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Makes a path of a text.</summary>
    /// <exception cref="ArgumentException">The text does not start at a root.</exception>
    public static AbsolutePath Create(string path) => new(path);

    /// <summary>Makes a path of a text.</summary>
    /// <exception cref="ArgumentException">The text does not start at a root.</exception>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) => path is null ? null : new AbsolutePath(path);

    /// <summary>The path as a text.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?._path;

    /// <summary>Goes down, or up with <c>..</c>.</summary>
    /// <exception cref="ArgumentException">The right side starts at a root.</exception>
    public static AbsolutePath operator /(AbsolutePath left, string? right)
        => Path.IsPathRooted(right)
            ? throw new ArgumentException($"The path '{right}' must not start at a root.", nameof(right))
            : new AbsolutePath(Path.Combine(left._path, right ?? ""));

    /// <summary>Adds to the last part.</summary>
    public static AbsolutePath operator +(AbsolutePath left, string? right) => new(left._path + right);

    /// <summary>Whether both are the same path.</summary>
    public static bool operator ==(AbsolutePath? a, AbsolutePath? b) => a is null ? b is null : a.Equals(b);

    /// <summary>Whether they are different paths.</summary>
    public static bool operator !=(AbsolutePath? a, AbsolutePath? b) => !(a == b);

    /// <inheritdoc/>
    public bool Equals(AbsolutePath? other) => other is not null && Comparer.Equals(_path, other._path);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AbsolutePath);

    /// <inheritdoc/>
    public override int GetHashCode() => Comparer.GetHashCode(_path);

    /// <summary>The path as a text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _path;
}
