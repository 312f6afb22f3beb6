using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests;

public sealed class PodTimeTests
{
    private readonly FakeTimeProvider _real = new();

    [Fact]
    public void A_delay_of_pod_time_takes_a_fraction_of_real_time()
    {
        var delay = new PodTime(_real, 10).Delay(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _real.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(delay.IsCompleted);
        _real.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(delay.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_timer_ticks_in_pod_time()
    {
        var ticks = 0;
        using var timer = new PodTime(_real, 100).CreateTimer(_ => ticks++, null, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(200));
        _real.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, ticks);
    }

    [Fact]
    public void Stamps_are_real_and_spans_since_them_are_pod_time()
    {
        var time = new PodTime(_real, 10);
        var stamp = time.Now;
        _real.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((_real.GetUtcNow(), TimeSpan.FromMinutes(1)), (time.Now, time.Since(stamp)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_speed_of_zero_or_less_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PodTime(_real, speed));
}
