using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Ecr.Messages;

/// <summary>Result codes of PA00P015 chapter 10, and the words that the cashier gets with them.</summary>
static class ResultCode
{
    /// <remarks>
    /// A decline is 66, "processing error": 01 to 63 are a host's own codes, for which common tills have no words, and
    /// show the cashier nothing.
    /// </remarks>
    public const byte Approved = 0x00, Declined = 0x66, NotRegistered = 0x6B, Aborted = 0x6C, WrongCurrency = 0x6F,
        InsufficientFunds = 0x71, BadCode = 0x73, CodeExpired = 0x78, NotPossible = 0x83, ProtocolError = 0x9A,
        PleaseWait = 0x9C, PartialGoods = 0x9D, Busy = 0xA0, NoAnswer = 0xA1, NoConnection = 0xA3, MemoryFull = 0xB1,
        AlreadyReversed = 0xB4, NotReversible = 0xB5, LimitExceeded = 0xC3, MethodNotSupported = 0xC5,
        SystemError = 0xFF;

    /// <summary>The outcome of a payment in the terms of ZVT.</summary>
    public static Verdict Of(Outcome outcome) => outcome switch
    {
        Outcome.Approved e => new(Approved, "", new Phrase("Paid. PID:", "Bezahlt. PID:").With(Short(e.GatewayId))),
        Outcome.Rejected e => Of(e.Why),
        _ => new(SystemError, "NC", new(
            "Not confirmed. Do not hand over the goods on this payment. " +
            "If the customer was charged, it is returned automatically.",
            "Nicht bestätigt. Ware auf diese Zahlung nicht herausgeben. " +
            "Wurde der Kunde belastet, wird der Betrag automatisch erstattet.")),
    };

    static Verdict Of(NotPaid why)
    {
        var verdict = Of(why.Reason);
        return verdict with
        {
            Text = why.Reason == NotPaidReason.CodeUsed
                ? verdict.Text.With($"{why.Code}.")
                : verdict.Text.With(InBrackets(why.Code)),
        };
    }

    static Verdict Of(NotPaidReason reason) => reason switch
    {
        NotPaidReason.BadCode => new(BadCode, "CD",
            new("Code not accepted. Ask for a new code.", "Code nicht akzeptiert. Bitte neuen Code zeigen lassen.")),
        NotPaidReason.InsufficientFunds => new(InsufficientFunds, "IF",
            new("Not enough funds.", "Guthaben reicht nicht aus.")),
        NotPaidReason.LimitExceeded => new(LimitExceeded, "LX",
            new("Customer's limit exceeded.", "Limit des Kunden überschritten.")),
        NotPaidReason.MethodNotAllowed => new(MethodNotSupported, "MN",
            new("This wallet is not accepted here.", "Diese Wallet wird hier nicht akzeptiert.")),
        NotPaidReason.Refused => new(Declined, "DC", new("Declined.", "Abgelehnt.")),
        NotPaidReason.NoAnswer => new(NoAnswer, "NA",
            new("Not paid: no answer from the payment network.", "Nicht bezahlt: keine Antwort vom Zahlungsnetz.")),
        NotPaidReason.NoConnection => new(NoConnection, "NL",
            new("Not paid: no connection to the payment network.",
                "Nicht bezahlt: keine Verbindung zum Zahlungsnetz.")),
        NotPaidReason.Aborted => new(Aborted, "AB", new("Aborted, not paid.", "Abgebrochen, nicht bezahlt.")),
        NotPaidReason.GatewayFault => new(SystemError, "GF",
            new("Not paid: fault in the payment network.", "Nicht bezahlt: Störung im Zahlungsnetz.")),
        NotPaidReason.Withdrawn => new(Aborted, "WD",
            new("Not paid: the approval was not taken and is returned.",
                "Nicht bezahlt: nicht bestätigte Zahlung wird erstattet.")),
        NotPaidReason.Indivisible => new(Aborted, "WI",
            new("Not paid: this wallet returns no part, so all of it is returned.",
                "Nicht bezahlt: diese Wallet erstattet keine Teile, der ganze Betrag wird erstattet.")),
        NotPaidReason.Reversed => new(AlreadyReversed, "RV",
            new("Reversed: the money was returned.", "Storniert: der Betrag wurde erstattet.")),
        NotPaidReason.Refunded or NotPaidReason.NotDelivered => new(AlreadyReversed, "RF",
            new("Refunded: the money was returned.", "Gutgeschrieben: der Betrag wurde erstattet.")),
        NotPaidReason.Restarted => new(Aborted, "RS",
            new("Not paid: the terminal restarted.", "Nicht bezahlt: das Terminal wurde neu gestartet.")),
        NotPaidReason.Resolved => new(Aborted, "PR",
            new("Not paid: settled by hand.", "Nicht bezahlt: von Hand geklärt.")),
        _ => OfOrder(reason),
    };

