using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Commands;

/// <summary>
/// 06 20: what became of the newest transaction. With it a till finds its way back after any interruption.
/// </summary>
static class RepeatReceipt
{
    const byte WithoutPrinting = 0x02;

    /// <summary>
    /// The service byte may ask for no result. We send the result all the same, because that is the purpose of 06 20.
    /// </summary>
    public static EcrCommand Read(EcrRequest request)
    {
        if (request.AfterPassword() is not ({ } fields, _))
        {
            return request.AfterPassword().Refused!;
        }
        var terms = ReplyTerms.Of(fields, request.Agreement);
        var isSilent = ((fields.Get(Bmp.ServiceByte)?.Span[0] ?? 0) & WithoutPrinting) != 0;
        return new EcrCommand.Instruct(new Arrival.RepeatAsked(), terms with
        {
            Receipts = isSilent ? default : terms.Receipts with { IsCopy = true },
        });
    }
}
