using DifyUpgrade.Cluster;
using k8s.Models;
using Xunit;

namespace DifyUpgrade.Tests.Cluster;

public sealed class LabelSelectorTextTests
{
    [Fact]
    public void Labels_and_expressions_become_one_string()
    {
        var selector = new V1LabelSelector
        {
            MatchLabels = new Dictionary<string, string> { ["tier"] = "api", ["app"] = "dify" },
            MatchExpressions =
            [
                new() { Key = "env", OperatorProperty = "In", Values = ["a", "b"] },
                new() { Key = "zone", OperatorProperty = "NotIn", Values = ["x"] },
                new() { Key = "live", OperatorProperty = "Exists" },
                new() { Key = "legacy", OperatorProperty = "DoesNotExist" },
            ],
        };
        Assert.Equal("app=dify,tier=api,env in (a,b),zone notin (x),live,!legacy", LabelSelectorText.Of(selector));
    }

    [Fact]
    public void An_operator_it_does_not_know_is_not_left_out() =>
        Assert.Throws<FormatException>(() => LabelSelectorText.Of(new() { MatchExpressions = [new() { Key = "a", OperatorProperty = "Gt" }] }));
}
