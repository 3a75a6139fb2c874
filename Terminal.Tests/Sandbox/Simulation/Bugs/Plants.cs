using Terminal.Checkout;
using Terminal.Payments;

namespace Sandbox.Simulation.Bugs;

/// <summary>Every planted bug by name. None of them is in the product.</summary>
static class Plants
{
    public static readonly IReadOnlyDictionary<string, Func<Plant>> All = new SortedDictionary<string, Func<Plant>>
    {
        ["answers-late"] = Under(p => p with { AnswerDue = TimeSpan.FromSeconds(31) }),
        ["progress-after-23s"] = Under(p => p with { LastProgress = TimeSpan.FromSeconds(28) }),
        ["cancels-late"] = Under(p => p with { LastInquiry = TimeSpan.FromSeconds(26) }),
        ["unresolved-without-limit"] = Under(p => p with { MaxUnresolved = 100 }),
        ["refunds-beside-cancel"] = Under(p => p with { RefundAfterCancel = TimeSpan.Zero }),
        ["not-charged-too-soon"] = Under(p => p with
        {
            NotChargedMargin = TimeSpan.Zero,
            ShortestExpiry = TimeSpan.Zero,
            UnsentExpiry = TimeSpan.Zero,
        }),

        ["orders-ignored"] = Hearing((_, e) => e is DeskInput.Ordered ? new DeskInput.LinkReady() : e),
        ["amount-not-compared"] = Hearing(InputPlants.TrustTheAmount),
        ["currency-not-compared"] = Hearing(InputPlants.TrustTheCurrency),
        ["not-found-believed"] = Hearing(InputPlants.BelieveNotFound),
        ["same-code-charged-twice"] = Hearing(InputPlants.ForgetTheCode),
        ["silence-taken-for-acknowledgement"] = Hearing(InputPlants.TakeSilenceForConsent),
        ["pay-sent-again-after-timeout"] = Hearing(InputPlants.TakeTimeoutForNotSent),
        ["held-for-ever"] = Acting(EffectPlants.HoldForEver),
        ["abort-trusted"] = Hearing(InputPlants.TrustTheAbort),

        ["declines-everything"] = Acting(EffectPlants.Decline),
        ["cancel-skipped-after-last-query"] = Acting(EffectPlants.SkipTheCancel),
        ["approves-after-withdrawal"] = Acting(EffectPlants.ApproveTheWithdrawn),
        ["completes-without-acknowledgement"] = Acting(EffectPlants.CompleteAtOnce),
        ["withdraws-without-cancel"] = Acting(EffectPlants.WithdrawAndKeep),
        ["not-confirmed-forgotten"] = Acting(EffectPlants.ForgetTheUnconfirmed),
        ["cancel-believed-without-proof"] = Acting(EffectPlants.BelieveTheCancel),
        ["refunds-twice"] = Acting(EffectPlants.RefundAgain),
        ["cancels-five-times-only"] = Acting(EffectPlants.TireOfCancelling),
        ["retold-approval-aborted"] = Acting(EffectPlants.AbortTheRetold),
        ["sale-denied-while-refunding"] = Acting(EffectPlants.DenyTheSale),
        ["success-believed-while-cancelling"] = () => new BelievingPlant(),
        ["approves-before-the-journal"] = () => new HastyPlant(),
        ["pay-sent-again-after-restart"] = () => new ResendingPlant(),
        ["reverses-acknowledged-after-restart"] = () => new ReversingPlant(),
        ["return-repeated-is-another"] = Hearing(ReturnPlants.ForgetTheReturn),
        ["return-over-with-its-acknowledgement"] = Hearing(ReturnPlants.EndWithTheAcknowledgement),
        ["returned-told-before-proof"] = () => new HastyReturnPlant(),
        ["returned-although-refused"] = Acting(ReturnPlants.BelieveTheRefund),
        ["return-forgotten-at-restart"] = () => new ForgettingReturnPlant(),
        ["refund-above-the-rest"] = () => new OverdrawingPlant(),
        ["refund-by-receipt-of-a-closed-period"] = Hearing(ReturnPlants.LookIntoClosedPeriods),
        ["reversal-without-withdrawal"] = () => new UnwithdrawnPlant(),
        ["sale-charged-after-its-return"] = Hearing(ReturnPlants.SellTheReturned),
        ["period-counts-the-one-before"] = () => new RecountingPeriodPlant(),
        ["gateway-figure-copied-from-the-till"] = Hearing(ReturnPlants.CopyTheTill),
        ["gateway-figure-without-returns"] = Hearing(ReturnPlants.CountApprovalsOnly),
        ["totals-close-the-period"] = Hearing(ReturnPlants.CloseWhenAsked),
        ["mirrored-sale-ends-with-silence"] = Hearing(InputPlants.ForgetThatItMirrors),
        ["mirrored-number-unread"] = Hearing(InputPlants.IgnoreTheMirror),
        ["one-behind-taken-for-booked"] = Hearing(InputPlants.TakeOneBehindForBooked),
        ["order-outlives-its-line"] = Hearing(InputPlants.ForgetTheLine),
        ["all-refunded-for-the-rest"] = Acting(PartPlants.RefundAll),
        ["nothing-issued-taken-for-all"] = Hearing(PartPlants.TakeNothingForAll),
        ["part-returned-by-a-wallet-that-takes-none"] = Hearing(PartPlants.DivideAnyWallet),
        ["part-taken-for-all"] = Hearing(PartPlants.TakeForAll),
        ["part-told-as-all"] = Acting(PartPlants.TellAll),
        ["rest-forgotten-at-restart"] = () => new ForgettingRestPlant(),
        ["rest-refunded-again"] = Acting(PartPlants.RefundAgain),
        ["rest-refunded-before-its-record"] = Acting(PartPlants.RefundAtOnce),
        ["totals-count-what-was-not-delivered"] = () => new RecountingPartPlant(),
        ["approval-taken-back-by-06-00"] = Hearing(InputPlants.TakeTheSaleBack),
        ["reversal-takes-the-newest-of-two"] = Hearing(ReturnPlants.TakeTheNewest),
        ["refund-takes-the-only-sale-that-bears-it"] = Hearing(ReturnPlants.TakeTheOnlyBearer),
        ["scan-charges-after-its-line"] = () => new LateScanPlant(),
        ["id-from-counter"] = () => new CountingPlant(),
        ["decline-never-checked"] = Acting(DeclinePlants.NeverCheck),
        ["decline-forgotten-at-restart"] = () => new ForgettingDeclinePlant(),
        ["decline-contradicted-by-progress-kept"] = Hearing(DeclinePlants.OverlookProgress),
    };

