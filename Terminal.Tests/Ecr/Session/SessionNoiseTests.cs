using Terminal.Checkout;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Session;

/// <summary>A till that sends anything, answers anything or nothing, and a desk that calls at any time.</summary>
public sealed class SessionNoiseTests
{
    static readonly string[] Commands =
    [
        "060006000000BE0978", "060008000000BE09780600", "06010704000000001234", "06010704000000001234",
        "062003000000", "06B000", "050100", "060200", "067000", "06", "FF",
        "800000", "800000", "800000", "840000", "849C00", "846600",
    ];

    readonly Random random;
    readonly EcrSession session = new(new(), new CodeSeal(new byte[32]));
    readonly Dictionary<PaymentId, int> owedAnswers = [];
    readonly HashSet<PaymentId> putOff = [];
    readonly Dictionary<PaymentId, int> owedEnds = [];
    Moment now = new(TimeSpan.FromHours(1).Ticks);
    /// <summary>When the 04 0F that was asked for must have begun; null once it has.</summary>
    Moment? due;
    bool isBusy;
    int asked, instructed;

    public SessionNoiseTests() => random = new(3);

    /// <summary>The contract of <see cref="IEcr"/>, whatever the line does.</summary>
    [Fact]
    public void Every_call_gets_exactly_one_answer_and_nothing_throws()
    {
        session.LineUp();
        for (var step = 0; step < 100_000; step++)
        {
            Act();
            Drain();
        }
        session.LineDown(now);
        Drain();
        Assert.DoesNotContain(owedAnswers, owed => owed.Value != 0);
        Assert.DoesNotContain(owedEnds, owed => owed.Value != 0);
        Assert.InRange(instructed, 100, int.MaxValue);
        Assert.InRange(asked, 100, int.MaxValue);
    }

    void Act()
    {
        switch (random.Next(12))
        {
            case < 4: session.Feed(Frame.Encode(Hex.Bytes(Commands[random.Next(Commands.Length)])), now); break;
            case < 7: session.Feed([Frame.Ack], now); break;
            case 7: session.Feed(Noise(), now); break;
            case < 10: Pass(); break;
            case 10: Call(); break;
            case 11 when random.Next(50) == 0: Replug(); break;
        }
    }

    void Replug()
    {
        session.LineDown(now);
        session.LineUp();
    }

    byte[] Noise()
    {
        var noise = new byte[random.Next(1, 20)];
        random.NextBytes(noise);
        return random.Next(2) == 0 ? noise : [Frame.Nak];
    }

    void Pass()
    {
        var end = now + TimeSpan.FromMilliseconds(random.Next(3) switch { 0 => 1, 1 => 60, _ => random.Next(6000) });
        while (session.WakeAt <= end)
        {
            now = Moment.Latest(now, session.WakeAt);
            session.TimePassed(now);
            Drain();
            session.TimePassed(now);
            Assert.True(session.WakeAt > now, "wants to be woken now, for ever");
        }
        now = end;
        Assert.True(due is null || now <= due, "the outcome is late");
    }

    /// <summary>What a desk may call now; it has at most one of each open.</summary>
    void Call()
    {
        var sale = new Sale(
            new($"P{instructed}"), 1, 1, new(1234, Currency.Eur), new string('0', 32), new(1767323045000),
            Expiry: null);
        if (!isBusy)
        {
            return;
        }
        switch (random.Next(6))
        {
            case 0:
                session.Refuse(new(RefusalReason.NoTransaction), now);
                break;
            case 1:
                session.Show(new(Stage.WaitingForCustomer, now + TimeSpan.FromSeconds(23)), now);
                break;
            case 2 or 3 when owedAnswers.Values.All(owed => owed == 0):
                asked++;
                owedAnswers[sale.Id] = 1;
                putOff.Remove(sale.Id);
                due = now + TimeSpan.FromSeconds(random.Next(30));
                session.Offer(new(sale, new Outcome.Approved("1"), due.Value), now);
                break;
            case 4:
                owedEnds[sale.Id] = owedEnds.GetValueOrDefault(sale.Id) + 1;
                session.Complete(new(sale.Id), now);
                break;
            case 5:
                owedEnds[sale.Id] = owedEnds.GetValueOrDefault(sale.Id) + 1;
                session.Close(new(sale.Id, new Outcome.NotConfirmed()), now);
                break;
        }
    }

    void Drain()
    {
        while (session.TryTake(out var output))
        {
            switch (output)
            {
                case SessionOutput.Write { Bytes: [Frame.Dle, Frame.Stx, 0x04, 0x0F, ..] }:
                    due = null;
                    break;
                case SessionOutput.Post { Input: Arrival.Instructed or Arrival.RepeatAsked }:
                    instructed++;
                    isBusy = true;
                    break;
                case SessionOutput.Post { Input: DeskInput.Answered { Payment: var id } e }:
                    // An acknowledgement that comes late is told on top, also while the outcome is told again.
                    var isLate = e.Answer == EcrAnswer.Acknowledged && (due is not null || owedAnswers[id] == 0);
                    // Whoever put it off (84 9C) and is gone is told of, too; unasked, the desk offers it no more.
                    var isGone = e.Answer is EcrAnswer.LineDown or EcrAnswer.Restarted && putOff.Remove(id);
                    (isLate, isBusy) = (isLate || isGone, isBusy && !isGone);
                    Assert.True(isLate || owedAnswers[id] == 1, "answered twice");
                    _ = e.Answer == EcrAnswer.NotYet ? putOff.Add(id) : putOff.Remove(id);
                    // Never told: the line went down, or the till began another command.
                    Assert.True(isLate || due is null ||
                        e.Answer is EcrAnswer.LineDown or EcrAnswer.Silent or EcrAnswer.Restarted);
                    (due, owedAnswers[id]) = isLate ? (due, owedAnswers[id]) : (null, 0);
                    break;
                case SessionOutput.Post { Input: DeskInput.Closed { Payment: var id } }:
                    Assert.True(--owedEnds[id] >= 0);
                    break;
            }
        }
    }
}
