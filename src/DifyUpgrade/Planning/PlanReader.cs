using DifyUpgrade.Parameters;

namespace DifyUpgrade.Planning;

/// <summary>Reads everything local that a run needs, so that a typing mistake costs no call to the cluster.</summary>
internal static class PlanReader
{
    /// <summary>Reads the files that the parameters name.</summary>
    /// <param name="parameters">The checked parameters.</param>
    /// <param name="findings">Receives what is wrong; the result is only of use when no error was added.</param>
    /// <returns>The plan.</returns>
    public static DeploymentPlan Read(DeploymentParameters parameters, ICollection<Finding> findings)
    {
        var chart = ChartReader.Read(parameters, findings);
        var secrets = ValuesFileReader.ReadSecrets(parameters, findings);
        return new DeploymentPlan
        {
            Parameters = parameters,
            Chart = chart ?? new ChartDescription("", "", ""),
            PromptFiles = PromptFileReader.Read(parameters, findings),
            Redactor = new Redactor(secrets.Except([parameters.Release, parameters.Namespace, parameters.ConfigMapName], StringComparer.Ordinal)),
        };
    }
}
