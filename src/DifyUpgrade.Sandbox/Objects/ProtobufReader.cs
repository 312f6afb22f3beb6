using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace DifyUpgrade.Sandbox.Objects;

/// <summary>Reads a protobuf message as the JSON object that means the same.</summary>
/// <param name="schema">The message's shape.</param>
internal sealed class ProtobufReader(Schema schema)
{
    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is none.</exception>
    public JsonObject Read(byte[] message)
    {
        var fields = new JsonObject();
        ReadInto(fields, schema.TypeName, message);
        return fields;
    }

    private void ReadInto(JsonObject fields, string message, byte[] bytes)
    {
        var names = ProtobufFields.Of(message);
        using var input = new CodedInputStream(bytes);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (!names.TryGetValue(WireFormat.GetTagFieldNumber(tag), out var name))
                input.SkipLastField();
            else if (name[0] == '+')
                ReadInto(fields, name[1..], Bytes(input, tag));
            else if (schema.Fields.TryGetValue(name, out var field))
                ReadField(fields, name, field.Schema, (input, tag));
            else
                input.SkipLastField();
        }
    }

    private void ReadField(JsonObject fields, string name, Schema part, (CodedInputStream Input, uint Tag) at)
    {
        switch (part.Kind)
        {
            case FieldKind.List:
                if (fields[name] is not JsonArray items)
                    fields[name] = items = [];
                items.Add(Value(part.Element, at));
                break;
            case FieldKind.Map:
                var (key, value) = Entry(part.Element, Bytes(at.Input, at.Tag));
                fields.Child(name)[key] = value;
                break;
            default:
                var read = Value(part, at);
                if (read is not null && !IsLeftOut(name, read))
                    fields[name] = read;
                break;
        }
    }

    /// <summary>Go writes plain fields even when they are empty; JSON has them only where they mean something.</summary>
    private bool IsLeftOut(string name, JsonNode value) =>
        ZeroValues.IsLeftOut(schema.TypeName, name, value) || (value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0 && !ZeroValues.Knows(schema.TypeName));

    private static JsonNode? Value(Schema part, (CodedInputStream Input, uint Tag) at)
    {
        switch (part.Kind)
        {
            case FieldKind.Text:
                return Text(Bytes(at.Input, at.Tag));
            case FieldKind.Bytes:
                return Convert.ToBase64String(Bytes(at.Input, at.Tag));
            case FieldKind.Whole:
                return part.IsShort ? (int)Number(at) : Number(at);
            case FieldKind.Flag:
                return Number(at) != 0;
            case FieldKind.Time:
                return Time(Bytes(at.Input, at.Tag));
            case FieldKind.Quantity:
                return Numbered(Bytes(at.Input, at.Tag)).Texts.GetValueOrDefault(1, "0");
            case FieldKind.NumberOrText:
                var (numbers, texts) = Numbered(Bytes(at.Input, at.Tag));
                return numbers.GetValueOrDefault(1) == 0 ? (int)numbers.GetValueOrDefault(2) : texts.GetValueOrDefault(3, "");
            case FieldKind.Struct:
                return new ProtobufReader(part).Read(Bytes(at.Input, at.Tag));
            default:
                return Raw(Bytes(at.Input, at.Tag));
        }
    }

    private static (string Key, JsonNode? Value) Entry(Schema element, byte[] bytes)
    {
        var key = "";
        JsonNode? value = element.Kind is FieldKind.Text or FieldKind.Bytes ? "" : null;
        using var input = new CodedInputStream(bytes);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == 1)
                key = Text(Bytes(input, tag));
            else if (WireFormat.GetTagFieldNumber(tag) == 2)
                value = Value(element, (input, tag));
            else
                input.SkipLastField();
        }

        return (key, value);
    }

    private static string? Time(byte[] bytes)
    {
        var numbers = Numbered(bytes).Numbers;
        if (bytes.Length == 0)
            return null;
        var (seconds, nanoseconds) = (numbers.GetValueOrDefault(1), numbers.GetValueOrDefault(2));
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1 || nanoseconds is < 0 or >= 1_000_000_000)
            throw ApiException.BadRequest($"the protobuf body has a time out of range: {seconds} s {nanoseconds} ns");
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / 100);
        return nanoseconds == 0 ? Timestamp.Of(time) : Timestamp.Micro(time);
    }

    /// <summary>JSON in a message of one field, as in <c>FieldsV1</c> and <c>RawExtension</c>.</summary>
    private static JsonNode? Raw(byte[] bytes)
    {
        var text = Numbered(bytes).Texts.GetValueOrDefault(1, "null");
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException broken)
        {
            throw ApiException.BadRequest($"the protobuf body has JSON in it that cannot be read: {broken.Message}");
        }
    }

    private static (Dictionary<int, long> Numbers, Dictionary<int, string> Texts) Numbered(byte[] bytes)
    {
        var (numbers, texts) = (new Dictionary<int, long>(), new Dictionary<int, string>());
        using var input = new CodedInputStream(bytes);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
                numbers[WireFormat.GetTagFieldNumber(tag)] = input.ReadInt64();
            else if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                texts[WireFormat.GetTagFieldNumber(tag)] = input.ReadString();
            else
                input.SkipLastField();
        }

        return (numbers, texts);
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    private static long Number((CodedInputStream Input, uint Tag) at) =>
        WireFormat.GetTagWireType(at.Tag) == WireFormat.WireType.Varint ? at.Input.ReadInt64() : throw Misplaced(at.Tag);

    private static byte[] Bytes(CodedInputStream input, uint tag) =>
        WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited ? input.ReadBytes().ToByteArray() : throw Misplaced(tag);

    private static ApiException Misplaced(uint tag) =>
        ApiException.BadRequest($"the protobuf body has wire type {WireFormat.GetTagWireType(tag)} in field {WireFormat.GetTagFieldNumber(tag)}, where another belongs");
}
