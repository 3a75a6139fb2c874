using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Ecr;

/// <summary>Understands the ECR: keeps what was agreed with it, and tells what a command of it comes to now.</summary>
public sealed class Reception(EcrSettings settings, CodeSeal seal)
{
    readonly MessageNumbers numbers = new();
    readonly PasswordCheck password = new(settings);
    readonly OrderPace pace = new(settings.OrdersPerMinute);

    /// <summary>Would a payment be refused now?</summary>
    public Func<bool> IsOutOfOrder { get; init; } = () => false;

    /// <summary>Why an order could not be written down; null: it was.</summary>
    public Func<DeskInput.Instructed, RefusalReason?> Bar { get; init; } = _ => null;

    public Registration Registration { get; private set; } = Registration.None;

    /// <summary>How to tell something to an ECR that is in the middle of no command.</summary>
    public ReplyTerms Terms => ReplyTerms.Of(new Standing(settings, Registration));

    /// <summary>Gives a message of ours its number, where messages are numbered.</summary>
    public Apdu Stamp(Apdu message) => numbers.Next(message);

    /// <summary>The order under this number has become this payment.</summary>
    public void Began(int? number, PaymentId payment) => numbers.Began(number, payment);

    /// <summary>Who speaks on the next line is somebody else.</summary>
    public void LineDown() => password.LineDown();

    /// <param name="open">The command under way, if any.</param>
    /// <param name="isFull">Nothing more can be asked of the ECR now.</param>
    internal Heard Hear(Apdu apdu, OpenCommand? open, bool isFull, Moment now)
    {
        var row = CommandTable.Find(apdu.Command);
        var number = row?.NumberOf(apdu.Data);
        numbers.Saw(number);
        if (row is not null && password.Objection(row, apdu.Data, now) is { } objection)
        {
            return new(EcrCommand.Refuse(objection), number) { IsWrongPassword = password.WasWrong };
        }
        var isResend = apdu.Command == Command.Authorisation && open is not null && numbers.IsResend(number);
        if (!isResend && (row is null ? ResultCode.NotPossible : Forbidden(row, open, isFull)) is { } code)
        {
            return new(EcrCommand.Refuse(code), number);
        }
        var standing = new Standing(settings, Registration);
        var command = row!.Read(new(apdu.Data, standing, open is not null, raw => seal.Seal(raw, now))
        {
            IsOutOfOrder = IsOutOfOrder,
        });
        var heard = !isResend ? Judge(command, row, (number, now))
            : new(IsSame(command) ? new EcrCommand.Again() : EcrCommand.Refuse(ResultCode.ProtocolError), number);
        if (CodeIn(command) is { } unused && CodeIn(heard.Command) is null)
        {
            unused.Wipe();
        }
        return heard;
    }

    Heard Judge(EcrCommand command, CommandRow row, (int? Number, Moment Now) at)
    {
        if (IsWritten(command) && !pace.Takes(at.Now))
        {
            return new(EcrCommand.Refuse(ResultCode.Busy), at.Number);
        }
        if (command is EcrCommand.Instruct { Input: DeskInput.Instructed order } && !HasBegun(at.Number) &&
            Bar(order) is { } reason)
        {
            return new(EcrCommand.Refuse(ResultCode.Of(new Refusal(reason), settings).Code), at.Number);
        }
        return new(row.Command == Command.Authorisation ? Number(command, at.Number) : command, at.Number)
        {
            Begins = row.When is Permitted.Idle or Permitted.Anew,
        };
    }

    static PaymentCode? CodeIn(EcrCommand command) => (command as EcrCommand.Instruct)?.Input.Carried;

    /// <summary>The order that came last, under its number.</summary>
    internal bool IsResend(Apdu apdu) => apdu.Command == Command.Authorisation &&
        CommandTable.Find(apdu.Command) is { } row && numbers.IsResend(row.NumberOf(apdu.Data));

    /// <summary>From now on; numbering is agreed on for the command after this one.</summary>
    internal void Agree(Registration registration)
    {
        Registration = registration;
        numbers.Restart(registration.IsNumbered);
    }

    /// <summary>Our reply to what was heard under this number.</summary>
    internal Apdu Answer(Apdu reply, int? number) => numbers.Answer(reply, number);

    bool HasBegun(int? number) => numbers.IsActive && number is { } n && numbers.BegunBy(n) is not null;

    /// <summary>Where orders are numbered, the number alone tells the one that comes again from a new one.</summary>
    EcrCommand Number(EcrCommand command, int? number)
    {
        if (!numbers.IsActive || number is not { } n ||
            command is not EcrCommand.Instruct { Input: DeskInput.Instructed input } order)
        {
            return command;
        }
        if (numbers.BegunBy(n) is { } payment)
        {
            return numbers.IsSame(input)
                ? order with { Input = new DeskInput.RepeatAsked(payment) }
                : EcrCommand.Refuse(ResultCode.ProtocolError);
        }
        numbers.Ordered(n, input);
        return order with { Input = input with { IsNew = true } };
    }

    /// <summary>It leaves entries in the journal.</summary>
    static bool IsWritten(EcrCommand command) => command is EcrCommand.Instruct
    {
        Input: DeskInput.Instructed or DeskInput.ReturnInstructed or DeskInput.CloseInstructed,
    };

    bool IsSame(EcrCommand command) =>
        command is EcrCommand.Instruct { Input: DeskInput.Instructed input } && numbers.IsSame(input);

    static byte? Forbidden(CommandRow row, OpenCommand? open, bool isFull) => row.When switch
    {
        Permitted.Idle when row.Command == Command.RepeatReceipt &&
            open is { IsOnOffer: true } or { IsCutOff: true, IsTotals: false } => null,
        Permitted.Idle when open is not null => ResultCode.Busy,
        Permitted.BeforeResult when open is { IsEnding: true } || isFull => ResultCode.Busy,
        Permitted.Working when open is not { IsEnding: false, IsCutOff: false } => ResultCode.NotPossible,
        _ => null,
    };
}

/// <summary>A command as it was heard.</summary>
/// <param name="Number">Its message number (TLV 1F73), if it has one.</param>
sealed record Heard(EcrCommand Command, int? Number)
{
    /// <summary>The ECR begins something new with it, if it is not refused.</summary>
    public bool Begins { get; init; }

    /// <summary>It carried a wrong password.</summary>
    public bool IsWrongPassword { get; init; }
}
