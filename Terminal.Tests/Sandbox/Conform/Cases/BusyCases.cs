using Sandbox.Ecr;
using static Sandbox.Conform.Checks;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>Commands in the middle of another one: an order without a code keeps the terminal busy for 40 s.</summary>
static class BusyCases
{
    const string Wait = "The terminal works on another command of yours: wait for its end, or abort it.";

    public static IEnumerable<Case> All =>
    [
        Refused("another order", Pay(Approved, "281234567890123456")),
        Refused("another order without a code", Pay(Approved, null)),
        Refused("a repeat of the receipt", Telegram.Of(0x0620, "000000 03 03")),
        Refused("a log-off", Telegram.Of(0x0602)),
        Refused("a malformed order", Telegram.Of(0x0601, "04 00"), 0x84A0, 0x849A),
        Refused("a command that nobody knows", Telegram.Of(0x06FF), 0x8483, 0x84A0),
        new("anew: a registration ends an order that waits for its code", Needs.Nothing,
            "Register when you start, not in the middle of an order.", p =>
            {
                p.Start(Pay(Approved, null)).First.MustBe(0x8000);
                p.Run(Register(0x0E)).MustComplete();
                p.Repeat().MustEnd(0x6C);
                p.MustBeReady();
            }),
        new("busy: a status enquiry says 9C, and the order goes on", Needs.Nothing, Wait, p =>
        {
            p.Start(Pay(Approved, null)).First.MustBe(0x8000);
            p.Ask(0x0501, "000000 03 02").MustBe(0x8000);
            var status = p.Take(p.Patience.Answer);
            status.MustBe(0x060F);
            Must(status.Data is [0x9C, ..], "status 9C (busy)", status);
            p.Send(Telegram.Yes);
            Abort(p);
        }),
        new("abort: while the terminal waits for a code", Needs.Nothing, "The order ends with 27 6C and 06 1E 6C.", p =>
        {
            p.Start(Pay(Approved, null)).First.MustBe(0x8000);
            Abort(p);
            p.MustBeReady();
        }),
        new("abort: refused answers to the end are taken too", Needs.Nothing,
            "A till that has left the transaction may answer 84 66.", p =>
            {
                p.Start(Pay(Approved, null)).First.MustBe(0x8000);
                p.Ask(0x06B0).MustBe(0x8000);
                var talk = p.Follow(_ => new Reaction.Refuse(0x66));
                Must(talk.End is { Command: 0x061E }, "06 1E", talk);
                p.MustBeReady();
            }),
        new("abort: while nobody has confirmed on the phone", Needs.Gateway | Needs.Time,
            "Wait for the end: only that tells whether the customer was faster.", p =>
            {
                var code = NewCode();
                p.Start(Pay(1263, code)).First.MustBe(0x8000);
                p.Drain(TimeSpan.FromSeconds(1));
                p.Ask(0x06B0).MustBe(0x8000);
                p.MustHold(p.Follow().MustEnd(0x6C).Told.Receipt, 0, code);
            }),
        new("abort: paid before the abort stays paid", Needs.Gateway | Needs.Time,
            "Approved in spite of the abort: book it, or return it with 06 30.", p =>
            {
                var code = NewCode();
                p.Start(Pay(1261, code)).First.MustBe(0x8000);
                p.Drain(TimeSpan.FromSeconds(1));
                p.Ask(0x06B0).MustBe(0x8000);
                p.MustHold(p.Follow().MustEnd(0).Told.Receipt, 1261, code);
            }),
        new("abort: too late once the result is told", Needs.Gateway, "Acknowledge 04 0F; return it with 06 30.", p =>
        {
            var code = NewCode();
            var isAsked = false;
            var talk = p.Run(Pay(Approved, code), message =>
            {
                if (message.Command == 0x040F && !isAsked)
                {
                    isAsked = true;
                    AbortBeforeAnswer(p);
                }
                return Reaction.Yes;
            });
            p.MustHold(talk.MustEnd(0).Told.Receipt, Approved, code);
        }),
    ];

    static Case Refused(string what, Telegram command, params int[] answers) => new(
        $"busy: {what} is refused, and the order goes on", Needs.Nothing, Wait, p =>
        {
            p.Start(Pay(Approved, null)).First.MustBe(0x8000);
            p.Send(command);
            p.TakeAnswer().MustBe(answers.Length == 0 ? [0x84A0] : answers);
            Abort(p);
            p.MustBeReady();
        });

    static void Abort(Probe p)
    {
        p.Ask(0x06B0).MustBe(0x8000);
        p.Follow().MustEnd(0x6C);
    }

    /// <summary>The block of 04 0F is acknowledged here, but not answered yet.</summary>
    static void AbortBeforeAnswer(Probe p)
    {
        p.Note("the cashier aborts while 04 0F waits for its answer");
        p.Peer.Acknowledge();
        p.Peer.Say(Telegram.Of(0x06B0));
        p.AwaitAck();
        var answer = p.Take(p.Patience.Answer);
        answer.MustBe(0x8483);
    }
}
