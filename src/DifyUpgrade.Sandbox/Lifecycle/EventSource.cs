using DifyUpgrade.Sandbox.Store;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>What is to be recorded.</summary>
internal sealed record EventDraft
{
    /// <summary>The object it happened to.</summary>
    public required StoredObject About { get; init; }

    /// <summary><c>Normal</c> or <c>Warning</c>.</summary>
    public required string Type { get; init; }

    /// <summary>One word for it.</summary>
    public required string Reason { get; init; }

    /// <summary>What a person reads.</summary>
    public required string Message { get; init; }

    /// <summary>Who says so.</summary>
    public required string Component { get; init; }

    /// <summary>On which node.</summary>
    public string? Host { get; init; }

    /// <summary>The part of the object it is about, such as <c>spec.containers{api}</c>.</summary>
    public string? FieldPath { get; init; }

    /// <summary>What was being done; only who speaks the newer events API, as the scheduler does, says it.</summary>
    public string? Action { get; init; }
}

/// <summary>One component's way to record events.</summary>
/// <param name="recorder">The recorder.</param>
/// <param name="component">The component's name.</param>
/// <param name="host">The node it runs on, if it matters.</param>
internal sealed class EventSource(EventRecorder recorder, string component, string? host)
{
    /// <summary>Records that something went as it should.</summary>
    /// <param name="about">The object.</param>
    /// <param name="reason">One word for it.</param>
    /// <param name="message">What a person reads.</param>
    /// <param name="fieldPath">The part of the object it is about.</param>
    public void Normal(StoredObject about, string reason, string message, string? fieldPath = null) =>
        recorder.Record(Draft(about, "Normal", reason, message) with { FieldPath = fieldPath });

    /// <summary>Records that something went wrong.</summary>
    /// <param name="about">The object.</param>
    /// <param name="reason">One word for it.</param>
    /// <param name="message">What a person reads.</param>
    /// <param name="fieldPath">The part of the object it is about.</param>
    public void Warning(StoredObject about, string reason, string message, string? fieldPath = null) =>
        recorder.Record(Draft(about, "Warning", reason, message) with { FieldPath = fieldPath });

    /// <summary>Records what came of an action, in the newer events API.</summary>
    /// <param name="about">The object.</param>
    /// <param name="action">What was being done.</param>
    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    /// <param name="reason">One word for it.</param>
    /// <param name="message">What a person reads.</param>
    public void Action(StoredObject about, string action, string type, string reason, string message) =>
        recorder.Record(Draft(about, type, reason, message) with { Action = action });

    private EventDraft Draft(StoredObject about, string type, string reason, string message) =>
        new() { About = about, Type = type, Reason = reason, Message = message, Component = component, Host = host };
}