    /// <summary>The verdict on an order that never moved anything.</summary>
    static Verdict OfOrder(NotPaidReason reason) => reason switch
    {
        NotPaidReason.NoCodeScanned => new(Aborted, "NS", new("No code was scanned.", "Kein Code gescannt.")),
        NotPaidReason.TillGone => new(Aborted, "TG", new(
            "Not paid: the till was gone before there was a code.",
            "Nicht bezahlt: die Kasse war weg, bevor ein Code da war.")),
        NotPaidReason.CodeTooOld => new(CodeExpired, "CO",
            new("Code too old. Show the code again.", "Code zu alt. Code bitte erneut zeigen.")),
        NotPaidReason.CodeUsed => new(BadCode, "CU",
            new("Code already used for receipt ", "Code schon verwendet für Beleg ")),
        NotPaidReason.TooManyUnresolved => TooManyUnresolved,
        NotPaidReason.Card => new(MethodNotSupported, "NK",
            new("No cards: ask for a payment code.", "Keine Karten: bitte Zahlungscode zeigen lassen.")),
        NotPaidReason.OtherWallet => new(BadCode, "CW",
            new("The code is not of the wallet chosen.", "Der Code gehört nicht zur gewählten Wallet.")),
        _ => new(LimitExceeded, "AL",
            new("Amount too high for this terminal.", "Betrag zu hoch für dieses Terminal.")),
    };

    static readonly Verdict TooManyUnresolved = new(NoConnection, "TU", new(
        "Too many unresolved payments. Try again later.", "Zu viele ungeklärte Zahlungen. Später erneut versuchen."));

    /// <summary>The gateway's own code in brackets, if it gave one.</summary>
    internal static string InBrackets(string code) => code.Length == 0 ? "" : $" [{Short(code)}]";

    /// <summary>Gateways promise at most 64 characters.</summary>
    internal static string Short(string text) => text.Length <= 64 ? text : text[..64];

    /// <summary>The verdict on an instruction that moved nothing.</summary>
    public static Verdict Of(Refusal refusal, EcrSettings settings) => refusal.Reason switch
    {
        RefusalReason.Busy => new(Busy, "TB", new("Terminal busy.", "Terminal beschäftigt.")),
        RefusalReason.TooManyUnresolved => TooManyUnresolved,
        RefusalReason.NoTransaction => new(NotPossible, "NT",
            new("No transaction to repeat.", "Keine Transaktion zum Wiederholen.")),
        RefusalReason.ReceiptUnknown or RefusalReason.ReceiptAmbiguous or RefusalReason.PeriodClosed or
            RefusalReason.AlreadyReturned or RefusalReason.ReturnUnderWay or RefusalReason.ReturnNeedsPerson or
            RefusalReason.NotReturnable or RefusalReason.ReturnAmount => InstructionText.Of(refusal, settings),
        RefusalReason.JournalFull => new(MemoryFull, "JF",
            new("Terminal memory full. Call service.", "Speicher des Terminals voll. Service rufen.")),
        _ => new(SystemError, "JD",
            new("Terminal cannot store payments. Call service.",
                "Terminal kann keine Zahlungen speichern. Service rufen.")),
    };
}
