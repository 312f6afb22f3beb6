using System.Text.Json.Nodes;
using DifyUpgrade.Sandbox.Objects;
using DifyUpgrade.Sandbox.Tests.Objects.Recording;
using Xunit;

namespace DifyUpgrade.Sandbox.Tests.Objects;

/// <summary>Bodies as kubectl 1.33 sent them, beside what the same command prints with <c>--dry-run=client -o json</c>.</summary>
public sealed class ProtobufBodyTests
{
    private static readonly string Bodies = Path.Combine(AppContext.BaseDirectory, "Objects", "Bodies");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Bodies, "*.bin").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_body_says_what_kubectl_prints(string name)
    {
        var printed = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Bodies, name + ".json")))!;

        Assert.Equal(Plain(printed), Plain(ProtobufBody.Read(Body(name))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_body_is_a_bad_request(string name)
    {
        var body = Body(name);
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var broken = body[..random.Next(body.Length)];
            for (var change = 0; change < 3 && broken.Length > 4; change++)
                broken[random.Next(4, broken.Length)] = (byte)random.Next(256);
            Junk.OnlyRefuses(() => ProtobufBody.Read(broken), Convert.ToHexString(broken));
        }
    }

    [Fact]
    public void Every_field_number_belongs_to_a_field()
    {
        var strays = ProtobufFields.Messages.SelectMany(message => ProtobufFields.Of(message).Values.Select(field => (message, field)))
            .Where(one => one.field[0] == '+' ? !ProtobufFields.Messages.Contains(one.field[1..]) : one.message[0] == 'V' && one.message[1] is '1' or '2' && Model(one.message)?.Fields.ContainsKey(one.field) == false);

        Assert.Empty(strays);
    }

    [Fact]
    public void JSON_is_not_taken_for_it() => Assert.False(ProtobufBody.IsProtobuf("{\"kind\":\"Secret\"}"u8));

    private static byte[] Body(string name) => File.ReadAllBytes(Path.Combine(Bodies, name + ".bin"));

    private static Schema? Model(string message) => typeof(k8s.Models.V1Pod).Assembly.GetType("k8s.Models." + message) is { } type ? Schema.Of(type) : null;

    private static string Plain(JsonObject body)
    {
        var kind = body.Text("kind")!;
        EmptyFields.Drop(ResourceTypes.OfKind(body.Text("apiVersion")!, kind) is { } type ? Schema.Of(type) : Schema.Named(kind)!, body);
        return Masking.Text(body);
    }
}
