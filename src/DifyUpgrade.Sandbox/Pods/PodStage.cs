namespace DifyUpgrade.Sandbox.Pods;

/// <summary>How far a pod has come on its node.</summary>
internal enum PodStage
{
    /// <summary>Its volumes are being set up.</summary>
    Mounting,

    /// <summary>Its init containers run, one after another.</summary>
    Initializing,

    /// <summary>Its containers run.</summary>
    Running,

    /// <summary>Its containers are being ended.</summary>
    Terminating,

    /// <summary>Nothing of it runs any more.</summary>
    Ended,
}
