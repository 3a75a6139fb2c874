using System.Text;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Receipts;
using Terminal.Panel.Words;

namespace Terminal.Ecr.Messages;

/// <summary>06 00 and 06 02: what the ECR and we have agreed on.</summary>
/// <param name="Config">The configuration byte (PA00P015 table 1).</param>
sealed record Registration(byte Config)
{
    const byte PrintsPayments = 0x02, PrintsAdministration = 0x04, ProgressWanted = 0x08, PrintsOurLines = 0x80;

    /// <summary>
    /// Holds before the first registration: nothing is agreed on beyond what a command itself allows.
    /// </summary>
    public static readonly Registration None = new(0);

    /// <summary>Log-off sets the configuration to 86 and ends all use of TLV (PA00P015 chapter 2.24).</summary>
    static readonly Registration LoggedOff = new(0x86);

    /// <summary>The ECR sent a TLV container, so we may send one.</summary>
    public bool KnowsTlv { get; init; }

    /// <summary>Characters in a line of the ECR's printer.</summary>
    public int PrinterWidth { get; init; } = PrintText.DefaultWidth;

    /// <summary>Characters in a line, and lines, of the cashier's display; 0 if the ECR did not say.</summary>
    public (int Columns, int Lines) Display { get; init; }

    /// <summary>Longest message that the ECR takes.</summary>
    public int MaxApdu { get; init; } = Frame.MaxApdu;

    /// <summary>Null: as in the settings.</summary>
    public Charset? Charset { get; init; }

    /// <summary>Null: as in the settings.</summary>
    public Language? Language { get; init; }

    /// <summary>Commands that the ECR takes beyond the mandatory ones; null if it did not say.</summary>
    public IReadOnlyList<int>? Takes { get; init; }

    /// <summary>TLV 1F04: which receipts the ECR prints, unless a command says otherwise.</summary>
    public byte ReceiptParameter { get; init; } = ReceiptOrder.All;

    /// <summary>From the next command on every message carries a number (TLV 1F73).</summary>
    public bool IsNumbered { get; init; }

    /// <summary>The ECR wants intermediate statuses (04 FF).</summary>
    public bool WantsProgress => (Config & ProgressWanted) != 0;

    public ReceiptOrder Receipts => new(Printing(PrintsPayments), ReceiptParameter)
    {
        Administration = Printing(PrintsAdministration),
    };

    /// <summary>06 D1 unless the ECR asks for 06 D3 by name.</summary>
    PrintCommand Printing(byte what) => (Config & (what | PrintsOurLines)) != (what | PrintsOurLines)
        ? PrintCommand.None
        : Takes?.Contains(Command.PrintBlock) == true ? PrintCommand.Blocks : PrintCommand.Lines;

    public static EcrCommand Read(EcrRequest request)
    {
        var data = request.Data;
        if (data.Length is < 4 or 5)
        {
            return EcrCommand.Refuse(ResultCode.ProtocolError);
        }
        var hasCurrency = data.Length >= 6;
        if (hasCurrency && Bcd.Read(data.Span[4..6]) != PaymentRequest.Accepted.Number)
        {
            byte[] accepted = Bcd.Write(PaymentRequest.Accepted.Number, 2);
            return new EcrCommand.Refused(new(0x841E, [ResultCode.WrongCurrency, .. accepted]));
        }
        var fields = Fields.Read(data.Length > 6 ? data[6..] : default);
        if (fields.Fault == FieldFault.Malformed)
        {
            return EcrCommand.Refuse(ResultCode.ProtocolError);
        }
        // Later revisions add fields here; a register that sends one still gets registered.
        var agreed = new Registration(data.Span[3]).Agree(fields);
        return new EcrCommand.Serve(agreed.Completion(fields, hasCurrency, request.Settings)) { Registration = agreed };
    }

    public static EcrCommand End(EcrRequest request) => new EcrCommand.Serve { Registration = LoggedOff };

    /// <summary>Takes what we support from the container.</summary>
    Registration Agree(Fields fields) => this with
    {
        KnowsTlv = fields.Has(Bmp.Tlv),
        PrinterWidth = fields.Tag(Tag.PrinterWidth) is { Length: 1 } width && Bcd.Read(width.Span) is { } columns
            ? PrintText.Fit((int)columns)
            : PrintText.DefaultWidth,
        Display = fields.Tag(Tag.MerchantDisplay) is { Length: 2 } display && Bcd.Read(display.Span) is { } size
            ? ((int)size / 100, (int)size % 100)
            : default,
        MaxApdu = ReadMaxApdu(fields.Tag(Tag.MaxApdu)),
        Charset = ReadCharset(fields.Tag(Tag.CharacterSets)),
        Language = ReadLanguages(fields).Select(l => (Language?)l).FirstOrDefault(),
        Takes = fields.Tag(Tag.PermittedCommands) is { } list ? ReadCommands(list) : null,
        ReceiptParameter = fields.Tag(Tag.ReceiptParameter) is { Length: > 0 } wish ? wish.Span[0] : ReceiptOrder.All,
        IsNumbered = fields.Tag(Tag.MessageNumber) is { Length: 3 } zero && Bcd.Read(zero.Span) == 0,
    };

