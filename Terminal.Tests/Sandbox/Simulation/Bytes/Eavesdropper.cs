using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;

namespace Sandbox.Simulation.Bytes;

/// <summary>Reads what the terminal puts on the line, and judges it there: M5 and M9 speak of bytes.</summary>
sealed class Eavesdropper(World world, bool isTcp)
{
    readonly FrameDecoder decoder = new(TimeSpan.FromSeconds(1));
    byte[] previous = [];

    public void Hear(byte[] bytes)
    {
        world.Secrets.Check(bytes, "what the till is sent");
        if (isTcp)
        {
            Judge(bytes);
            return;
        }
        foreach (var b in bytes)
        {
            if (decoder.Push(b, new(world.Now)) is Received.Block block)
            {
                Judge(block.Apdu);
            }
        }
    }

    void Judge(byte[] bytes)
    {
        var apdu = Apdu.Read(bytes) ?? new(0, []);
        world.Trace?.Terminal(world.Now, $"-> {TillWords.Name(apdu)}");
        var again = bytes.AsSpan().SequenceEqual(previous);
        previous = bytes;
        if (apdu.Command == Command.StatusInformation && TillWords.Trace(apdu) is { } trace)
        {
            world.Books.Line.AnswerLeaves(trace);
        }
        else if (apdu.Command == Command.IntermediateStatus && !again)
        {
            world.Books.Line.ProgressLeaves(world.Till.Current);
        }
    }
}
