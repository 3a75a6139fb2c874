using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>06 50 and 06 10: what the business period came to; only 06 50 closes it.</summary>
static class PeriodCommand
{
    public static EcrCommand ReadEndOfDay(EcrRequest request) => Read(request, new DeskInput.CloseInstructed());

    public static EcrCommand ReadTotals(EcrRequest request) => Read(request, new DeskInput.TotalsAsked());

    static EcrCommand Read(EcrRequest request, DeskInput input) => request.AfterPassword() switch
    {
        ({ } fields, _) => new EcrCommand.Instruct(input, ReplyTerms.Of(fields, request.Standing)),
        (_, var refused) => refused!,
    };
}
