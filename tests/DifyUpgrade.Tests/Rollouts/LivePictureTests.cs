using DifyUpgrade.Reporting;
using DifyUpgrade.Rollouts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Tests.Rollouts;

public sealed class LivePictureTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void There_are_at_most_five_frames_a_second_and_one_while_nothing_happens()
    {
        using var terminal = new FrameCounter();
        using var region = new LiveRegion(terminal);
        LivePicture? picture = null;
        picture = new LivePicture(region, new ReleaseView([States.Api], _time), _time, () => picture!.Look());
        for (var i = 0; i < 100; i++)
        {
            picture.Look();
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(terminal.Frames, 5, 6);
        var before = terminal.Frames;
        for (var i = 0; i < 50; i++)
            _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.InRange(terminal.Frames - before, 4, 6);
        picture.Dispose();
    }

    private sealed class FrameCounter : StringWriter
    {
        public int Frames { get; private set; }

        public override void Flush() => Frames++;
    }
}
