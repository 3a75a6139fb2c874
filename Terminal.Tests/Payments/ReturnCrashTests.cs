using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>
/// A return among power cuts and lost answers: whatever happens, it returns its money once or not at all, and what
/// 06 20 tells in the end is what the gateway did.
/// </summary>
public sealed class ReturnCrashTests
{
    /// <summary>Steps after which everything of an undisturbed return is over.</summary>
    const int Steps = 12;

    public static TheoryData<ReturnKind, bool, bool> Worlds => new()
    {
        { ReturnKind.Reversal, false, false },
        { ReturnKind.Reversal, true, false },
        { ReturnKind.Refund, false, false },
        { ReturnKind.Refund, false, true },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Power_cut_at_any_two_steps(ReturnKind kind, bool tooLate, bool refuses)
    {
        for (var first = 0; first < Steps; first++)
        {
            for (var second = first; second < Steps; second++)
            {
                Play(kind, new(tooLate, refuses), step => step == first || step == second, _ => false);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Any_set_of_answers_lost(ReturnKind kind, bool tooLate, bool refuses)
    {
        for (var lost = 0; lost < 1 << 8; lost++)
        {
            Play(kind, new(tooLate, refuses), _ => false, call => call < 8 && (lost >> call & 1) == 1);
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void A_power_cut_after_any_lost_answer(ReturnKind kind, bool tooLate, bool refuses)
    {
        for (var cut = 0; cut < Steps; cut++)
        {
            for (var lost = 0; lost < Steps; lost++)
            {
                Play(kind, new(tooLate, refuses), step => step == cut, call => call == lost);
            }
        }
    }

    static void Play(ReturnKind kind, TruthfulGateway gateway, Predicate<int> cuts, Predicate<int> loses)
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed().At(10);
        var seen = story.Done.Count;
        story.Return(kind);
        var calls = 0;
        for (var step = 0; step < 200; step++)
        {
            if (cuts(step))
            {
                // What left before is at the gateway already; its answers die with the process.
                story.Done.Skip(seen).ToList().ForEach(d => gateway.Take(d.Effect));
                seen = story.Done.Count;
                story.Restart();
            }
            else if (seen < story.Done.Count)
            {
                Answer(story, story.Done[seen++].Effect, gateway, () => loses(calls++));
            }
            else if (story.State.WakeAt != Moment.Never)
            {
                story.At(TimeSpan.FromTicks(story.State.WakeAt.Ticks).TotalSeconds);
            }
        }
        Check(story, Some.Return(kind), gateway);
    }

    static void Answer(Rehearsal story, Effect effect, TruthfulGateway gateway, Func<bool> isLost)
    {
        switch (effect)
        {
            case Effect.DrawRefundId:
                story.Happen(new PaymentInput.RefundIdDrawn(new($"R{story.Done.Count}")));
                break;
            case Effect.Offer e: story.Give(new DeskInput.Answered(e.Order.Id, EcrAnswer.Acknowledged)); break;
            case Effect.Complete e: story.Give(new DeskInput.Closed(e.Payment, true)); break;
            case Effect.Close e: story.Give(new DeskInput.Closed(e.Payment, true)); break;
            default:
                if (gateway.Take(effect) is { } answer && !isLost())
                {
                    story.Happen(answer);
                }
                break;
        }
    }

    static void Check(Rehearsal story, Return given, TruthfulGateway gateway)
    {
        Assert.Equal(0, story.State.Unresolved);
        Assert.IsType<LaneState.Idle>(story.State.Lane);
        story.Repeat();
        var last = story.All<Effect.Offer>()[^1];
        Assert.Equal(given.Id, last.Order.Id);
        var returned = Some.Amount.Minor - gateway.Captured;
        Assert.Equal(last.Outcome is Outcome.Approved ? given.Amount.Minor : 0, returned);
        Assert.True(last.Outcome is Outcome.Approved or Outcome.Rejected);
    }
}
