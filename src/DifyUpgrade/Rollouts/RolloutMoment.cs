namespace DifyUpgrade.Rollouts;

/// <summary>What happens in a watch besides changes of objects.</summary>
internal enum RolloutMoment
{
    /// <summary>Every watch has listed what there is: from here on everything is seen.</summary>
    Listed,

    /// <summary>The change is made, and every workload was read after it.</summary>
    Changed,

    /// <summary>An obstacle may have outlasted its grace, or a frame of the picture is due.</summary>
    Look,
}