    /// <summary>Those that only the byte-level depth can see.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Plant>> OfBytes =
        new SortedDictionary<string, Func<Plant>>
        {
            ["stale-decline-believed"] = () => new StalePlant("pay"),
            ["stale-not-found-closes"] = () => new StalePlant("inquiryPayment", "cancel"),
            ["gateway-clock-turned-back"] = () => new TurnedClockPlant(),
            ["ack-trusted-without-hash"] = () => new TrustingPlant(),
            ["answer-signature-ignored"] = () => new UnverifyingPlant(),
            ["code-in-the-log"] = () => new TellingPlant(),
            ["duplicate-ecr-block-executed-twice"] = () => new RepeatingPlant(),
            ["frame-crc-ignored"] = () => new CrcPlant(),
            ["head-office-figure-of-what-was-sent"] = Hearing(ReturnPlants.CountWhatWasSent),
            ["new-number-unread"] = Hearing(InputPlants.IgnoreTheNumber),
            ["numbered-resend-is-another"] = Hearing(InputPlants.ForgetTheNumber),
            ["outbox-drops-when-full"] = () => new DroppingPlant(),
            ["resent-entry-counted-twice"] = () => new RecountingPlant(),
        };

    public static IEnumerable<string> Names => All.Keys.Concat(OfBytes.Keys);

    public static Func<Plant> Named(string name) => All.GetValueOrDefault(name) ?? OfBytes[name];

    /// <summary>Another policy than the promised one.</summary>
    static Func<Plant> Under(Func<Policy, Policy> change) => () => new PolicyPlant(change(Policy.Default));

    /// <summary>Inputs that reach the desk as something else.</summary>
    static Func<Plant> Hearing(Func<DeskState, DeskInput, DeskInput> hear) => () => new HearingPlant(hear);

    /// <summary>A decision rewritten after it was made.</summary>
    static Func<Plant> Acting(Rewrite rewrite) => () => new ActingPlant(rewrite);

    sealed class PolicyPlant(Policy policy) : Plant
    {
        public override Decide Decide(World world) => new Desk(policy).Next;
    }

    sealed class HearingPlant(Func<DeskState, DeskInput, DeskInput> hear) : Plant
    {
        public override Decide Decide(World world)
        {
            var desk = base.Decide(world);
            return (state, input, now) => desk(state, hear(state, input), now);
        }
    }

    sealed class ActingPlant(Rewrite rewrite) : Plant
    {
        public override Decide Decide(World world)
        {
            var desk = base.Decide(world);
            return (state, input, now) => rewrite(input, desk(state, input, now));
        }
    }
}

/// <summary>A decision after the bug has had its way with it.</summary>
delegate Transition<DeskState> Rewrite(DeskInput input, Transition<DeskState> decided);
