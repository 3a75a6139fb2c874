using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Ecr.Commands;

/// <summary>What a command of the ECR comes to, once it is read and checked.</summary>
abstract record EcrCommand
{
    EcrCommand() { }

    /// <summary>For the desk: 80 00 00, and it occupies us until the desk has closed it.</summary>
    public sealed record Instruct(LoopInput Input, ReplyTerms Terms) : EcrCommand;

    /// <summary>Nothing that the desk must know of: 80 00 00 and these messages, none of which moves money.</summary>
    public sealed record Serve(params Apdu[] Messages) : EcrCommand
    {
        /// <summary>What holds from now on, if that changes.</summary>
        public Registration? Registration { get; init; }

        /// <summary>For the display.</summary>
        public TillText? Text { get; init; }

        /// <summary>When all is said, the line is opened anew at this rate (baud).</summary>
        public int? Reopen { get; init; }
    }

    /// <summary>The order under way comes again: 80 00 00 and nothing else.</summary>
    public sealed record Again : EcrCommand;

    /// <summary>80 00 00, and the command under way ends as soon as it can.</summary>
    public sealed record Abort : EcrCommand;

    /// <summary>Not understood, or not allowed: this answer and nothing else.</summary>
    public sealed record Refused(Apdu Reply) : EcrCommand;

    public static Refused Refuse(byte resultCode) => new(Apdu.Refuse(resultCode));

    /// <summary>The spec wants 83 for a field that we do not know (PA00P015 chapter 13).</summary>
    public static Refused Refuse(FieldFault fault) =>
        Refuse(fault == FieldFault.Unknown ? ResultCode.NotPossible : ResultCode.ProtocolError);
}
