using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Ecr.Session;

/// <summary>What an <see cref="EcrSession"/> wants done, in order.</summary>
abstract record SessionOutput
{
    SessionOutput() { }

    public sealed record Write(byte[] Bytes) : SessionOutput;

    public sealed record Post(LoopInput Input) : SessionOutput;

    public sealed record Display(TillText Text) : SessionOutput;

    /// <summary>Close the line and open it again.</summary>
    public sealed record Reopen(int Baud) : SessionOutput;

    /// <summary>The ECR sent a wrong password: somebody may be guessing it.</summary>
    public sealed record WrongPassword : SessionOutput;

    /// <summary>Close the line: the ECR stopped in the middle of a message.</summary>
    public sealed record HangUp : SessionOutput;
}
