namespace DifyUpgrade.Sandbox.Lifecycle.Webhooks;

/// <summary>A webhook did not answer, or not as it should.</summary>
/// <param name="message">What the API server says of it.</param>
internal sealed class WebhookFailure(string message) : Exception(message);
