using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Terminal.Backend;
using Terminal.Journal;

namespace Sandbox.Backend;

/// <summary>
/// The head office's half of the contract, written from its page alone: topics, acknowledgements and the hash that ties
/// an entry to the one before. The terminal's own code for any of it would share its mistakes.
/// </summary>
static class OfficeText
{
    public const int HashLength = 32;

    /// <summary>What every terminal writes.</summary>
    public static readonly IReadOnlyList<string> Subscriptions =
        ["pos/v1/+/status", "pos/v1/+/hello", "pos/v1/+/journal"];

    public static string AckTopic(string terminalId) => $"pos/v1/{terminalId}/ack";

    /// <summary>Null for a topic that no terminal writes to.</summary>
    public static (string TerminalId, string Kind)? Split(string topic) => topic.Split('/') switch
    {
        ["pos", "v1", { Length: > 0 } id, { Length: > 0 } kind] => (id, kind),
        _ => null,
    };

    public static byte[] Write(this Ack ack) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        v = 1,
        epoch = ack.Epoch,
        upto = ack.Upto,
        hash = Convert.ToHexStringLower(ack.Hash),
        need = ack.Need.Select(range => new[] { range.From, range.To }),
    });

    /// <summary>Of the entry before; nothing but zeros before the first.</summary>
    public static byte[] HashOf(Entry? entry) => entry?.Hash ?? new byte[HashLength];

    /// <summary>Is its hash the one that it must have after <paramref name="before"/>?</summary>
    public static bool Follows(Entry? before, string epoch, Entry entry)
    {
        using var bytes = new MemoryStream();
        bytes.Write(HashOf(before));
        bytes.Write(Encoding.ASCII.GetBytes(epoch));
        Put(bytes, entry.Sequence);
        Put(bytes, Encoding.UTF8.GetBytes(entry.PaymentId));
        Put(bytes, Encoding.UTF8.GetBytes(entry.Kind));
        Put(bytes, entry.UnixMilliseconds);
        Put(bytes, entry.Body);
        return SHA256.HashData(bytes.ToArray()).AsSpan().SequenceEqual(entry.Hash);
    }

    static void Put(MemoryStream bytes, long number)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, number);
        bytes.Write(eight);
    }

    static void Put(MemoryStream bytes, byte[] counted)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, counted.Length);
        bytes.Write(four);
        bytes.Write(counted);
    }
}
