using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>06 20: what became of the newest transaction? The way back after any break.</summary>
static class RepeatReceipt
{
    /// <summary>The service byte may ask for no result; it is told all the same: that is what 06 20 is for.</summary>
    public static EcrCommand Read(EcrRequest request) => request.AfterPassword() switch
    {
        ({ } fields, _) => new EcrCommand.Instruct(new DeskInput.RepeatAsked(), ReplyTerms.Of(fields)),
        (_, var refused) => refused!,
    };
}
