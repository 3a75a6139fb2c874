using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Panel.Cues;

static class EnglishWording
{
    internal static ScreenText Of(Cue cue) => cue switch
    {
        Cue.Starting => new("Starting", "One moment"),
        Cue.Ready { Notice: { } code } => new("Ready", $"{code.Code}: {code.English.Meaning}"),
        Cue.Ready => new("Ready", "Start a sale at the till"),
        Cue.PresentCode => new("Show code", "Hold phone to scanner"),
        Cue.Submitting => new("Sending", "One moment"),
        Cue.WaitingForCustomer => new("Confirm", "Customer: see the phone"),
        Cue.TellingTill => new("Paid", "Waiting for the till"),
        Cue.Cancelling => new("Cancelling", "Wait, keep the goods"),
        Cue.Approved e => new("Approved", $"Receipt {e.Receipt:0000}"),
        Cue.NotPaid e => new("NOT PAID", Of(e.Reason)),
        Cue.NotConfirmed => new("Not confirmed", "Keep the goods. Any charge is returned automatically."),
        Cue.Refused e => Of(e.Refusal),
        Cue.Attention e => new(e.Code.Code, e.Code.English.Meaning),
        Cue.OutOfOrder e => new(e.Code.Code, e.Code.English.Meaning),
        _ => default,
    };

    static string Of(NotPaidReason reason) => reason switch
    {
        NotPaidReason.BadCode => "Code not valid. Show a new code.",
        NotPaidReason.InsufficientFunds => "Not enough money. Pay another way.",
        NotPaidReason.LimitExceeded => "Wallet limit reached. Pay another way.",
        NotPaidReason.MethodNotAllowed => "Wallet not accepted here. Pay another way.",
        NotPaidReason.Refused => "Refused by the wallet. Pay another way.",
        NotPaidReason.NoAnswer => "No answer in time: cancelled. Try again.",
        NotPaidReason.NoConnection => "No network, nothing was sent. Try again.",
        NotPaidReason.Aborted => "Stopped.",
        NotPaidReason.GatewayFault => "Wrong answer: cancelled. Call support.",
        NotPaidReason.Withdrawn => "The till did not take it: money returned.",
        NotPaidReason.Indivisible => "All of the money goes back.",
        NotPaidReason.Reversed => "Reversed. The money goes back.",
        NotPaidReason.Refunded or NotPaidReason.NotDelivered => "Refunded. The money goes back.",
        NotPaidReason.Restarted => "Power was lost: cancelled. Sell again.",
        NotPaidReason.Resolved => "Settled by hand.",
        NotPaidReason.NoCodeScanned => "No code was shown. Start again.",
        NotPaidReason.TillGone => "The till was gone. Start again.",
        NotPaidReason.CodeTooOld => "Old code. Show the code again.",
        NotPaidReason.CodeUsed => "Code used before. Show a new code.",
        NotPaidReason.TooManyUnresolved => "Too many payments are open. Wait.",
        NotPaidReason.AmountOutOfRange => "Amount too high.",
        NotPaidReason.Card => "No cards. Show a code.",
        NotPaidReason.OtherWallet => "Code of another wallet.",
        _ => "Pay another way.",
    };

    static ScreenText Of(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Busy => new("Busy", "Wait for the payment under way."),
        RefusalReason.TooManyUnresolved => new("Please wait", "Too many payments are still open."),
        RefusalReason.NoTransaction => new("Nothing", "There is no receipt to repeat."),
        RefusalReason.ReceiptUnknown => new("No receipt", "Nothing found to return."),
        RefusalReason.ReceiptAmbiguous => new("Which one?", "Add the amount or REF."),
        RefusalReason.PeriodClosed => new("Day closed", "Refund by its reference."),
        RefusalReason.AlreadyReturned => new("Returned", $"Receipt {refusal.Receipt:0000} before."),
        RefusalReason.ReturnUnderWay => new("Wait", $"Receipt {refusal.Receipt:0000}: on its way."),
        RefusalReason.ReturnNeedsPerson => new("P-404", $"Receipt {refusal.Receipt:0000}: call service."),
        RefusalReason.NotReturnable => new("No return", $"Receipt {refusal.Receipt:0000}: not now."),
        RefusalReason.ReturnAmount => new("Amount", "This amount is not left."),
        RefusalReason.JournalDown => new("No sales", "J-301: call service."),
        RefusalReason.JournalDamaged => new("No sales", "J-303: call service."),
        RefusalReason.CodeKeyLost => new("No sales", "J-305: call service."),
        RefusalReason.JournalFull => new("No sales", "J-302: connect head office."),
        _ => new("Refused", "Start again."),
    };
}
