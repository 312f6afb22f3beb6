using System.Text;
using Xunit;

namespace DifyUpgrade.Tests;

public sealed class RedactorTests
{
    private const string Secret = "pa\"ss<wörd>&1";

    [Theory]
    [InlineData("password pa\"ss<wörd>&1 was wrong")]
    [InlineData("{\"p\":\"pa\\\"ss\\u003cwörd\\u003e\\u00261\"}")]
    [InlineData("postgres://me:pa%22ss%3Cw%C3%B6rd%3E%261@db")]
    public void A_secret_is_taken_out_however_it_is_written(string text) =>
        Assert.DoesNotMatch("w(ö|%C3%B6)rd", new Redactor([Secret]).Redact(text));

    [Fact]
    public void Its_base64_is_taken_out_too() =>
        Assert.Equal("data: ***", new Redactor([Secret]).Redact("data: " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))));

    [Fact]
    public void A_secret_that_begins_like_another_leaves_no_tail() =>
        Assert.Equal("*** ***", new Redactor(["hunter", "hunter2000"]).Redact("hunter2000 hunter"));

    [Fact]
    public void Each_long_line_of_a_secret_of_many_lines_is_one() =>
        Assert.Equal("got *** here", new Redactor(["-----BEGIN-----\nMIIEowIBAAKCAQEA\n"]).Redact("got MIIEowIBAAKCAQEA here"));

    [Fact]
    public void What_the_release_is_called_stays_readable() =>
        Assert.Equal("release dify", new Redactor(["dify"], "dify").With(["other"]).Redact("release dify"));
}
