using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Commands;

/// <summary>06 50 and 06 10: the totals of the business period; only 06 50 closes it.</summary>
static class PeriodCommand
{
    public static EcrCommand ReadEndOfDay(EcrRequest request) => Read(request,
        fields => new Arrival.CloseInstructed { Mirror = PaymentRequest.ReadMirror(fields) });

    public static EcrCommand ReadTotals(EcrRequest request) => Read(request, _ => new Arrival.TotalsAsked());

    static EcrCommand Read(EcrRequest request, Func<Fields, LoopInput> read) => request.AfterPassword() switch
    {
        ({ } fields, _) => new EcrCommand.Instruct(read(fields), ReplyTerms.Of(fields, request.Agreement)),
        (_, var refused) => refused!,
    };
}
