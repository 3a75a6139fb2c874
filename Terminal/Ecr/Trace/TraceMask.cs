using System.Runtime.InteropServices;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;

namespace Terminal.Ecr.Trace;

/// <summary>
/// Hides what only the customer and the gateway may know. Only fields known to be harmless are shown, because a till
/// may put a payment code anywhere.
/// </summary>
static class TraceMask
{
    /// <summary>Fields with a fixed meaning that are too short for a code.</summary>
    static readonly byte[] Shown =
    [
        Bmp.Timeout, Bmp.MaxStatus, Bmp.ServiceByte, Bmp.Amount, Bmp.Trace, Bmp.Time, Bmp.Date, Bmp.Status, Bmp.Result,
        Bmp.OriginalTrace, Bmp.Currency, Bmp.Receipt, Bmp.Turnover, Bmp.CardType, Bmp.Duration, Bmp.Beeps,
    ];

    /// <summary>Data objects with a fixed meaning, and their greatest length in bytes.</summary>
    static readonly Dictionary<int, int> ShownTags = new()
    {
        [Tag.ZvtCommand] = 2,
        [Tag.MerchantDisplay] = 2,
        [Tag.PrinterWidth] = 1,
        [Tag.CharacterSet] = 1,
        [Tag.LanguageCode] = 2,
        [Tag.MaxApdu] = 2,
        [Tag.CardType] = 2,
        [Tag.ReceiptParameter] = 2,
        [Tag.MirroredReceipt] = 2,
        [Tag.CardDataInput] = 1,
        [Tag.BarcodeType] = 1,
        [Tag.MessageNumber] = 3,
    };

    /// <summary>Data objects that contain others.</summary>
    static readonly int[] Containers = [Tag.PermittedCommands, Tag.CharacterSets, Tag.Languages, Tag.Barcode];

    /// <summary>
    /// Replaces everything in a message of the ECR that may be a code, a card, a password or free text with zeros. If
    /// we do not read the command or cannot read it to its end, everything after the length is hidden.
    /// </summary>
    public static byte[] Hide(ReadOnlySpan<byte> message)
    {
        var copy = message.ToArray();
        if (Apdu.Read(copy) is not { } apdu)
        {
            copy.AsSpan(Math.Min(copy.Length, 3)).Clear();
            return copy;
        }
        apdu.Wipe();
        var data = copy.AsMemory(copy.Length - apdu.Data.Length);
        // An answer begins with neither password nor configuration.
        var head = apdu.IsAnswer ? 0 : CommandTable.Find(apdu.Command)?.Head;
        var fields = Fields.Read(data[Math.Min(head ?? 0, data.Length)..]);
        if (head is null || fields.Fault != FieldFault.None)
        {
            data.Span.Clear();
            return copy;
        }
        // Hides the password. Commands whose first field comes later have none.
        data.Span[..(head < 3 ? 0 : Math.Min(3, data.Length))].Clear();
        foreach (var (bmp, value) in fields.All.Where(f => f.Bmp != Bmp.Tlv && !Shown.Contains(f.Bmp)))
        {
            Clear(value, bmp == Bmp.Pan);
        }
        HideAll(fields.Tlvs);
        return copy;
    }

    static void HideAll(IReadOnlyList<Tlv> tlvs)
    {
        foreach (var tlv in tlvs)
        {
            if (Containers.Contains(tlv.Tag) && Tlv.ReadAll(tlv.Value) is { } inner &&
                inner.All(t => !Containers.Contains(t.Tag)))
            {
                HideAll(inner);
            }
            else if (!ShownTags.TryGetValue(tlv.Tag, out var most) || tlv.Value.Length > most)
            {
                Clear(tlv.Value, isNumber: false);
            }
        }
    }

    /// <summary>
    /// A cleared number remains a number and a cleared text remains text, so that a trace can be played back. The first
    /// two digits of a number identify the wallet and stay.
    /// </summary>
    static void Clear(ReadOnlyMemory<byte> value, bool isNumber)
    {
        var keep = isNumber ? Math.Min(1, value.Length) : 0;
        MemoryMarshal.AsMemory(value[keep..]).Span.Fill(isNumber ? (byte)0x00 : (byte)'0');
    }
}
