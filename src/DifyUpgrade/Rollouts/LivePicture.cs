using DifyUpgrade.Reporting;

namespace DifyUpgrade.Rollouts;

/// <summary>Draws a rollout on a terminal while it goes on: at most five frames a second, and one a second for the ages.</summary>
internal sealed class LivePicture : IDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly LiveRegion _region;
    private readonly ReleaseView _view;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long? _drawn;
    private bool _isDue;

    /// <summary>Begins.</summary>
    /// <param name="region">Where to draw; disposed of with this.</param>
    /// <param name="view">What to draw.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wake">Called when a frame is due; <see cref="Look"/> must be called for it by whoever changes the view.</param>
    public LivePicture(LiveRegion region, ReleaseView view, TimeProvider time, Action wake)
    {
        _region = region;
        _view = view;
        _time = time;
        _timer = time.CreateTimer(_ => wake(), null, Idle, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Draws a frame, or sees to it that one is drawn as soon as it may.</summary>
    public void Look()
    {
        var since = _drawn is { } drawn ? _time.GetElapsedTime(drawn) : Frame;
        if (since >= Frame)
            Draw();
        else if (!_isDue)
            _timer.Change(Frame - since, Timeout.InfiniteTimeSpan);
        _isDue = since < Frame;
    }

    /// <summary>Draws the last frame, which stays.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        if (_drawn is not null)
            Show();
        _region.Dispose();
    }

    private void Draw()
    {
        Show();
        _drawn = _time.GetTimestamp();
        _timer.Change(Idle, Timeout.InfiniteTimeSpan);
    }

    private void Show()
    {
        var tree = new RolloutTree(Screen.Width, Screen.Height, Screen.HasColour);
        _region.Draw(tree.Draw(_view, _time.GetUtcNow()));
    }
}
