using Terminal.Ecr.Messages;

namespace Terminal.Ecr.Commands;

/// <summary>05 01: is the terminal ready? Also asked in the middle of a payment.</summary>
static class StatusEnquiry
{
    const byte Ready = 0x00, Busy = 0x9C, OutOfOrder = 0xDF;
    const int WithoutVersion = 0x02;

    /// <summary>Needs no password, because it reveals nothing secret.</summary>
    public static EcrCommand Read(EcrRequest request)
    {
        if (request.Data.IsEmpty)
        {
            return Answer(request, withVersion: true);
        }
        return request.AfterPassword() switch
        {
            ({ } fields, _) => Answer(request, ((fields.Get(Bmp.ServiceByte)?.Span[0] ?? 0) & WithoutVersion) == 0),
            (_, var refused) => refused!,
        };
    }

    /// <summary>The version, if requested, has a length but no field number before it.</summary>
    static EcrCommand.Serve Answer(EcrRequest request, bool withVersion)
    {
        var status = request.IsBusy ? Busy : request.IsOutOfOrder() ? OutOfOrder : Ready;
        var data = new FieldWriter();
        if (withVersion)
        {
            data.LllVar(Charset.Ascii.Encode(request.Settings.Version));
        }
        return new(new Apdu(Command.Completion, data.Raw(status).ToBytes()));
    }
}
