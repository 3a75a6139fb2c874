namespace Terminal.Ecr.Receipts;

/// <summary>How receipt texts reach the ECR's printer.</summary>
enum PrintCommand
{
    /// <summary>The ECR makes its own receipts from 04 0F, or wants none.</summary>
    None,
    /// <summary>06 D1: line by line.</summary>
    Lines,
    /// <summary>06 D3: whole blocks, if the ECR named the command in tag 26.</summary>
    Blocks,
}

/// <summary>Which receipts the ECR prints for us.</summary>
/// <param name="Payments">How the ECR prints customer's and merchant's receipts.</param>
/// <param name="Parameter">TLV 1F04, first byte: which of the two it prints.</param>
readonly record struct ReceiptOrder(PrintCommand Payments, byte Parameter)
{
    /// <summary>Both receipts, the merchant's first, of successful and of failed payments.</summary>
    public const byte All = 0xF0;

    const byte GoodCustomer = 0x80, BadCustomer = 0x40, GoodMerchant = 0x20, BadMerchant = 0x10, CustomerIsFirst = 0x08,
        IsShort = 0x04, EcrIsPrinter = 0x01;

    /// <summary>How the ECR prints administration receipts.</summary>
    public PrintCommand Administration { get; init; }

    /// <summary>The receipts may have been printed before and say so.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Payment data only, without the header.</summary>
    public bool WithoutHeader => (Parameter & IsShort) != 0;

    public PrintCommand By(ReceiptKind kind) => kind == ReceiptKind.Administration ? Administration : Payments;

    /// <summary>The receipts of a payment or a return, in the order wanted.</summary>
    public IEnumerable<ReceiptKind> Wanted(bool isPaid)
    {
        if (Payments == PrintCommand.None)
        {
            return [];
        }
        var customer = (Parameter & (isPaid ? GoodCustomer : BadCustomer)) != 0;
        var merchant = (Parameter & (isPaid ? GoodMerchant : BadMerchant)) != 0;
        ReceiptKind[] both = (Parameter & CustomerIsFirst) != 0
            ? [ReceiptKind.Customer, ReceiptKind.Merchant]
            : [ReceiptKind.Merchant, ReceiptKind.Customer];
        return both.Where(kind => kind == ReceiptKind.Customer ? customer : merchant);
    }

    /// <summary>A command may ask for other receipts than the registration, and may switch printing on.</summary>
    public ReceiptOrder Adjust(ReadOnlyMemory<byte>? parameter) => parameter is { Length: > 0 } bytes
        ? (bytes.Span[0] & EcrIsPrinter) == 0
            ? this with { Parameter = bytes.Span[0] }
            : this with { Payments = Some(Payments), Administration = Some(Administration), Parameter = bytes.Span[0] }
        : this;

    static PrintCommand Some(PrintCommand agreed) => agreed == PrintCommand.None ? PrintCommand.Lines : agreed;
}

/// <summary>Whose receipt it is; the numbers are those of TLV 1F07.</summary>
enum ReceiptKind
{
    Merchant = 1,
    Customer = 2,
    Administration = 3,
}
