using System.Runtime.InteropServices;

namespace Terminal.Ecr;

/// <summary>Hides in a message what nobody but the customer and the gateway may know.</summary>
public static class TraceMask
{
    static readonly byte[] Secret = [Bmp.Pan, Bmp.Track1, Bmp.Track2, Bmp.Track3, Bmp.Text];

    /// <summary>
    /// The same message with zeros in place of codes, cards and free text. Of a command that we do not read, or that
    /// cannot be read to its end, everything behind the length is hidden: it may hold a code anywhere.
    /// </summary>
    public static byte[] Hide(ReadOnlySpan<byte> message)
    {
        var copy = message.ToArray();
        if (Apdu.Read(copy) is not { } apdu)
        {
            copy.AsSpan(Math.Min(copy.Length, 3)).Clear();
            return copy;
        }
        if (apdu.IsAnswer || apdu.Command is Command.StatusInformation or Command.IntermediateStatus or
            Command.Completion or Command.Termination or Command.PrintLine or Command.PrintBlock)
        {
            return copy;
        }
        var data = copy.AsMemory(copy.Length - apdu.Data.Length);
        var head = CommandTable.Find(apdu.Command)?.Head ?? data.Length;
        head = Math.Min(head, data.Length);
        var fields = Fields.Read(data[head..]);
        if (CommandTable.Find(apdu.Command) is null || fields.Fault != FieldFault.None)
        {
            data.Span.Clear();
            return copy;
        }
        // The password; commands whose first field comes later have none.
        data.Span[..(head < 3 ? 0 : 3)].Clear();
        foreach (var bmp in Secret)
        {
            Clear(fields.Get(bmp), bmp == Bmp.Pan ? 1 : 0);
        }
        foreach (var tlv in fields.Tlvs)
        {
            HideCode(tlv);
        }
        return copy;
    }

    /// <summary>Also where no code belongs: a register may build its container wrongly.</summary>
    static void HideCode(Tlv tlv)
    {
        if (tlv.Tag == Tag.Barcode && Tlv.ReadAll(tlv.Value) is { } inner && inner.All(t => t.Tag != Tag.Barcode))
        {
            foreach (var text in inner.Where(t => t.Tag == Tag.BarcodeText))
            {
                Clear(text.Value, 0);
            }
        }
        else if (tlv.Tag is Tag.Barcode or Tag.BarcodeText)
        {
            Clear(tlv.Value, 0);
        }
    }

    /// <param name="keep">Bytes that stay: the first two digits of a number tell the wallet.</param>
    static void Clear(ReadOnlyMemory<byte>? value, int keep)
    {
        if (value is { } bytes)
        {
            // Digits stay digits and letters become letters, so that a trace can be played again.
            var hidden = MemoryMarshal.AsMemory(bytes[Math.Min(keep, bytes.Length)..]).Span;
            hidden.Fill(keep > 0 ? (byte)0x00 : (byte)'0');
        }
    }
}
