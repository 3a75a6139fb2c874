using Terminal.Ecr.Messages;

namespace Terminal.Ecr.Receipts;

/// <summary>Carries a receipt to the ECR's printer: 06 D1 line by line, or 06 D3 in a few blocks.</summary>
static class PrintMessages
{
    /// <summary>"This was the last line": the ECR cuts here.</summary>
    const byte LastLine = 0x81;

    /// <summary>Longest header of a block: APDU, field 06, tags 1F07, 1F37, 25 and 09 with their lengths.</summary>
    const int BlockHead = 32;

    public static IEnumerable<Apdu> Of(IReadOnlyList<PrintLine> lines, ReceiptKind kind, ReplyTerms terms) =>
        terms.Receipts.By(kind) == PrintCommand.Blocks ? Blocks(lines, kind, terms) : Lines(lines, terms.Charset);

    static IEnumerable<Apdu> Lines(IReadOnlyList<PrintLine> lines, Charset charset) =>
        lines.Select(line => new Apdu(Command.PrintLine, [line.Attribute, .. charset.Encode(line.Text)]))
            .Append(new(Command.PrintLine, [LastLine]));

    static IEnumerable<Apdu> Blocks(IReadOnlyList<PrintLine> lines, ReceiptKind kind, ReplyTerms terms)
    {
        List<Tlv> block = [];
        var length = BlockHead;
        byte attribute = 0;
        foreach (var line in lines)
        {
            Tlv[] added = line.Attribute == attribute
                ? [new(Tag.TextLine, terms.Charset.Encode(line.Text))]
                : [new(Tag.Attribute, new[] { line.Attribute }), new(Tag.TextLine, terms.Charset.Encode(line.Text))];
            var more = added.Sum(t => t.ToBytes().Length);
            if (length + more > terms.Agreed.MaxApdu)
            {
                yield return Block(block, kind);
                // An attribute holds only within its block.
                added = [new(Tag.Attribute, new[] { line.Attribute }), added[^1]];
                (block, length) = ([], BlockHead);
                more = added.Sum(t => t.ToBytes().Length);
            }
            block.AddRange(added);
            length += more;
            attribute = line.Attribute;
        }
        block.Add(new(Tag.Attribute, new[] { LastLine }));
        yield return Block(block, kind);
    }

    static Apdu Block(List<Tlv> lines, ReceiptKind kind) => new(Command.PrintBlock, [])
    {
        Tlvs = [new(Tag.ReceiptType, new[] { (byte)kind }), Tlv.Of(Tag.PrintTexts, lines)],
    };
}
