using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Ecr.Session;

/// <summary>Reads and judges the ECR's commands, and keeps what was agreed with the ECR.</summary>
sealed class Reception(EcrSettings settings, CodeSeal seal)
{
    readonly MessageNumbers numbers = new();
    readonly PasswordCheck password = new(settings);
    readonly OrderPace pace = new(settings.OrdersPerMinute);

    /// <summary>Whether a payment would be refused now.</summary>
    public Func<bool> IsOutOfOrder { get; init; } = () => false;

    /// <summary>Why an order could not be written down; null: it was.</summary>
    public Func<Arrival.Instructed, RefusalReason?> Bar { get; init; } = _ => null;

    public Registration Registration { get; private set; } = Registration.None;

    /// <summary>How to send something to an ECR that has no command open.</summary>
    public ReplyTerms Terms => ReplyTerms.Of(new Agreement(settings, Registration));

    /// <summary>Gives our message its number if messages are numbered.</summary>
    public Apdu Stamp(Apdu message) => numbers.Next(message);

    /// <summary>The next line may lead to another ECR.</summary>
    public void LineDown() => password.LineDown();

    /// <param name="isFull">No further message to the ECR can be queued now.</param>
    public SessionInput.Heard Hear(Apdu apdu, SessionState state, bool isFull, Moment now)
    {
        var row = CommandTable.Find(apdu.Command);
        var number = row?.NumberOf(apdu.Data);
        numbers.Saw(number);
        if (row is not null && password.Objection(row, apdu.Data, now) is { } objection)
        {
            return new(EcrCommand.Refuse(objection), row, number) { IsWrongPassword = password.WasWrong };
        }
        // An order with a known number is sent again; otherwise it is a new order.
        var before = row?.Command == Command.Authorisation ? state.Past.Find(number) : null;
        var isUnderWay = before is not null && state is not SessionState.Idle;
        if (!isUnderWay && (row is null ? ResultCode.NotPossible : Objection(row, state, isFull)) is { } code)
        {
            return new(EcrCommand.Refuse(code), row, number);
        }
        var agreement = new Agreement(settings, Registration);
        var command = row!.Read(new(
            apdu.Data, agreement, state is not SessionState.Idle, raw => seal.Seal(raw, now))
        {
            IsOutOfOrder = IsOutOfOrder,
        });
        var read = new SessionInput.Heard(command, row, number);
        var heard = !isUnderWay ? Judge(read, before, now)
            : read with { Command = IsSame(command, before) ? new EcrCommand.Again() : Mismatch };
        if (heard.Code is null)
        {
            read.Code?.Wipe();
        }
        return heard;
    }

    SessionInput.Heard Judge(SessionInput.Heard read, NumberedOrder? before, Moment now)
    {
        if (IsWritten(read.Command) && !pace.Takes(now))
        {
            return read with { Command = EcrCommand.Refuse(ResultCode.Busy) };
        }
        if (read.Command is not EcrCommand.Instruct { Input: Arrival.Instructed order } instruct)
        {
            return read;
        }
        if (before?.Payment is not { } payment)
        {
            return Bar(order) is { } reason
                ? read with { Command = EcrCommand.Refuse(ResultCode.Of(new Refusal(reason), settings).Code) }
                : Number(read, instruct, order);
        }
        return read with
        {
            Command = before.IsSame(order) ? instruct with { Input = new Arrival.RepeatAsked(payment) } : Mismatch,
        };
    }

    /// <summary>If orders are numbered, the number alone tells a repeated order from a new one.</summary>
    SessionInput.Heard Number(SessionInput.Heard read, EcrCommand.Instruct instruct, Arrival.Instructed order) =>
        numbers.IsActive && read.Number is { } number
            ? read with
            {
                Command = instruct with { Input = order with { IsNew = true } },
                Order = NumberedOrder.Of(number, order),
            }
            : read;

    /// <summary>Holds from now on; numbering begins with the next command.</summary>
    public void Agree(Registration registration)
    {
        Registration = registration;
        numbers.Restart(registration.IsNumbered);
    }

    /// <summary>Our reply to the message with this number.</summary>
    public Apdu Answer(Apdu reply, int? number) => numbers.Answer(reply, number);

    static EcrCommand.Refused Mismatch => EcrCommand.Refuse(ResultCode.ProtocolError);

    /// <summary>The command leaves entries in the journal.</summary>
    static bool IsWritten(EcrCommand command) => command is EcrCommand.Instruct
    {
        Input: Arrival.Instructed or Arrival.ReturnInstructed or Arrival.CloseInstructed,
    };

    static bool IsSame(EcrCommand command, NumberedOrder? before) =>
        command is EcrCommand.Instruct { Input: Arrival.Instructed order } && before?.IsSame(order) == true;

    /// <returns>The result code that refuses the command now; null if the command is permitted.</returns>
    public static byte? Objection(CommandRow row, SessionState state, bool isFull) => row.When switch
    {
        Permitted.Idle when row.Command == Command.RepeatReceipt && state is
            SessionState.Telling.Result.OnOffer or SessionState.CutOff { Command.IsTotals: false } => null,
        Permitted.Idle when state is not SessionState.Idle => ResultCode.Busy,
        Permitted.BeforeResult when state is SessionState.Telling || isFull => ResultCode.Busy,
        Permitted.Working when state is not SessionState.Working => ResultCode.NotPossible,
        _ => null,
    };
}
