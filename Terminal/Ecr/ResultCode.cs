using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>Result codes of PA00P015 chapter 10, and the words the cashier gets with them.</summary>
public static class ResultCode
{
    public const byte Approved = 0x00, Declined = 0x05, Aborted = 0x6C, WrongCurrency = 0x6F, InsufficientFunds = 0x71,
        BadCode = 0x73, CodeExpired = 0x78, NotPossible = 0x83, ProtocolError = 0x9A, PleaseWait = 0x9C,
        Busy = 0xA0, NoAnswer = 0xA1, NoConnection = 0xA3, MemoryFull = 0xB1, AlreadyReversed = 0xB4,
        NotReversible = 0xB5, LimitExceeded = 0xC3, MethodNotSupported = 0xC5, SystemError = 0xFF;

    /// <summary>Code and text for the outcome of a payment.</summary>
    public static (byte Code, string Text) Of(Outcome outcome) => outcome switch
    {
        Outcome.Approved e => (Approved, $"Paid. PID:{Short(e.GatewayId)}"),
        Outcome.Rejected e => Of(e.Why),
        _ => (SystemError, "Not confirmed. Do not hand over the goods on this payment. " +
            "If the customer was charged, it is returned automatically."),
    };

    static (byte, string) Of(NotPaid why)
    {
        var (code, text) = why.Reason switch
        {
            NotPaidReason.BadCode => (BadCode, "Code not accepted. Ask for a new code."),
            NotPaidReason.InsufficientFunds => (InsufficientFunds, "Not enough funds."),
            NotPaidReason.LimitExceeded => (LimitExceeded, "Customer's limit exceeded."),
            NotPaidReason.MethodNotAllowed => (MethodNotSupported, "This wallet is not accepted here."),
            NotPaidReason.Refused => (Declined, "Declined."),
            NotPaidReason.NoAnswer => (NoAnswer, "Not paid: no answer from the payment network."),
            NotPaidReason.NoConnection => (NoConnection, "Not paid: no connection to the payment network."),
            NotPaidReason.Aborted => (Aborted, "Aborted, not paid."),
            NotPaidReason.GatewayFault => (SystemError, "Not paid: fault in the payment network."),
            NotPaidReason.Withdrawn => (Aborted, "Not paid: the approval was not taken and is returned."),
            NotPaidReason.Reversed => (AlreadyReversed, "Reversed: the money was returned."),
            NotPaidReason.Refunded => (AlreadyReversed, "Refunded: the money was returned."),
            NotPaidReason.Restarted => (Aborted, "Not paid: the terminal restarted."),
            _ => (Aborted, "Not paid: settled by hand."),
        };
        return (code, why.Code.Length == 0 ? text : $"{text} [{Short(why.Code)}]");
    }

    /// <summary>Gateways promise at most 64 characters.</summary>
    internal static string Short(string text) => text.Length <= 64 ? text : text[..64];

    /// <summary>Code and text for an instruction that moved nothing.</summary>
    public static (byte Code, string Text) Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Busy => (Busy, "Terminal busy."),
        RefusalReason.Aborted => (Aborted, "Aborted, not paid."),
        RefusalReason.NoCodeScanned => (Aborted, "No code was scanned."),
        RefusalReason.CodeTooOld => (CodeExpired, "Code too old. Show the code again."),
        RefusalReason.CodeUsed => (BadCode, $"Code already used for receipt {refusal.Receipt:0000}."),
        RefusalReason.TooManyUnresolved => (NoConnection, "Too many unresolved payments. Try again later."),
        RefusalReason.AmountOutOfRange => (LimitExceeded, "Amount too high for this terminal."),
        RefusalReason.CurrencyNotSupported => (WrongCurrency, "Currency not supported."),
        RefusalReason.NoTransaction => (NotPossible, "No transaction to repeat."),
        RefusalReason.ReceiptUnknown when refusal.Receipt > 0 =>
            (NotReversible, $"Receipt {refusal.Receipt:0000} not found in this period."),
        RefusalReason.ReceiptUnknown => (NotReversible, "No payment found. Send its receipt number, or its REF:"),
        RefusalReason.PeriodClosed => (NotReversible, $"Receipt {refusal.Receipt:0000} is in a closed period. " +
            $"Refund it with {ReturnCommand.ReferencePrefix}{refusal.Reference}"),
        RefusalReason.AlreadyReturned =>
            (AlreadyReversed, $"Receipt {refusal.Receipt:0000}: the money was returned before."),
        RefusalReason.NotReturnable => (NotReversible, $"Receipt {refusal.Receipt:0000} cannot be returned: " +
            "not paid, partly refunded, or another return is under way."),
        RefusalReason.ReturnAmount =>
            (NotReversible, $"Receipt {refusal.Receipt:0000}: {refusal.Most} can be returned."),
        RefusalReason.JournalFull => (MemoryFull, "Terminal memory full. Call service."),
        _ => (SystemError, "Terminal cannot store payments. Call service."),
    };

    /// <summary>Our own code (TLV 1F16) and name (1F17) for a result that ZVT has none for; null otherwise.</summary>
    public static (string Code, string Text)? Extended(Outcome outcome) => outcome switch
    {
        Outcome.NotConfirmed => ("NC", "Not confirmed"),
        Outcome.Rejected { Why.Reason: NotPaidReason.GatewayFault } => ("GF", "Gateway fault"),
        _ => null,
    };
}
