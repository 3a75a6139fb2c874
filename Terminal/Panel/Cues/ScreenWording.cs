using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Panel.Cues;

/// <summary>What a screen says: one message and one next step.</summary>
readonly record struct ScreenText(Phrase Message, Phrase NextStep);

/// <summary>The texts of the screens.</summary>
static class ScreenWording
{
    static readonly Phrase Open = new("OPEN", "offen");

    public static ScreenText Of(Cue cue) => cue switch
    {
        Cue.Starting => new(new("Starting", "Startet"), new("One moment", "Einen Moment")),
        Cue.Ready { Notice: { } code } => new(new("Ready", "Bereit"), Phrase.Same($"{code.Code}: ") + code.Meaning),
        Cue.Ready => new(new("Ready", "Bereit"), new("Start a sale at the till", "Verkauf an der Kasse beginnen")),
        Cue.PresentCode => new(new("Show code", "Code bitte"), new("Hold phone to scanner", "Handy an den Scanner")),
        Cue.Submitting => new(new("Sending", "Sendet"), new("One moment", "Einen Moment")),
        Cue.WaitingForCustomer =>
            new(new("Confirm", "Bestätigen"), new("Customer: see the phone", "Kunde: aufs Handy sehen")),
        Cue.TellingTill => new(new("Paid", "Bezahlt"), new("Waiting for the till", "Warten auf die Kasse")),
        Cue.Cancelling => new(new("Cancelling", "Storno"), new("Wait, keep the goods", "Ware noch nicht geben")),
        Cue.Approved e => new(new("Approved", "Bezahlt"), new($"Receipt {e.Receipt:0000}", $"Beleg {e.Receipt:0000}")),
        Cue.NotPaid e => new(new("NOT PAID", "Nicht bezahlt"), Of(e.Reason)),
        Cue.NotConfirmed => new(
            new("Not confirmed", "Nicht bestätigt"),
            new("Keep the goods. Any charge is returned automatically.",
                "Ware nicht geben. Abgebuchtes kommt zurück.")),
        Cue.Refused e => Of(e.Refusal),
        Cue.Attention e => new(Phrase.Same(e.Code.Code), e.Code.Meaning),
        Cue.OutOfOrder e => new(Phrase.Same(e.Code.Code), e.Code.Meaning),
        _ => new(Phrase.Same(""), Phrase.Same("")),
    };

    static Phrase Of(NotPaidReason reason) => reason switch
    {
        NotPaidReason.BadCode => new("Code not valid. Show a new code.", "Code ungültig. Neuen Code zeigen."),
        NotPaidReason.InsufficientFunds => new("Not enough money. Pay another way.", "Guthaben reicht nicht."),
        NotPaidReason.LimitExceeded => new("Wallet limit reached. Pay another way.", "Limit erreicht."),
        NotPaidReason.MethodNotAllowed =>
            new("Wallet not accepted here. Pay another way.", "Wallet hier nicht erlaubt."),
        NotPaidReason.Refused => new("Refused by the wallet. Pay another way.", "Vom Wallet abgelehnt."),
        NotPaidReason.NoAnswer => new("No answer in time: cancelled. Try again.", "Keine Antwort: storniert."),
        NotPaidReason.NoConnection => new("No network, nothing was sent. Try again.", "Kein Netz, nichts gesendet."),
        NotPaidReason.Aborted => new("Stopped.", "Abgebrochen."),
        NotPaidReason.GatewayFault => new("Wrong answer: cancelled. Call support.", "Falsche Antwort: storniert."),
        NotPaidReason.Withdrawn =>
            new("The till did not take it: money returned.", "Kasse hat abgelehnt: Geld zurück."),
        NotPaidReason.Indivisible => new("All of the money goes back.", "Alles Geld geht zurück."),
        NotPaidReason.Reversed => new("Reversed. The money goes back.", "Storniert. Geld kommt zurück."),
        NotPaidReason.Refunded or NotPaidReason.NotDelivered =>
            new("Refunded. The money goes back.", "Erstattet. Geld kommt zurück."),
        NotPaidReason.Restarted => new("Power was lost: cancelled. Sell again.", "Stromausfall: storniert."),
        NotPaidReason.Resolved => new("Settled by hand.", "Von Hand geklärt."),
        NotPaidReason.NoCodeScanned => new("No code was shown. Start again.", "Kein Code gezeigt. Neu beginnen."),
        NotPaidReason.TillGone => new("The till was gone. Start again.", "Kasse war weg. Neu beginnen."),
        NotPaidReason.CodeTooOld => new("Old code. Show the code again.", "Code alt. Noch einmal zeigen."),
        NotPaidReason.CodeUsed => new("Code used before. Show a new code.", "Code schon benutzt."),
        NotPaidReason.TooManyUnresolved => new("Too many payments are open. Wait.", "Zu viele offene Zahlungen."),
        NotPaidReason.AmountOutOfRange => new("Amount too high.", "Betrag zu hoch."),
        NotPaidReason.Card => new("No cards. Show a code.", "Keine Karten. Code zeigen."),
        NotPaidReason.OtherWallet => new("Code of another wallet.", "Code einer anderen Wallet."),
        _ => new("Pay another way.", "Bitte anders zahlen."),
    };

