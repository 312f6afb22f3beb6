namespace DifyUpgrade.Helm;

/// <summary>The manifests that helm keeps of a revision. What a revision holds never changes.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Text">Its manifests, UNREDACTED: they hold Secrets and must never be logged.</param>
internal sealed record StoredManifest(int Revision, string Text);
