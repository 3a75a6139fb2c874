using Terminal.Ecr.Messages;
using Terminal.Panel.Words;

namespace Terminal.Ecr.Commands;

/// <summary>08 30: the ECR chooses the language of texts and receipts.</summary>
static class LanguageChoice
{
    public static EcrCommand Read(EcrRequest request) => request.Data.Span switch
    {
        [0x00] => Choose(request, Language.German),
        [0x01] => Choose(request, Language.English),
        _ => EcrCommand.Refuse(ResultCode.NotPossible),
    };

    static EcrCommand.Serve Choose(EcrRequest request, Language language) => new(new Apdu(Command.Completion, []))
    {
        Registration = request.Agreement.Registration with { Language = language },
    };
}
