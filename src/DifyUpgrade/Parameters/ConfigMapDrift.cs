namespace DifyUpgrade.Parameters;

/// <summary>What <c>Upgrade</c> does when the ConfigMap in the cluster is missing or differs from the prompt files.</summary>
public enum ConfigMapDrift
{
    /// <summary>Stop before anything is changed, and say how to mend it.</summary>
    Fail,

    /// <summary>Write the prompt files into the ConfigMap as part of the upgrade.</summary>
    Apply,
}
