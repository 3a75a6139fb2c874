using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Tests.Payments;
using static Terminal.Ecr.Session.SessionState;
using Result = Terminal.Ecr.Session.SessionState.Telling.Result;

namespace Terminal.Tests.Ecr.Session;

/// <summary>Every state and every input of the session machine, in the situations that make a difference.</summary>
static class SessionSamples
{
    static readonly Moment Now = Some.At(100);
    static readonly Past None = new();
    static readonly PaymentId Id = new("P1"), Other = new("P0");
    static readonly Sale Sale = Slips.Sale with { Id = Id };
    static readonly ReplyTerms Terms = new(Registration.None, Terminal.Panel.Words.Language.English) { MaxStatus = 2 };
    static readonly OpenCommand Order = new(Terms, null);
    static readonly OpenCommand Lost = Order with { WasAskedFor = true };
    static readonly OpenCommand Totals = Order with { IsTotals = true };
    static readonly Arrival.Instructed Instructed = new(Sale.Amount, null);
    static readonly Past Numbered = new(null, NumberedOrder.Of(5, Instructed));
    static readonly Outcome Approved = new Outcome.Approved("1");
    static readonly Outcome Rejected = new Outcome.Rejected(new(NotPaidReason.Refused));
    static readonly Effect.Offer Yes = new(Sale, Approved, Moment.Never);
    static readonly Effect.Offer No = Yes with { Outcome = Rejected };
    static readonly Effect.Offer Mirrored = Yes with { Order = Sale with { IsMirrored = true } };
    static readonly WaitingCommand Waiting = new(new(Command.Authorisation, []), Now + TimeSpan.FromSeconds(1));
    static readonly Refusal Busy = new(RefusalReason.Busy);

    public static readonly Situation<SessionState>[] States =
    [
        At("", new Idle(None)),
        At("P0 is untold", new Idle(new(Other))),
        At("06 1E after its command", new Idle(None, Id)),
        At("the desk does not know", new Working(None, Order, DeskStage.Unaware)),
        At("numbered", new Working(Numbered, Order with { Number = 5 }, DeskStage.Unaware)),
        At("the desk knows", new Working(None, Order, DeskStage.Aware)),
        At("the desk works on it", new Working(None, Order, DeskStage.UnderWay)),
        At("the desk does not know", new CutOff(None, Order, DeskStage.Unaware, EcrAnswer.Restarted)),
        At("the desk knows", new CutOff(None, Order, DeskStage.Aware, EcrAnswer.LineDown)),
        At("numbered", new CutOff(Numbered, Order with { Number = 5 }, DeskStage.Aware, EcrAnswer.LineDown)),
        At("totals", new CutOff(None, Totals, DeskStage.Aware, EcrAnswer.LineDown)),
        At("a command waits", new CutOff(None, Order, DeskStage.Aware, EcrAnswer.LineDown) { Next = Waiting }),
        At("the desk works on it", new CutOff(None, Order, DeskStage.UnderWay, EcrAnswer.LineDown)),
        At("", new Telling.NoPayment(None, Order)),
        At("an approval", new Result.OnOffer(None, Order, Yes, 0)),
        At("an approval, and the ECR has lost track", new Result.OnOffer(None, Lost, Yes, 0)),
        At("an approval, as often as it may be asked for", new Result.OnOffer(None, Order, Yes, 2)),
        At("a mirrored approval", new Result.OnOffer(None, Order, Mirrored, 0)),
        At("a refusal", new Result.OnOffer(None, Order, No, 0)),
        At("", new Result.PutOff(None, Order, Yes, 1)),
        At("an approval", new Result.Answered(None, Order, Yes)),
        At("asked for too often", new Result.Answered(None, Order, Yes) { IsExhausted = true }),
        At("", new Result.Ending.Completing(None, Order, Yes)),
        At("", new Result.Ending.Closing(None, Order, No)),
    ];

    /// <summary>Commands that are read, before it is asked whether they are permitted.</summary>
    static readonly (string Name, SessionInput.Heard Input)[] Commands =
    [
        ("06-01", Heard(Command.Authorisation, new EcrCommand.Instruct(Instructed, Terms))),
        ("06-01-under-number-6", Heard(Command.Authorisation, new EcrCommand.Instruct(Instructed, Terms)) with
        {
            Number = 6,
            Order = NumberedOrder.Of(6, Instructed),
        }),
        ("06-01-of-an-ECR-that-does-not-listen",
            Heard(Command.Authorisation, new EcrCommand.Instruct(Instructed with { Code = Some.Code() }, Terms)) with
            {
                HasRoom = false,
            }),
        ("06-20", Heard(Command.RepeatReceipt, new EcrCommand.Instruct(new Arrival.RepeatAsked(), Terms))),
        ("06-10", Heard(Command.Totals, new EcrCommand.Instruct(new Arrival.TotalsAsked(), Terms))),
        ("06-50", Heard(Command.EndOfDay, new EcrCommand.Instruct(new Arrival.CloseInstructed(), Terms))),
        ("06-B0", Heard(Command.Abort, new EcrCommand.Abort())),
        ("05-01", Heard(Command.Status, new EcrCommand.Serve())),
        ("06-70", Heard(Command.Diagnosis, new EcrCommand.Serve())),
        ("06-00", Heard(Command.Registration, new EcrCommand.Serve { Registration = Registration.None })),
    ];

