using System.Buffers.Binary;

/// <summary>A message: the hash has eight bytes.</summary>
internal sealed record StateHash(uint Frame, byte[] Hash);

/// <summary>
/// A datagram or a value that the implementation refuses. Every other exception is a defect.
/// </summary>
/// <param name="refusalClass">A class of <c>rollwire explain refusals.md</c>.</param>
/// <param name="message">What is wrong, for people.</param>
internal sealed class Refusal(string refusalClass, string message) : Exception(message)
{
    public string RefusalClass { get; } = refusalClass;
}

/// <summary>
/// Your implementation, or the way to it. This one knows STATE_HASH and nothing else.
/// STATE_HASH has 13 bytes: 07, the frame as a big-endian u32, and eight raw bytes of hash.
/// </summary>
internal static class Codec
{
    private const byte TypeByte = 7;
    private const int Length = 13;

    public static StateHash Decode(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty)
        {
            throw new Refusal("empty", "the datagram is empty");
        }
        if (datagram[0] != TypeByte)
        {
            throw new Refusal("unknown_type", $"the type is {datagram[0]}");
        }
        if (datagram.Length != Length)
        {
            string refusalClass = datagram.Length < Length ? "truncated" : "trailing";
            throw new Refusal(refusalClass, $"{datagram.Length} bytes are not {Length}");
        }
        return new StateHash(BinaryPrimitives.ReadUInt32BigEndian(datagram[1..]), datagram[5..].ToArray());
    }

    public static byte[] Encode(StateHash message)
    {
        var datagram = new byte[Length];
        datagram[0] = TypeByte;
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(1), message.Frame);
        message.Hash.CopyTo(datagram, 5);
        return datagram;
    }
}
