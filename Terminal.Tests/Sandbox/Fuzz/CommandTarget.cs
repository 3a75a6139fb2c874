using Sandbox.Simulation;
using Terminal.Payments;

namespace Sandbox.Fuzz;

/// <summary>One command (class, instruction, data), with its length made right, to a session that is idle.</summary>
class CommandTarget() : FuzzTarget("command")
{
    public override int Share => 1500;

    public override byte[] Repair(byte[] input, Dice dice) =>
        input.Length < 3 || dice.Chance(0.5) ? input : FieldLengths.Repair(input);

    /// <summary>What the desk hears of it.</summary>
    protected virtual LoopInput? Post(LoopInput input, byte[] command) => input;

    public override void Take(byte[] input)
    {
        var scene = new SessionScene(SessionTarget.Tcp, posted => Post(posted, input));
        scene.Feed(input.Length < 2 ? input : Blocks.Message(input.AsSpan(0, 2), input.AsSpan(2)));
        if (input.Length >= 2)
        {
            Expect(scene.Written.Count >= 3 || input[0] is 0x80 or 0x84, "every command gets a reply");
        }
        if (scene.Orders > 0)
        {
            CountDeep();
        }
    }
}