    public static readonly Trial<SessionInput>[] Inputs =
    [
        new("time passes", new SessionInput.TimePassed()),
        new("line down", new SessionInput.LineDown()),
        new("connection gone", new SessionInput.Disconnected()),
        Arrives("06-01", Command.Authorisation),
        Arrives("06-01-under-number-5", Command.Authorisation, 5),
        Arrives("06-20", Command.RepeatReceipt),
        Arrives("06-00", Command.Registration),
        Arrives("06-B0", Command.Abort),
        .. Commands.Select(c => new Trial<SessionInput>($"heard: {c.Name}", c.Input)),
        new("heard: its-order-once-more", Heard(Command.Authorisation, new EcrCommand.Again())),
        new("heard: what-is-refused", Heard(Command.RepeatReceipt, EcrCommand.Refuse(ResultCode.ProtocolError))),
        new("heard: a-wrong-password", Heard(Command.EndOfDay, EcrCommand.Refuse(ResultCode.NotPossible)) with
        {
            IsWrongPassword = true,
        }),
        new("our reply leaves", new SessionInput.Replied(Instructed)),
        new("04 FF has arrived", new SessionInput.Delivered(new Purpose.Progress(Id))),
        .. Ends("04 FF", new Purpose.Progress(Id), Answer("800000"), new MessageEnd.Unheard()),
        .. Ends("04 0F", new Purpose.Offer(Yes), Answer("800000"), Answer("849C00"),
            Answer("849D07 04000000000500"), Answer("846C00"), new MessageEnd.Silent(), new MessageEnd.LineDown(),
            new MessageEnd.PassedOver(EcrAnswer.LineDown), new MessageEnd.PassedOver(EcrAnswer.Restarted)),
        .. Ends("06 0F", new Purpose.Complete(Id), Answer("800000"), Answer("846C00"), new MessageEnd.Silent()),
        .. Ends("06 1E", new Purpose.End(Id, Sale, Rejected), Answer("846C00"), new MessageEnd.Silent()),
        .. Ends("04 0F of a refusal", new Purpose.Refusal(Busy), Answer("800000"), new MessageEnd.LineDown()),
        .. Ends("06 1E of a refusal", new Purpose.EndOfRefusal(Busy), Answer("800000"), new MessageEnd.LineDown()),
        .. Ends("04 0F of totals", new Purpose.Totals(new(Slips.EndOfDay)),
            Answer("800000"), new MessageEnd.LineDown()),
        .. Ends("06 0F of totals", new Purpose.EndOfTotals(), Answer("800000"), new MessageEnd.LineDown()),
        .. Ends("anything else", new Purpose.Print(), Answer("800000"), new MessageEnd.LineDown()),
        .. Ends("04 0F too often", new Purpose.TooOften(Sale, Approved), Answer("800000")),
        .. Ends("06 0F of a status enquiry", new Purpose.Local(), Answer("800000")),
        new("late: 80-00", new SessionInput.Late(new Purpose.Offer(Yes), Apdu.Accept)),
        new("late: 84-6C", new SessionInput.Late(new Purpose.Offer(Yes), Apdu.Refuse(ResultCode.Aborted))),
        new("desk: approves", new SessionInput.Offer(Yes)),
        new("desk: approves-P0", new SessionInput.Offer(Yes with { Order = Sale with { Id = Other } })),
        new("desk: approves-once-more", new SessionInput.Offer(Yes with { IsRepeat = true })),
        new("desk: completes", new SessionInput.Complete(new(Id))),
        new("desk: completes-a-part", new SessionInput.Complete(new(Id) { Delivered = 500 })),
        new("desk: completes-P0", new SessionInput.Complete(new(Other))),
        new("desk: closes-as-not-paid", new SessionInput.Close(new(Id, Rejected))),
        new("desk: closes-what-stands", new SessionInput.Close(new(Id, Approved))),
        new("desk: closes-P0", new SessionInput.Close(new(Other, Rejected))),
        new("desk: refuses", new SessionInput.Refuse(Busy)),
        new("desk: reports", new SessionInput.Report(new(Slips.EndOfDay))),
        new("desk: asks-for-the-code", new SessionInput.Show(new(Stage.AwaitingCode, Moment.Never))),
        new("desk: pays", new SessionInput.Show(new(Stage.Submitting, Moment.Never))),
    ];

    public static IEnumerable<Purpose> Purposes => Inputs.Select(t => t.Input).OfType<SessionInput.Settled>()
        .Select(e => e.Purpose);

    public static IEnumerable<MessageEnd> MessageEnds => Inputs.Select(t => t.Input).OfType<SessionInput.Settled>()
        .Select(e => e.How);

    /// <summary>What is not permitted in this state is heard as a refusal.</summary>
    public static SessionInput Fit(SessionInput input, SessionState state) =>
        input is SessionInput.Heard { Command: not (EcrCommand.Refused or EcrCommand.Again), Row: { } row } heard &&
        Reception.Objection(row, state, isFull: false) is { } code
            ? heard with { Command = EcrCommand.Refuse(code), Order = null }
            : input;

    static Situation<SessionState> At(string title, SessionState state) => new(title, state, Now);

    static Trial<SessionInput> Arrives(string name, int command, int? number = null) =>
        new($"arrives: {name}", new SessionInput.Commanded(new(command, []), CommandTable.Find(command), number));

    static SessionInput.Heard Heard(int command, EcrCommand heard) => new(heard, CommandTable.Find(command), null);

    static MessageEnd.Answered Answer(string hex) => new(Apdu.Read(Hex.Bytes(hex))!);

    static IEnumerable<Trial<SessionInput>> Ends(string what, Purpose purpose, params MessageEnd[] ends) =>
        ends.Select(end => new Trial<SessionInput>($"{what}: {Name(end)}", new SessionInput.Settled(purpose, end)));

    static string Name(MessageEnd end) => end switch
    {
        MessageEnd.Answered e => $"{e.Answer.Command >> 8:X2}-{e.Answer.Command & 0xFF:X2}",
        MessageEnd.PassedOver e => $"passed-over-{e.As}",
        _ => end.GetType().Name,
    };
}