    /// <summary>Our half of the agreement: only what the ECR asked for and we support.</summary>
    Apdu Completion(Fields asked, bool hasCurrency, EcrSettings settings)
    {
        var data = new FieldWriter()
            .Raw(Bmp.Status, 0)
            .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId));
        if (hasCurrency)
        {
            data.Number(Bmp.Currency, PaymentRequest.Accepted.Number, 2);
        }
        return new(Command.Completion, data.ToBytes()) { Tlvs = KnowsTlv ? [.. Answers(asked, settings)] : [] };
    }

    IEnumerable<Tlv> Answers(Fields asked, EcrSettings settings)
    {
        if (asked.Tag(Tag.PrinterWidth) is not null)
        {
            yield return new(Tag.PrinterWidth, Bcd.Write(PrinterWidth, 1));
        }
        if (asked.Tag(Tag.MaxApdu) is not null)
        {
            yield return new(Tag.MaxApdu, new byte[] { Frame.MaxApdu >> 8, Frame.MaxApdu & 0xFF });
        }
        if (Takes is not null)
        {
            var commands = CommandTable.Rows.Select(row => row.Command)
                .Where(command => command != Command.DisplayText || settings.HasDisplay).Append(Command.PrintLine)
                .Append(Command.PrintBlock).Append(Command.IntermediateStatus);
            yield return Tlv.Of(Tag.PermittedCommands, commands.Select(
                c => new Tlv(Tag.ZvtCommand, new[] { (byte)(c >> 8), (byte)(c & 0xFF) })));
        }
        if (Takes is not null)
        {
            yield return new(Tag.TagsRecognised, Tag.Recognised.SelectMany(Tlv.BytesOf).ToArray());
        }
        if (ReadCharset(asked.Tag(Tag.CharacterSets)) is { } charset)
        {
            yield return Tlv.Of(Tag.CharacterSets, [new(Tag.CharacterSet, new[] { charset.Code })]);
        }
        if (ReadLanguages(asked) is { Length: > 0 } common)
        {
            yield return Tlv.Of(Tag.Languages, common.Select(language => new Tlv(
                Tag.LanguageCode, Encoding.ASCII.GetBytes(Languages.All.First(l => l.Language == language).Code))));
        }
        if (IsNumbered)
        {
            yield return new(Tag.MessageNumber, new byte[3]);
        }
    }

    /// <summary>The first of the ECR's character sets that we have; null: none, so the default holds.</summary>
    static Charset? ReadCharset(ReadOnlyMemory<byte>? list) => list is { } bytes && Tlv.ReadAll(bytes) is { } sets
        ? sets.Where(t => t is { Tag: Tag.CharacterSet, Value.Length: 1 })
            .Select(t => Messages.Charset.Find(t.Value.Span[0])).FirstOrDefault(set => set is not null)
        : null;

    /// <summary>The languages that both speak, in the ECR's order.</summary>
    static Language[] ReadLanguages(Fields fields) =>
        fields.Tag(Tag.Languages) is { } bytes && Tlv.ReadAll(bytes) is { } list
            ? [.. list.Where(t => t.Tag == Tag.LanguageCode).Select(t => Languages.Find(t.Value)).OfType<Language>()
                .Distinct()]
            : [];

    static int[] ReadCommands(ReadOnlyMemory<byte> list) =>
        [.. (Tlv.ReadAll(list) ?? []).Where(t => t is { Tag: Tag.ZvtCommand, Value.Length: 2 })
            .Select(t => t.Value.Span[0] << 8 | t.Value.Span[1])];

    /// <summary>
    /// Big-endian, of any length. A register that claims to take less than one line of text is not believed.
    /// </summary>
    static int ReadMaxApdu(ReadOnlyMemory<byte>? value)
    {
        const int Least = 128;
        return value is { Length: > 0 and <= 2 } bytes
            ? Math.Clamp(bytes.Span.Length == 1 ? bytes.Span[0] : bytes.Span[0] << 8 | bytes.Span[1],
                Least, Frame.MaxApdu)
            : Frame.MaxApdu;
    }
}
