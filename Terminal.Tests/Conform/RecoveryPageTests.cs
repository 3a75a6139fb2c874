using System.Text;
using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Tests.Payments;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Conform;

/// <summary>
/// Writes the integrators' recovery page: each break is played to the real desk, and what 06 20 answers then is what
/// the page says. APPROVE=1 in the environment rewrites it, to be reviewed as a diff.
/// </summary>
public sealed class RecoveryPageTests
{
    const string NothingOrYes = "nothing, or 80 00 00", Offer = "04 0F with 27 00, not answered or the answer lost",
        Refused = "04 0F with 27 00, refused with 84 xx", Acknowledged = "04 0F with 27 00, your 80 00 00 delivered",
        Completed = "06 0F", NotPaid = "04 0F with anything else, or 06 1E";

    static readonly (string Saw, string Happened, Rehearsal Story)[] Breaks =
    [
        (NothingOrYes, "the order never began (power cut at once)", new Rehearsal()),
        (NothingOrYes, "no code was shown before the line broke, or before your 06 00", Gone()),
        (NothingOrYes, "no code was shown within 40 s", new Rehearsal().Order(Some.Order()).At(40).Ecr(EcrAnswer.Silent)
            .Closed(false)),
        (NothingOrYes, "the payment is still running", Rehearsal.Begun().At(3)),
        (NothingOrYes, "approved, and the line was down when the result was due", Approved(EcrAnswer.LineDown)),
        (NothingOrYes, "the same, and nobody asked for 15 s", Approved(EcrAnswer.LineDown).At(30)),
        (NothingOrYes, "approved, but no block of 04 0F got through", Approved(EcrAnswer.Silent).Closed(false)),
        (NothingOrYes, "the same, and the money is back", Returned(Approved(EcrAnswer.Silent).Closed(false))),
        (NothingOrYes, "declined", Rehearsal.Begun().At(1).Pay(Some.Fail).Ecr(EcrAnswer.Silent).Closed(false)),
        (NothingOrYes, "no answer of the gateway, cancelled", Rehearsal.Cancelling().Cancel(Some.Accepted)
            .Ecr(EcrAnswer.Silent).Closed(false)),
        (NothingOrYes, "no answer of the gateway, not even to the cancel", Rehearsal.Begun().At(29)
            .Ecr(EcrAnswer.Silent).Closed(false)),
        (NothingOrYes, "power cut while the gateway worked", Rehearsal.Begun().At(1).Restart()),
        (NothingOrYes, "the same, and the gateway has cancelled it", Rehearsal.Begun().At(1).Restart()
            .Inquiry(Some.Processing).Cancel(Some.Accepted)),
        (Offer, "your answer was lost or late", Approved(EcrAnswer.Silent).Closed()),
        (Offer, "the same, and the money is back", Returned(Approved(EcrAnswer.Silent).Closed())),
        (Offer, "the connection ended", Approved(EcrAnswer.LineDown)),
        (Offer, "your till started again and sent 06 00", Approved(EcrAnswer.Restarted)),
        (Offer, "the same, and nobody asked for 180 s", Approved(EcrAnswer.Restarted).At(200)),
        (Offer, "power cut", Rehearsal.Offered().Restart().Link()),
        (Offer, "power cut, and nobody asked for 180 s", Rehearsal.Offered().Restart().Link().At(200)),
        (Refused, "you did not issue the goods", Approved(EcrAnswer.Refused).Closed()),
        (Refused, "the same, and the money is back", Returned(Approved(EcrAnswer.Refused).Closed())),
        (Acknowledged, "06 0F was lost", Approved(EcrAnswer.Acknowledged).Closed(false)),
        (Acknowledged, "power cut", Approved(EcrAnswer.Acknowledged).Restart().Link()),
        (Completed, "your answer to it was lost", Approved(EcrAnswer.Acknowledged).Closed(false)),
        (Completed, "nothing", Approved(EcrAnswer.Acknowledged).Closed()),
        (NotPaid, "declined", Rehearsal.Begun().At(1).Pay(Some.Fail).Ecr(EcrAnswer.Acknowledged).Closed()),
        (NotPaid, "not confirmed, the cancel has not got through yet", Rehearsal.Begun().At(29)
            .Ecr(EcrAnswer.Acknowledged).Closed()),
    ];

