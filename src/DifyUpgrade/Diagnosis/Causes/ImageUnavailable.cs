using DifyUpgrade.Rollouts;

namespace DifyUpgrade.Diagnosis.Causes;

/// <summary>An image cannot be had: its tag is wrong, its name is none, or the registry refuses.</summary>
internal static class ImageUnavailable
{
    private static readonly string[] Refused = ["unauthorized", "authentication required", "access denied", "no basic auth", "403 Forbidden", "denied:"];

    /// <summary>Recognises it.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>A cause for each image.</returns>
    public static IEnumerable<Cause> In(FailureEvidence evidence) =>
        from pod in evidence.Pods
        let obstacle = Obstacles.Of(pod.State, null)
        where obstacle is { Kind: ObstacleKind.ImagePull or ObstacleKind.InvalidImageName }
        let image = pod.State.Containers.First(container => container.Name == obstacle.Container).Image
        group (pod, obstacle) by image into alike
        select Of(alike.Key, alike.First().pod, [.. alike.Select(pair => pair.obstacle.Said), .. Said(evidence, alike.Key)]);

    private static Cause Of(string image, PodEvidence pod, IReadOnlyList<string> said) => said switch
    {
        _ when said.Any(text => text.Contains("InvalidImageName", StringComparison.Ordinal)) => new Cause(
            "image-name", $"'{image}' is no name of an image", pod.Name, "Mend image.*.repository and image.*.tag in the values files, then: ./build.sh Upgrade"),
        _ when said.Any(text => Array.Exists(Refused, word => text.Contains(word, StringComparison.OrdinalIgnoreCase))) => new Cause(
            "image-refused", $"The registry does not give {image} to this cluster: no right to pull it", pod.Name, "Check the pull secret (imagePullSecrets) and its registry; a misspelt repository looks the same, too"),
        _ => new Cause(
            "image-tag",
            $"The image {image} cannot be pulled: there is no such tag, or the registry cannot be reached",
            pod.Name,
            $"Check image.*.tag in the values files, and that it exists: docker manifest inspect {image}\nThen: ./build.sh Upgrade; or go back: ./build.sh Rollback"),
    };

    // Between two tries the state only says "Back-off"; what the registry answered stands in the events.
    private static IEnumerable<string> Said(FailureEvidence evidence, string image) =>
        evidence.Events.Where(happening => happening.Reason == "Failed" && happening.Message.Contains(image, StringComparison.Ordinal)).Select(happening => happening.Message);
}
