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
    public void What_the_release_is_called_stays_readable()
    {
        var redactor = new Redactor(["dify"], "dify");
        redactor.Learn(["dify", "other"]);
        Assert.Equal("release dify, ***", redactor.Redact("release dify, other"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("me:")]
    public void It_is_found_inside_other_base64_wherever_it_begins(string before)
    {
        var text = new Redactor(["hunter2-of-many"]).Redact(Convert.ToBase64String(Encoding.UTF8.GetBytes(before + "hunter2-of-many, and more")));
        Assert.Contains("***", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nter2-of-ma", Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace("***", "", StringComparison.Ordinal)[..^(text.Replace("***", "", StringComparison.Ordinal).Length % 4)])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dial redis://me:pa55word@cache:6379/0 failed", "dial redis://me:***@cache:6379/0 failed")]
    [InlineData("GET https://x.example/a?b=1&token=abc.def&c=2", "GET https://x.example/a?b=1&token=***&c=2")]
    [InlineData("see https://x.example:8080/path?page=2 and mail me@x.example", "see https://x.example:8080/path?page=2 and mail me@x.example")]
    public void Passwords_and_tokens_in_URLs_are_taken_out_though_nobody_named_them(string text, string expected) =>
        Assert.Equal(expected, Redactor.None.Redact(text));
}
