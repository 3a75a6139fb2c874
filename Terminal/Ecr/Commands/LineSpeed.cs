using Terminal.Ecr.Messages;

namespace Terminal.Ecr.Commands;

/// <summary>08 40: another baud rate on a serial line, used once the answer has left.</summary>
static class LineSpeed
{
    const byte UnknownRate = 0xFD;

    public static EcrCommand Read(EcrRequest request)
    {
        int? rate = request.Data.Span switch
        {
            [0] => 9600,
            [1] => 19200,
            [6] => 57600,
            [7] => 115200,
            _ => null,
        };
        return rate switch
        {
            // TCP has no rate.
            _ when request.Settings.Tcp is not null => EcrCommand.Refuse(ResultCode.NotPossible),
            null => EcrCommand.Refuse(UnknownRate),
            { } baud => new EcrCommand.Serve { Reopen = baud },
        };
    }
}
