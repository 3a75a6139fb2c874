using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Panel.Cues;

static class GermanWording
{
    internal static ScreenText Of(Cue cue) => cue switch
    {
        Cue.Starting => new("Startet", "Einen Moment"),
        Cue.Ready { Notice: { } code } => new("Bereit", $"{code.Code}: {code.German.Meaning}"),
        Cue.Ready => new("Bereit", "Verkauf an der Kasse beginnen"),
        Cue.PresentCode => new("Code bitte", "Handy an den Scanner"),
        Cue.Submitting => new("Sendet", "Einen Moment"),
        Cue.WaitingForCustomer => new("Bestätigen", "Kunde: aufs Handy sehen"),
        Cue.TellingTill => new("Bezahlt", "Warten auf die Kasse"),
        Cue.Cancelling => new("Storno", "Ware noch nicht geben"),
        Cue.Approved e => new("Bezahlt", $"Beleg {e.Receipt:0000}"),
        Cue.NotPaid e => new("Nicht bezahlt", Of(e.Reason)),
        Cue.NotConfirmed => new("Nicht bestätigt", "Ware nicht geben. Abgebuchtes kommt zurück."),
        Cue.Refused e => Of(e.Refusal),
        Cue.Attention e => new(e.Code.Code, e.Code.German.Meaning),
        Cue.OutOfOrder e => new(e.Code.Code, e.Code.German.Meaning),
        _ => default,
    };

    static string Of(NotPaidReason reason) => reason switch
    {
        NotPaidReason.BadCode => "Code ungültig. Neuen Code zeigen.",
        NotPaidReason.InsufficientFunds => "Guthaben reicht nicht.",
        NotPaidReason.LimitExceeded => "Limit erreicht.",
        NotPaidReason.MethodNotAllowed => "Wallet hier nicht erlaubt.",
        NotPaidReason.Refused => "Vom Wallet abgelehnt.",
        NotPaidReason.NoAnswer => "Keine Antwort: storniert.",
        NotPaidReason.NoConnection => "Kein Netz, nichts gesendet.",
        NotPaidReason.Aborted => "Abgebrochen.",
        NotPaidReason.GatewayFault => "Falsche Antwort: storniert.",
        NotPaidReason.Withdrawn => "Kasse hat abgelehnt: Geld zurück.",
        NotPaidReason.Indivisible => "Alles Geld geht zurück.",
        NotPaidReason.Reversed => "Storniert. Geld kommt zurück.",
        NotPaidReason.Refunded or NotPaidReason.NotDelivered => "Erstattet. Geld kommt zurück.",
        NotPaidReason.Restarted => "Stromausfall: storniert.",
        NotPaidReason.Resolved => "Von Hand geklärt.",
        NotPaidReason.NoCodeScanned => "Kein Code gezeigt. Neu beginnen.",
        NotPaidReason.TillGone => "Kasse war weg. Neu beginnen.",
        NotPaidReason.CodeTooOld => "Code alt. Noch einmal zeigen.",
        NotPaidReason.CodeUsed => "Code schon benutzt.",
        NotPaidReason.TooManyUnresolved => "Zu viele offene Zahlungen.",
        NotPaidReason.AmountOutOfRange => "Betrag zu hoch.",
        NotPaidReason.Card => "Keine Karten. Code zeigen.",
        NotPaidReason.OtherWallet => "Code einer anderen Wallet.",
        _ => "Bitte anders zahlen.",
    };

    static ScreenText Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Busy => new("Besetzt", "Eine Zahlung läuft noch."),
        RefusalReason.TooManyUnresolved => new("Bitte warten", "Zu viele offene Zahlungen."),
        RefusalReason.NoTransaction => new("Kein Beleg", "Nichts zu wiederholen."),
        RefusalReason.ReceiptUnknown => new("Kein Beleg", "Nichts zu erstatten."),
        RefusalReason.ReceiptAmbiguous => new("Nr. doppelt", "Betrag oder REF angeben."),
        RefusalReason.PeriodClosed => new("Abschluss", "Mit Referenz erstatten."),
        RefusalReason.AlreadyReturned => new("Erstattet", $"Beleg {refusal.Receipt:0000}: schon vorher."),
        RefusalReason.ReturnUnderWay => new("Warten", $"Beleg {refusal.Receipt:0000}: läuft noch."),
        RefusalReason.ReturnNeedsPerson => new("P-404", $"Beleg {refusal.Receipt:0000}: Service rufen."),
        RefusalReason.NotReturnable => new("Nein", $"Beleg {refusal.Receipt:0000}: nicht möglich."),
        RefusalReason.ReturnAmount => new("Betrag", "So viel ist nicht übrig."),
        RefusalReason.JournalDown => new("Kein Verkauf", "J-301: Service rufen."),
        RefusalReason.JournalDamaged => new("Kein Verkauf", "J-303: Service rufen."),
        RefusalReason.CodeKeyLost => new("Kein Verkauf", "J-305: Service rufen."),
        RefusalReason.JournalFull => new("Kein Verkauf", "J-302: Zentrale verbinden."),
        _ => new("Abgelehnt", "Bitte neu beginnen."),
    };
}