    [Fact]
    public void The_recovery_page_is_the_approved_one()
    {
        var page = new StringBuilder(Introduction);
        foreach (var at in Breaks.GroupBy(b => b.Saw))
        {
            page.Append($"| **{at.Key}** | | | |\n");
            foreach (var (_, happened, story) in at)
            {
                var (answer, action) = Ask(story);
                page.Append($"| | {happened} | {answer} | {action} |\n");
            }
        }
        page.Append(End);
        var path = Repository.PathOf("deploy/ecr-kit/recovery.md");
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(path, page.ToString());
        }
        Assert.Equal(File.ReadAllText(path), page.ToString());
    }

    /// <summary>06 20, and what a till has to do with the answer.</summary>
    static (string Answer, string Action) Ask(Rehearsal story)
    {
        var before = story.Done.Count;
        story.Repeat();
        var said = story.Done.Skip(before).Select(d => d.Effect).ToList();
        if (said.OfType<Effect.Refuse>().SingleOrDefault() is { Refusal: var refusal })
        {
            return refusal.Reason == RefusalReason.Busy
                ? ("84 A0; behind a new connection or 06 00: the result, once it is there", "ask again")
                : ("27 83, or an earlier receipt", "do not book: it never began");
        }
        var outcome = said.OfType<Effect.Offer>().Single().Outcome;
        var verdict = ResultCode.Of(outcome);
        var answer = $"27 {verdict.Code:X2} {(verdict.Own.Length > 0 ? $"({verdict.Own}) " : "")}" +
            $"\"{verdict.Text.In(Language.English).Split('.')[0]}\"";
        return (answer, outcome switch
        {
            Outcome.Approved => "**book**",
            Outcome.Rejected => "do not book",
            _ => "do not book; it goes back by itself",
        });
    }

    static Rehearsal Gone() =>
        new Rehearsal().Order(Some.Order()).At(2).Give(new DeskInput.TillGone()).Ecr(EcrAnswer.LineDown);

    static Rehearsal Approved(EcrAnswer answer) => Rehearsal.Offered().Ecr(answer);

    /// <summary>The gateway cancels, and confirms it when asked.</summary>
    static Rehearsal Returned(Rehearsal story) =>
        story.Cancel(Some.Accepted).At(TimeSpan.FromTicks(story.Now.Ticks).TotalSeconds + 5).Inquiry(Some.Cancelled);

    const string Introduction = """
        # Recovery: what to do after a break

        Written by a test from the terminal's own state machines; change nothing here by hand.

        Whatever broke (cable, connection, power, either side), there is one way back:

        1. Restore the line. Send `06 20` (password, `03 03`). If your till starts again, send it before 06 00; after
           that it does no harm. While the answer is 84 A0, ask again every second.
           In between, the result may also come by itself, as the end of the old order. Take it with 80 00 00, or refuse
           it: the next 06 20 within 15 s tells it again.
        2. Compare the receipt number (87) with the last one that you know. **If you knew it before the order, the order
           never began**: nothing was charged, and the answer belongs to the earlier sale.
        3. Do what 27 says: 00 is paid, anything else is not. Acknowledge 04 0F with 80 00 00; that settles it.
        4. Until 06 20 is answered the sale is *unknown*. Do not book it, do not order it again with another code, and
           do not send the customer away. The same order with the same code is safe; it gets the answer of 06 20.

        Send no other order in between: it takes back an approval that you have not acknowledged. The table holds for
        the default settings of the terminal. In quotation marks is the first sentence of 3C. When the gateway refused,
        its own code follows in brackets.

        | the till saw last | what may have happened | 06 20 answers | do |
        |---|---|---|---|

        """;

    const string End = """

        What the till did before the break does not matter, only what 06 20 says. A till that books with 04 0F strikes
        the sale out again if 06 20 does not say 27 00. A till that books with 06 0F books it now if 06 20 says 27 00.

        A till that mirrors receipt numbers (TLV 1F1F) sees one difference: its silence undoes no approval. The terminal
        keeps the approval until 06 20 is answered or the next order shows by its 1F1F whether the till has it; see
        [booking.md](booking.md).

        Reversals and refunds (06 30, 06 31) are never taken back because an answer was lost. After a break ask with
        06 20: 27 00 means done, 27 FF that it goes on by itself, anything else that it was refused. The same order
        sent again gets the same answer until you have acknowledged it.

        """;
}