    static ScreenText Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Busy =>
            new(new("Busy", "Besetzt"), new("Wait for the payment under way.", "Eine Zahlung läuft noch.")),
        RefusalReason.TooManyUnresolved => new(
            new("Please wait", "Bitte warten"),
            new("Too many payments are still open.", "Zu viele offene Zahlungen.")),
        RefusalReason.NoTransaction =>
            new(new("Nothing", "Kein Beleg"), new("There is no receipt to repeat.", "Nichts zu wiederholen.")),
        RefusalReason.ReceiptUnknown =>
            new(new("No receipt", "Kein Beleg"), new("Nothing found to return.", "Nichts zu erstatten.")),
        RefusalReason.ReceiptAmbiguous =>
            new(new("Which one?", "Nr. doppelt"), new("Add the amount or REF.", "Betrag oder REF angeben.")),
        RefusalReason.PeriodClosed =>
            new(new("Day closed", "Abschluss"), new("Refund by its reference.", "Mit Referenz erstatten.")),
        RefusalReason.AlreadyReturned => new(
            new("Returned", "Erstattet"),
            new($"Receipt {refusal.Receipt:0000} before.", $"Beleg {refusal.Receipt:0000}: schon vorher.")),
        RefusalReason.ReturnUnderWay => new(
            new("Wait", "Warten"),
            new($"Receipt {refusal.Receipt:0000}: on its way.", $"Beleg {refusal.Receipt:0000}: läuft noch.")),
        RefusalReason.ReturnNeedsPerson => new(
            Phrase.Same("P-404"),
            new($"Receipt {refusal.Receipt:0000}: call service.", $"Beleg {refusal.Receipt:0000}: Service rufen.")),
        RefusalReason.NotReturnable => new(
            new("No return", "Nein"),
            new($"Receipt {refusal.Receipt:0000}: not now.", $"Beleg {refusal.Receipt:0000}: nicht möglich.")),
        RefusalReason.ReturnAmount =>
            new(new("Amount", "Betrag"), new("This amount is not left.", "So viel ist nicht übrig.")),
        RefusalReason.JournalDown =>
            new(new("No sales", "Kein Verkauf"), new("J-301: call service.", "J-301: Service rufen.")),
        RefusalReason.JournalDamaged =>
            new(new("No sales", "Kein Verkauf"), new("J-303: call service.", "J-303: Service rufen.")),
        RefusalReason.CodeKeyLost =>
            new(new("No sales", "Kein Verkauf"), new("J-305: call service.", "J-305: Service rufen.")),
        RefusalReason.JournalFull =>
            new(new("No sales", "Kein Verkauf"), new("J-302: connect head office.", "J-302: Zentrale verbinden.")),
        _ => new(new("Refused", "Abgelehnt"), new("Start again.", "Bitte neu beginnen.")),
    };

    /// <summary>The amount without its currency, grouped: 1,234.50 or 1.234,50.</summary>
    public static string Amount(Money money, Language language)
    {
        var (group, point) = language is Language.German ? ('.', ',') : (',', '.');
        var decimals = money.Currency.Decimals;
        var digits = Math.Abs(money.Minor).ToString().PadLeft(decimals + 1, '0');
        var whole = digits[..^decimals];
        for (var i = whole.Length - 3; i > 0; i -= 3)
        {
            whole = whole.Insert(i, group.ToString());
        }
        return $"{(money.Minor < 0 ? "-" : "")}{whole}{(decimals > 0 ? point + digits[^decimals..] : "")}";
    }

    /// <summary>
    /// How many payments are being undone, and how old the oldest is. The letters have no descenders, because the strip
    /// has no row for them.
    /// </summary>
    public static string Unresolved(Strip strip, Language language)
    {
        var open = Open.In(language);
        return strip.Unresolved == 0 ? $"0 {open}" : $"{strip.Unresolved} {open} {strip.OldestText}";
    }
}
