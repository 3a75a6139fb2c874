using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Ecr.Commands;

/// <summary>What a command of the ECR asks for, once it is read and checked.</summary>
abstract record EcrCommand
{
    EcrCommand() { }

    /// <summary>For the desk: answered with 80 00 00, and open until the desk closes it.</summary>
    public sealed record Instruct(LoopInput Input, ReplyTerms Terms) : EcrCommand;

    /// <summary>Not for the desk: answered with 80 00 00 and these messages, none of which moves money.</summary>
    public sealed record Serve(params Apdu[] Messages) : EcrCommand
    {
        /// <summary>The registration that holds from now on; null: unchanged.</summary>
        public Registration? Registration { get; init; }

        /// <summary>A text for the display.</summary>
        public TillText? Text { get; init; }

        /// <summary>The rate (baud) at which the line is opened again once the answer has left.</summary>
        public int? Reopen { get; init; }
    }

    /// <summary>The order under way was sent again: answered with 80 00 00 and nothing else.</summary>
    public sealed record Again : EcrCommand;

    /// <summary>Answered with 80 00 00, and the command under way ends as soon as it can.</summary>
    public sealed record Abort : EcrCommand;

    /// <summary>Not understood or not allowed: this reply is the whole answer.</summary>
    public sealed record Refused(Apdu Reply) : EcrCommand;

    public static Refused Refuse(byte resultCode) => new(Apdu.Refuse(resultCode));

    /// <summary>The spec wants 83 for an unknown field (PA00P015 chapter 13).</summary>
    public static Refused Refuse(FieldFault fault) =>
        Refuse(fault == FieldFault.Unknown ? ResultCode.NotPossible : ResultCode.ProtocolError);
}
