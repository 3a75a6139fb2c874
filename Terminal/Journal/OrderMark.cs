using System.Buffers.Binary;
using System.Security.Cryptography;
using Terminal.Journal.Log;
using Terminal.Payments;

namespace Terminal.Journal;

/// <summary>
/// Keeps an order from before the ECR hears that it is accepted until the journal has an entry of it. After a power cut
/// in between, the ECR may ask with 06 20, and must be told of this order, not of the sale before.
/// </summary>
/// <remarks>
/// One block of the file <c>order</c>: 0 "TOrder1\n", 8 epoch u64, 16 newest entry before it i64, 24 minor units i64,
/// 32 the fingerprint of its code with its length before it, 128 SHA-256 of all that. Big-endian.
/// </remarks>
sealed class OrderMark : IDisposable
{
    const string Name = "order";
    const int HashAt = 128;

    readonly PaymentJournal store;
    readonly IDiskFile file;
    readonly Lock gate = new();
    readonly byte[] block = new byte[LogFrame.Block];
    readonly byte[] found = new byte[LogFrame.Block];

    /// <exception cref="IOException">The file can be neither read nor made.</exception>
    public OrderMark(IDisk disk, PaymentJournal store)
    {
        this.store = store;
        var isNew = !disk.Names().Contains(Name);
        file = disk.Open(Name, create: isNew);
        if (isNew)
        {
            file.Write(0, block);
            file.Flush();
            disk.Flush();
        }
        file.Read(0, found);
    }

    static ReadOnlySpan<byte> Magic => "TOrder1\n"u8;

    long Newest => store.Last?.Sequence ?? store.Anchor.Sequence;

    /// <summary>Returns null when the mark is durable; otherwise the order must not be accepted.</summary>
    public RefusalReason? Write(Arrival.Instructed order)
    {
        lock (gate)
        {
            var span = block.AsSpan();
            span.Clear();
            Magic.CopyTo(span);
            BinaryPrimitives.WriteUInt64BigEndian(span[8..], LogFiles.EpochOf(store.Epoch));
            BinaryPrimitives.WriteInt64BigEndian(span[16..], Newest);
            BinaryPrimitives.WriteInt64BigEndian(span[24..], order.Amount.Minor);
            var end = span[32..HashAt];
            LogRecord.Put(ref end, order.Code?.Fingerprint ?? "");
            SHA256.HashData(span[..HashAt], span[HashAt..]);
            try
            {
                file.Write(0, block);
                file.Flush();
                return null;
            }
            catch (IOException)
            {
                return RefusalReason.JournalDown;
            }
        }
    }

    /// <summary>
    /// Called when the desk has decided on the order: it has its entry, or came while another was under way and begins
    /// nothing. A power cut may undo this; then an order that was refused as busy is told as not paid.
    /// </summary>
    public void Retire()
    {
        lock (gate)
        {
            block.AsSpan().Clear();
            try
            {
                file.Write(0, block);
            }
            catch (IOException)
            {
                // The journal is on the same disk and reports the failure.
            }
        }
    }

    /// <summary>
    /// The amount of an order that was accepted before this start but has no entry in the journal; null if there is
    /// none.
    /// </summary>
    public Money? Unbegun()
    {
        var was = found.AsSpan();
        if (!was.StartsWith(Magic) ||
            !SHA256.HashData(was[..HashAt]).AsSpan().SequenceEqual(was.Slice(HashAt, SHA256.HashSizeInBytes)) ||
            BinaryPrimitives.ReadUInt64BigEndian(was[8..]) != LogFiles.EpochOf(store.Epoch))
        {
            return null;
        }
        var rest = (ReadOnlySpan<byte>)was[32..HashAt];
        var code = LogRecord.Text(ref rest);
        var hasBegun = store.NewestHeads(1) is [var head] &&
            head.FirstSequence > BinaryPrimitives.ReadInt64BigEndian(was[16..]);
        var wasUsed = code.Length > 0 && store.FindByFingerprint(code, 0) is not null;
        return hasBegun || wasUsed ? null : new(BinaryPrimitives.ReadInt64BigEndian(was[24..]), Currency.Eur);
    }

    public void Dispose() => file.Dispose();
}
