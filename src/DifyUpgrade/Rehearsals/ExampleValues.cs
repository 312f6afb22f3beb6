using DifyUpgrade.Parameters;
using DifyUpgrade.Planning;
using Serilog;

namespace DifyUpgrade.Rehearsals;

/// <summary>Lets a rehearsal begin on a fresh clone, where nobody has written real secrets into <c>values-secrets.yaml</c> yet.</summary>
internal static class ExampleValues
{
    /// <summary>Puts <c>NAME.example.yaml</c> in the place of each values file that is missing, where there is such an example.</summary>
    /// <param name="inputs">What was typed.</param>
    /// <param name="values">Knows which files come from the environment.</param>
    /// <param name="log">Is told about each.</param>
    /// <returns>The inputs; unchanged unless this is a rehearsal.</returns>
    public static DeploymentInputs StandIn(DeploymentInputs inputs, ValuesSource values, ILogger log) =>
        inputs.Rehearsal ? inputs with { ValuesFiles = [.. inputs.ValuesFiles.Select(file => values.IsInEnvironment(file) ? file : StandIn(file, inputs.RootFolder, log))] } : inputs;

    private static string StandIn(string file, string root, ILogger log)
    {
        var example = Path.ChangeExtension(file, ".example" + Path.GetExtension(file));
        if (File.Exists(Path.GetFullPath(file, root)) || !File.Exists(Path.GetFullPath(example, root)))
            return file;
        log.Information("Sandbox: {File:l} does not exist, so {Example:l} stands in for it", file, example);
        return example;
    }
}
