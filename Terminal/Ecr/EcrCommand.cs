using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>What the ECR wants, read and checked.</summary>
public abstract record EcrCommand
{
    EcrCommand() { }

    public sealed record Register(Registration Registration) : EcrCommand;

    public sealed record LogOff : EcrCommand;

    public sealed record Pay(Money Amount, PaymentCode? Code, ReplyTerms Terms) : EcrCommand;

    /// <summary>A payment that is accepted as a command and declined without asking anyone.</summary>
    public sealed record Decline(byte ResultCode, string Text, ReplyTerms Terms) : EcrCommand;

    public sealed record Repeat(ReplyTerms Terms) : EcrCommand;

    public sealed record Abort : EcrCommand;

    public sealed record Status(bool WithVersion) : EcrCommand;

    /// <summary>Not understood, or not allowed.</summary>
    public sealed record Refused(Apdu Reply) : EcrCommand;

    /// <param name="seal">Seals a raw payment code at once, so that nothing can print it.</param>
    public static EcrCommand Read(Apdu apdu, EcrSettings settings, Func<string, PaymentCode> seal) =>
        apdu.Command switch
        {
            Command.Registration => Ecr.Registration.Read(apdu.Data, settings) switch
            {
                ({ } registration, _) => new Register(registration),
                (_, var reply) => new Refused(reply),
            },
            Command.LogOff => new LogOff(),
            Command.Authorisation => PaymentRequest.Read(apdu.Data, seal) switch
            {
                ({ } request, _) => Judge(request, settings),
                (_, var code) => Refuse(code),
            },
            Command.RepeatReceipt => ReadRepeat(apdu.Data, settings),
            Command.Abort => new Abort(),
            Command.Status => ReadStatus(apdu.Data, settings),
            _ => Refuse(ResultCode.NotPossible),
        };

    static EcrCommand Judge(PaymentRequest request, EcrSettings settings)
    {
        if (request.IsCard)
        {
            return new Decline(ResultCode.MethodNotSupported, "No cards: ask for a payment code.", request.Terms);
        }
        if (request.Amount.Minor > settings.AmountLimit)
        {
            var (code, text) = ResultCode.Of(new Refusal(RefusalReason.AmountOutOfRange));
            return new Decline(code, text, request.Terms);
        }
        return new Pay(request.Amount, request.Code, request.Terms);
    }

    /// <summary>The service byte may ask for no printout and no result; the result is told all the same.</summary>
    static EcrCommand ReadRepeat(ReadOnlyMemory<byte> data, EcrSettings settings)
    {
        if (data.Length < 3)
        {
            return Refuse(ResultCode.ProtocolError);
        }
        var fields = Fields.Read(data[3..]);
        return fields.Fault switch
        {
            FieldFault.None when !Password.IsRight(data.Span[..3], settings) => Refuse(ResultCode.NotPossible),
            FieldFault.None => new Repeat(ReplyTerms.Of(fields)),
            _ => Refuse(fields),
        };
    }

    /// <summary>Without a password too: it tells nothing secret.</summary>
    static EcrCommand ReadStatus(ReadOnlyMemory<byte> data, EcrSettings settings)
    {
        const int WithoutVersion = 0x02;
        if (data.Length is > 0 and < 3)
        {
            return Refuse(ResultCode.ProtocolError);
        }
        if (data.Length > 0 && !Password.IsRight(data.Span[..3], settings))
        {
            return Refuse(ResultCode.NotPossible);
        }
        var fields = Fields.Read(data.IsEmpty ? data : data[3..]);
        var service = fields.Get(Bmp.ServiceByte)?.Span[0] ?? 0;
        return fields.Fault == FieldFault.None ? new Status((service & WithoutVersion) == 0) : Refuse(fields);
    }

    static Refused Refuse(Fields fields) =>
        Refuse(fields.Fault == FieldFault.Unknown ? ResultCode.NotPossible : ResultCode.ProtocolError);

    static Refused Refuse(byte code) => new(Apdu.Refuse(code));
}
