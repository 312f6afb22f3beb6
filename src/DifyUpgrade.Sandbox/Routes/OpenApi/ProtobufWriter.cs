using System.Buffers;
using System.Text;

namespace DifyUpgrade.Sandbox.Routes.OpenApi;

/// <summary>Writes protobuf messages that are made of texts and messages.</summary>
internal sealed class ProtobufWriter
{
    private const int LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _content = new();

    /// <summary>Writes a text.</summary>
    public void Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a message in the message.</summary>
    public void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Bytes(field, inner.ToArray());
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _content.WrittenSpan.ToArray();

    private void Bytes(int field, byte[] bytes)
    {
        Number((field << 3) | LengthDelimited);
        Number(bytes.Length);
        _content.Write(bytes);
    }

    private void Number(int value)
    {
        for (var rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                _content.Write([(byte)rest]);
                return;
            }

            _content.Write([(byte)((rest & 0x7F) | 0x80)]);
        }
    }
}
