namespace Terminal.Ecr;

/// <summary>08 40: another baud rate on a serial line, from the moment its answer has left.</summary>
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
            null => EcrCommand.Refuse(UnknownRate),
            // Over TCP there is nothing to change, and the ECR may be told so.
            _ when request.Settings.Tcp is not null => new EcrCommand.Serve(),
            { } baud => new EcrCommand.Serve { Reopen = baud },
        };
    }
}
