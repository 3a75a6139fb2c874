using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Session;

/// <summary>
/// A payment on a serial line whose cable is pulled before any one byte of it and put back later, as the acceptance
/// lists of acquirers ask for: whatever byte it is, both sides end with the same result, and the terminal is free.
/// </summary>
public sealed class CablePullTests
{
    static readonly Sale Sale = new(
        new("PAYMENT"), Receipt: 1, Trace: 1, new(1010, Currency.Eur), new string('0', 32), new(1767323045000), null);

    /// <summary>EUR 10.10 and a receipt: bytes that are doubled, and messages of every kind.</summary>
    static readonly string[] Orders = ["0600 06 000000 8E 0978", "0601 07 04000000001010"];

    readonly EcrSession session = new(new(), new CodeSeal(new byte[32]));
    readonly FrameDecoder hears = new(new EcrTimers().ByteGap);
    readonly List<LoopInput> desk = [];
    readonly Queue<byte[]> toSend = new();
    Moment now = new(TimeSpan.FromHours(1).Ticks);
    Moment answerBy = Moment.Never, offerAt = Moment.Never, backAt = Moment.Never;
    byte[]? sending;
    int sends, passed, pullAt = int.MaxValue;
    TimeSpan away;
    bool hasAcknowledged, isCompleted, isTerminated, isRefused;
    byte[] taken = [];

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(40)]
    public void A_cable_may_be_pulled_at_every_byte(int seconds)
    {
        Play(int.MaxValue, 0);
        Assert.True(isCompleted && hasAcknowledged);
        var bytes = passed;
        Assert.InRange(bytes, 200, 10_000);
        for (var at = 0; at < bytes; at++)
        {
            var trial = new CablePullTests();
            trial.Play(at, seconds);
            trial.Judge(at);
        }
    }

    void Judge(int at)
    {
        var where = $"pulled at byte {at}";
        Assert.True(desk.Count(i => i is Arrival.Instructed) <= 1, $"{where}: ordered twice");
        var first = desk.OfType<DeskInput.Answered>().FirstOrDefault()?.Answer;
        Assert.True(first != EcrAnswer.Acknowledged || hasAcknowledged, $"{where}: nobody acknowledged that");
        Assert.True(!isCompleted || first == EcrAnswer.Acknowledged, $"{where}: booked by the till, withdrawn by us");
        Assert.True(!(isCompleted && isTerminated), $"{where}: both ends");
        Assert.False(isRefused, $"{where}: a block that came twice was taken for a second order");
        Assert.True(desk.OfType<DeskInput.Answered>().Count(a => a.Answer != EcrAnswer.Acknowledged) <= 1, where);

        // The way back is free: the till's next question is answered.
        Send("0501 00");
        Run(TimeSpan.FromSeconds(60));
        Assert.True(IsReady(taken), $"{where}: stuck, last heard {Hex.Of(taken)}");
    }

    static bool IsReady(byte[] apdu) => apdu is [0x06, 0x0F, .., 0x00];

    void Play(int pullAt, int seconds)
    {
        (this.pullAt, away) = (pullAt, TimeSpan.FromSeconds(seconds));
        session.LineUp();
        foreach (var order in Orders)
        {
            Send(order);
            Run(TimeSpan.FromSeconds(90));
        }
    }

    void Send(string apdu) => toSend.Enqueue(Frame.Encode(Hex.Bytes(apdu)));

    /// <summary>Lets both sides talk; time jumps to whoever wakes first.</summary>
    void Run(TimeSpan span)
    {
        for (var end = now + span; now < end;)
        {
            Drain();
            SendNext();
            Drain();
            Moment[] wakes = [session.WakeAt, answerBy, offerAt, hears.WakeAt, end];
            now = Moment.Latest(now, wakes.Min());
            session.TimePassed(now);
            Drain();
            _ = hears.TimePassed(now);
            if (now >= offerAt)
            {
                offerAt = Moment.Never;
                session.Offer(new(Sale, new Outcome.Approved("1"), Moment.Never), now);
            }
            if (now >= answerBy && sending is not null)
            {
                (sending, answerBy) = sends < 3 ? (sending, Moment.Never) : (null, Moment.Never);
                Transmit();
            }
        }
    }

    void SendNext()
    {
        if (sending is null && toSend.TryDequeue(out sending))
        {
            sends = 0;
            Transmit();
        }
    }

    void Transmit()
    {
        if (sending is null)
        {
            return;
        }
        sends++;
        answerBy = now + TimeSpan.FromSeconds(5);
        var isWhole = true;
        foreach (var b in sending)
        {
            if (Passes())
            {
                session.Feed([b], now);
            }
            else
            {
                isWhole = false;
            }
        }
        hasAcknowledged |= isWhole && sending is [_, _, 0x80, ..];
    }

    /// <summary>Does the cable carry the next byte?</summary>
    bool Passes()
    {
        if (passed++ == pullAt)
        {
            backAt = now + away;
        }
        return backAt == Moment.Never || now >= backAt;
    }

    void Drain()
    {
        while (session.TryTake(out var output))
        {
            switch (output)
            {
                case SessionOutput.Write e:
                    foreach (var b in e.Bytes)
                    {
                        Hear(Passes() ? hears.Push(b, now) : null);
                    }
                    break;
                case SessionOutput.Post e:
                    desk.Add(e.Input);
                    Decide(e.Input);
                    break;
            }
        }
    }

    void Hear(Received? received)
    {
        switch (received)
        {
            case Received.Ack:
                (sending, answerBy) = (null, Moment.Never);
                break;
            case Received.Block { Apdu: var apdu }:
                if (Passes())
                {
                    session.Feed([Frame.Ack], now);
                }
                isRefused |= apdu is [0x84, ..];
                var isRepeated = apdu.AsSpan().SequenceEqual(taken) && sending is not null;
                taken = apdu;
                if (!isRepeated && apdu[0] is not (0x80 or 0x84))
                {
                    isCompleted |= apdu is [0x06, 0x0F, 0x00];
                    isTerminated |= apdu is [0x06, 0x1E, ..];
                    Send("8000 00");
                }
                break;
        }
    }

    /// <summary>What the checkout does, in short.</summary>
    void Decide(LoopInput input)
    {
        var isFirst = desk.OfType<DeskInput.Answered>().Count() == 1;
        switch (input)
        {
            case Arrival.Instructed:
                offerAt = now + TimeSpan.FromSeconds(2);
                break;
            case DeskInput.Answered { Answer: EcrAnswer.Acknowledged } when isFirst:
                session.Complete(new(Sale.Id), now);
                break;
            case DeskInput.Answered:
                session.Close(new(Sale.Id, new Outcome.Rejected(new(NotPaidReason.Withdrawn))), now);
                break;
        }
    }
}
