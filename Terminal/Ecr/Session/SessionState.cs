using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>Where the ECR's command stands. Each state carries exactly its own data.</summary>
abstract record SessionState
{
    SessionState(Past past) => Past = past;

    public Past Past { get; init; }

    /// <summary>When the state wants <see cref="SessionInput.TimePassed"/>.</summary>
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
    /// <param name="Closing">A payment whose command ended long ago, and whose 06 1E is under way all the same.</param>
    public sealed record Idle(Past Past, PaymentId? Closing = null) : SessionState(Past);

    /// <summary>A command was accepted; its result is not told yet.</summary>
    public sealed record Working(Past Past, OpenCommand Command, DeskStage Desk) : SessionState(Past);

    /// <summary>
    /// The result has nowhere to go: the connection of the command is gone, or the ECR registered anew. 06 20 takes the
    /// command over. Unless it is being paid, it ends within milliseconds; until then nobody knows whether we are busy.
    /// </summary>
    /// <param name="By">What cut it off.</param>
    public sealed record CutOff(Past Past, OpenCommand Command, DeskStage Desk, EcrAnswer By) : SessionState(Past)
    {
        /// <summary>A command that came meanwhile and waits.</summary>
        public WaitingCommand? Next { get; init; }

        public override Moment WakeAt => Next?.Until ?? Moment.Never;
    }

    /// <summary>The result is being told: too late for an abort.</summary>
    public abstract record Telling(Past Past, OpenCommand Command) : SessionState(Past)
    {
        /// <summary>Of a command that moved nothing: a refusal, or totals.</summary>
        public sealed record NoPayment(Past Past, OpenCommand Command) : Telling(Past, Command);

        /// <summary>Of a payment, a return or an end-of-day.</summary>
        public abstract record Result(Past Past, OpenCommand Command, Effect.Offer Offer) : Telling(Past, Command)
        {
            public PaymentId Payment => Offer.Order.Id;

            /// <summary>04 0F is sent or waits for its turn, and is not answered.</summary>
            /// <param name="Repeats">How often the ECR asked for it once more (84 9C).</param>
            public sealed record OnOffer(Past Past, OpenCommand Command, Effect.Offer Offer, int Repeats)
                : Result(Past, Command, Offer);

            /// <summary>The ECR wants it once more, a little later (84 9C).</summary>
            public sealed record PutOff(Past Past, OpenCommand Command, Effect.Offer Offer, int Repeats)
                : Result(Past, Command, Offer);

            /// <summary>04 0F is answered, or never will be; the desk says how the command ends.</summary>
            public sealed record Answered(Past Past, OpenCommand Command, Effect.Offer Offer)
                : Result(Past, Command, Offer)
            {
                /// <summary>The ECR wanted it once more than it had said it would.</summary>
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
    /// <summary>It has the command, and may end it at once.</summary>
    Aware,
    /// <summary>It has said that it works on it.</summary>
    UnderWay,
}

/// <summary>What a session remembers from one command to the next.</summary>
/// <param name="Untold">Its result could not be told on the connection that ordered it.</param>
/// <param name="Last">Where orders are numbered, the one that came last.</param>
sealed record Past(PaymentId? Untold = null, NumberedOrder? Last = null)
{
    /// <summary>The order that came under this number, if it is the last one.</summary>
    public NumberedOrder? Find(int? number) => number is { } n && Last?.Number == n ? Last : null;

    /// <summary>The order under this number has become this payment.</summary>
    public Past Begun(int? number, PaymentId payment) => this with
    {
        Last = Find(number) is { } order ? order with { Payment = payment } : Last,
    };
}

/// <summary>The command of the ECR that is being worked on.</summary>
/// <param name="Terms">How its result is to be told.</param>
/// <param name="Number">Its message number (TLV 1F73), if it has one.</param>
sealed record OpenCommand(ReplyTerms Terms, int? Number)
{
    /// <summary>06 10, whose answer must not be taken for the result of an order.</summary>
    public bool IsTotals { get; init; }

    /// <summary>
    /// The ECR asked 06 20 in the middle of it: it has lost track and will ask again, whatever it makes of a 04 0F that
    /// comes by itself.
    /// </summary>
    public bool WasAskedFor { get; init; }
}

/// <summary>
/// An order under its message number, which alone tells one that comes again from a new one, for as long as the
/// registration lasts. A register that began to count anew is found out by what it orders.
/// </summary>
/// <param name="Payment">What it has become; null: not known yet.</param>
sealed record NumberedOrder(
    int Number, Money Amount, string? Fingerprint, NotPaidReason? Objection, PaymentId? Payment = null)
{
    public static NumberedOrder Of(int number, Arrival.Instructed input) =>
        new(number, input.Amount, input.Code?.Fingerprint, input.Objection);

    public bool IsSame(Arrival.Instructed input) => this with { Payment = null } == Of(Number, input);
}

/// <summary>A command that came while nobody knows yet whether the one before it has ended.</summary>
sealed record WaitingCommand(Apdu Apdu, Moment Until);
