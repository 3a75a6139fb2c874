using Terminal.Ecr.Messages;

namespace Terminal.Ecr.Commands;

/// <summary>06 E0: a text of the till for our display, if we have one. The whole answer is 80 00 00.</summary>
static class DisplayText
{
    public static EcrCommand Read(EcrRequest request)
    {
        if (!request.Settings.HasDisplay)
        {
            return EcrCommand.Refuse(ResultCode.NotPossible);
        }
        var fields = Fields.Read(request.Data);
        if (fields.Fault != FieldFault.None)
        {
            return EcrCommand.Refuse(fields.Fault);
        }
        var charset = request.Agreement.Registration.Charset ?? request.Settings.Charset;
        var lines = Enumerable.Range(Bmp.FirstLine, Bmp.LastLine - Bmp.FirstLine + 1)
            .Select(bmp => fields.Get((byte)bmp) is { } line ? charset.Decode(line.Span) : "");
        int seconds = fields.Get(Bmp.Duration)?.Span[0] ?? 0;
        int beeps = fields.Get(Bmp.Beeps)?.Span[0] ?? 0;
        return new EcrCommand.Serve
        {
            Text = new([.. lines], beeps, seconds == 0 ? null : TimeSpan.FromSeconds(seconds)),
        };
    }
}
