using DifyUpgrade.Sandbox.Store;
using Microsoft.Extensions.Logging;

namespace DifyUpgrade.Sandbox.Lifecycle;

/// <summary>
/// Runs the controllers, one object at a time, in one thread. It follows every change of the store, so what a controller
/// reads is never older than its last write; who writes at the same time from elsewhere causes a conflict, and the
/// controller looks again.
/// </summary>
internal sealed class ControllerLoop : IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private readonly ControlPlane _plane;
    private readonly ILogger _log;
    private readonly Subscription _subscription;
    private readonly WorkQueue _queue = new();
    private readonly Dictionary<WorkItem, int> _failures = [];
    private readonly ILookup<ResourceType, Controller> _followers;
    private readonly IReadOnlyList<Controller> _controllers;
    private readonly SemaphoreSlim _faultsChanged = new(0);

    /// <summary>Takes in everything the store has; nothing is reconciled yet.</summary>
    /// <param name="plane">What the controllers share.</param>
    /// <param name="controllers">Who is to run.</param>
    /// <param name="log">Where failures go.</param>
    public ControllerLoop(ControlPlane plane, IReadOnlyList<Controller> controllers, ILogger log)
    {
        (_plane, _controllers, _log) = (plane, controllers, log);
        _followers = controllers.SelectMany(controller => controller.Follows.Select(type => (type, controller))).ToLookup(pair => pair.type, pair => pair.controller);
        plane.Faults.Changed += NoteFaults;
        _subscription = plane.Store.Watch(null, plane.Store.Version);
        foreach (var item in ResourceTypes.All.SelectMany(type => plane.Store.List(type, null).Items))
            Take(new StoreEvent(StoreEventKind.Added, item, null), isNews: false);
    }

    /// <summary>Runs until it is cancelled. No failure of a controller ends it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Task<bool>? changes = null;
        while (!cancellation.IsCancellationRequested)
        {
            RunUntilIdle();
            changes ??= _subscription.Changes.WaitToReadAsync(cancellation).AsTask();
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(changes, UntilDueAsync(pause.Token), UntilFaultsChangeAsync(pause.Token));
            await pause.CancelAsync();
            if (!changes.IsCompleted)
                continue;
            if (!changes.IsCompletedSuccessfully || !await changes)
                return;
            changes = null;
        }
    }

    /// <summary>Reconciles until nothing is left to do now.</summary>
    public void RunUntilIdle()
    {
        Pump();
        while (_queue.TryTake(_plane.Time.Now, out var item))
        {
            Reconcile(item);
            Pump();
        }
    }

    /// <summary>When it has something to do though nothing changes; null for never.</summary>
    public DateTimeOffset? NextDue => _queue.NextDue;

    /// <inheritdoc/>
    public void Dispose()
    {
        _plane.Faults.Changed -= NoteFaults;
        _subscription.Dispose();
        _faultsChanged.Dispose();
    }

    private void NoteFaults() => _faultsChanged.Release();

    // What was changed is looked at when the loop goes round; the permit is given back for that.
    private async Task UntilFaultsChangeAsync(CancellationToken cancellation)
    {
        await _faultsChanged.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancellation.IsCancellationRequested)
            _faultsChanged.Release();
    }

    private async Task UntilDueAsync(CancellationToken cancellation)
    {
        var wait = NextDue is { } due ? due - _plane.Time.Now : Timeout.InfiniteTimeSpan;
        if (wait > TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan)
            await Task.Delay(wait, _plane.Time.Real, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Pump()
    {
        while (_faultsChanged.Wait(0))
        {
            foreach (var item in _controllers.SelectMany(controller => controller.ConcernedByFaults(), (controller, name) => new WorkItem(controller, name)))
                _queue.Add(item);
        }

        while (_subscription.Changes.TryRead(out var change))
            Take(change, isNews: true);
    }

    private void Take(StoreEvent change, bool isNews)
    {
        if (!_plane.Index.Take(change))
            return;
        if (isNews && change.Object.Type == ResourceTypes.Pods)
            PodFacts.Note(_plane.Moments, change);
        foreach (var controller in _followers[change.Object.Type])
            AddConcerned(controller, change);
    }

    private void AddConcerned(Controller controller, StoreEvent change)
    {
        try
        {
            foreach (var name in controller.ConcernedBy(change))
                _queue.Add(new WorkItem(controller, name));
        }
#pragma warning disable CA1031 // An object that one controller cannot read must not keep the others from reading theirs.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (_log.IsEnabled(LogLevel.Error))
                _log.LogError(failure, "{Controller} cannot tell whom a change of {Kind} {Name} concerns", controller.GetType().Name, change.Object.Type.Kind, change.Object.Name);
        }
    }

    private void Reconcile(WorkItem item)
    {
        try
        {
            if (item.Controller.Reconcile(item.Name) is { } later)
                _queue.AddAt(item, _plane.Time.Now + _plane.Time.ToReal(later));
            _failures.Remove(item);
        }
        catch (ApiException refusal) when (refusal.Reason is "NotFound" or "Conflict")
        {
            // Somebody else was faster; what he did is in the subscription by now.
            _queue.Add(item);
        }
#pragma warning disable CA1031 // Whatever went wrong with one object, the others need the loop.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            RetryLater(item, failure);
        }
    }

    private void RetryLater(WorkItem item, Exception failure)
    {
        var count = _failures[item] = _failures.GetValueOrDefault(item) + 1;
        var wait = TimeSpan.FromTicks(Math.Min(LongestRetry.Ticks, FirstRetry.Ticks << Math.Min(count - 1, 20)));
        _queue.AddAt(item, _plane.Time.Now + _plane.Time.ToReal(wait));
        if (failure is not ApiException && _log.IsEnabled(LogLevel.Error))
            _log.LogError(failure, "{Controller} failed on {Name}; tried again in {Wait} of pod time", item.Controller.GetType().Name, item.Name, wait);
    }
}
