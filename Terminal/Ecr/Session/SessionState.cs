using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>The state of the ECR's command. Each state carries exactly its own data.</summary>
abstract record SessionState
{
    SessionState(Past past) => Past = past;

    public Past Past { get; init; }

    /// <summary>When the state needs <see cref="SessionInput.TimePassed"/>.</summary>
    public virtual Moment WakeAt => Moment.Never;

    /// <summary>The command under way, if there is one.</summary>
    public OpenCommand? Open => this switch
    {
        Working s => s.Command,
        CutOff s => s.Command,
        Telling s => s.Command,
        _ => null,
    };

    /// <summary>The ECR may begin anything.</summary>
    /// <param name="Closing">A payment whose command is over but whose 06 1E is still under way.</param>
    public sealed record Idle(Past Past, PaymentId? Closing = null) : SessionState(Past);

    /// <summary>A command was accepted, and its result is not being told yet.</summary>
    public sealed record Working(Past Past, OpenCommand Command, DeskStage Desk) : SessionState(Past);

    /// <summary>
    /// The connection of the command is gone, or the ECR registered again, so the result cannot be told. A 06 20 takes
    /// the command over. Unless it is being paid, the command ends within milliseconds; until then it is open whether
    /// we are busy.
    /// </summary>
    /// <param name="By">What cut it off.</param>
    public sealed record CutOff(Past Past, OpenCommand Command, DeskStage Desk, EcrAnswer By) : SessionState(Past)
    {
        /// <summary>A command that arrived meanwhile and waits.</summary>
        public WaitingCommand? Next { get; init; }

        public override Moment WakeAt => Next?.Until ?? Moment.Never;
    }

    /// <summary>The result is being told: too late for an abort.</summary>
    public abstract record Telling(Past Past, OpenCommand Command) : SessionState(Past)
    {
        /// <summary>The command moved nothing: the result is a refusal, or totals.</summary>
        public sealed record NoPayment(Past Past, OpenCommand Command) : Telling(Past, Command);

        /// <summary>The result of a payment, a return or an end-of-day.</summary>
        public abstract record Result(Past Past, OpenCommand Command, Effect.Offer Offer) : Telling(Past, Command)
        {
            public PaymentId Payment => Offer.Order.Id;

            /// <summary>04 0F is sent or waits for its turn, and has no answer yet.</summary>
            /// <param name="Repeats">How often the ECR asked for the result once more (84 9C).</param>
            public sealed record OnOffer(Past Past, OpenCommand Command, Effect.Offer Offer, int Repeats)
                : Result(Past, Command, Offer);

            /// <summary>The ECR wants the result once more, a little later (84 9C).</summary>
            public sealed record PutOff(Past Past, OpenCommand Command, Effect.Offer Offer, int Repeats)
                : Result(Past, Command, Offer);

            /// <summary>04 0F is answered or never will be; the desk decides how the command ends.</summary>
            public sealed record Answered(Past Past, OpenCommand Command, Effect.Offer Offer)
                : Result(Past, Command, Offer)
            {
                /// <summary>The ECR asked for the result more often than it had announced.</summary>
                public bool IsExhausted { get; init; }
            }

            /// <summary>06 0F or 06 1E is under way.</summary>
            public abstract record Ending(Past Past, OpenCommand Command, Effect.Offer Offer)
                : Result(Past, Command, Offer)
            {
                /// <summary>06 0F.</summary>
                public sealed record Completing(Past Past, OpenCommand Command, Effect.Offer Offer)
                    : Ending(Past, Command, Offer);

                /// <summary>06 1E.</summary>
                public sealed record Closing(Past Past, OpenCommand Command, Effect.Offer Offer)
                    : Ending(Past, Command, Offer);
            }
        }
    }
}

/// <summary>How far the desk is with a command.</summary>
enum DeskStage
{
    /// <summary>80 00 00 has not begun to leave, so the desk does not know of it.</summary>
    Unaware,
    /// <summary>The desk has the command, and may end it at once.</summary>
    Aware,
    /// <summary>The desk has said that it is working on the command.</summary>
    UnderWay,
}

/// <summary>What a session remembers from one command to the next.</summary>
/// <param name="Untold">A payment whose result could not be told on the connection that ordered it.</param>
/// <param name="Last">The last order, if orders are numbered.</param>
sealed record Past(PaymentId? Untold = null, NumberedOrder? Last = null)
{
    /// <summary>The order with this number, if it is the last one.</summary>
    public NumberedOrder? Find(int? number) => number is { } n && Last?.Number == n ? Last : null;

    /// <summary>The order with this number has become this payment.</summary>
    public Past Begun(int? number, PaymentId payment) => this with
    {
        Last = Find(number) is { } order ? order with { Payment = payment } : Last,
    };
}

/// <summary>The command of the ECR that is being worked on.</summary>
/// <param name="Terms">How the result is to be told.</param>
/// <param name="Number">The command's message number (TLV 1F73), if it has one.</param>
sealed record OpenCommand(ReplyTerms Terms, int? Number)
{
    /// <summary>A 06 10, whose answer must not be taken for the result of an order.</summary>
    public bool IsTotals { get; init; }

    /// <summary>
    /// The ECR sent 06 20 while the command was open. It has lost track and will ask again, however it answers a 04 0F
    /// that it did not ask for.
    /// </summary>
    public bool WasAskedFor { get; init; }
}

/// <summary>
/// An order and its message number. During one registration the number alone tells a repeated order from a new one. If
/// a register restarts its count, the order itself is different and gives it away.
/// </summary>
/// <param name="Payment">The payment that the order became; null: not known yet.</param>
sealed record NumberedOrder(
    int Number, Money Amount, string? Fingerprint, NotPaidReason? Objection, PaymentId? Payment = null)
{
    public static NumberedOrder Of(int number, Arrival.Instructed input) =>
        new(number, input.Amount, input.Code?.Fingerprint, input.Objection);

    public bool IsSame(Arrival.Instructed input) => this with { Payment = null } == Of(Number, input);
}

/// <summary>A command that waits until it is known whether the one before it has ended.</summary>
sealed record WaitingCommand(Apdu Apdu, Moment Until);
