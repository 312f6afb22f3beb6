using DifyUpgrade.Parameters;

namespace DifyUpgrade.Planning;

/// <summary>Reads everything local that a run needs, so that a typing mistake costs no call to the cluster.</summary>
internal static class PlanReader
{
    /// <summary>Reads the files that the parameters name.</summary>
    /// <param name="parameters">The checked parameters.</param>
    /// <param name="values">The values files, fetched.</param>
    /// <param name="findings">Receives what is wrong; the result is only of use when no error was added.</param>
    /// <returns>The plan.</returns>
    public static DeploymentPlan Read(DeploymentParameters parameters, IReadOnlyList<ValuesFile> values, ICollection<Finding> findings)
    {
        var chart = ChartReader.Read(parameters, findings);
        var redactor = RedactorOf(parameters, values, findings);
        return new DeploymentPlan
        {
            Parameters = parameters,
            Chart = chart ?? new ChartDescription("", "", ""),
            ValuesFiles = parameters.ValuesFiles,
            PromptFiles = PromptFileReader.Read(parameters, findings),
            Redactor = redactor,
        };
    }

    /// <summary>What the values files say is secret, as far as they can be read.</summary>
    /// <param name="parameters">The checked parameters.</param>
    /// <param name="values">The values files that could be fetched.</param>
    /// <returns>The redactor.</returns>
    public static Redactor ReadRedactor(DeploymentParameters parameters, IReadOnlyList<ValuesFile> values) => RedactorOf(parameters, values, []);

    // The release's own names stand in every line; a password that equals one cannot be hidden by hiding them all.
    private static Redactor RedactorOf(DeploymentParameters parameters, IReadOnlyList<ValuesFile> values, ICollection<Finding> findings) => new(
        ValuesFileReader.ReadSecrets(values, findings),
        [parameters.Release, parameters.Namespace, parameters.ConfigMapName]);
}
