using Sandbox.Simulation;
using Terminal.Ecr.Trace;

namespace Sandbox.Fuzz;

/// <summary>The trace of a message: no payment code is left in it, whether the message can be read or not.</summary>
sealed class TraceTarget() : FuzzTarget("trace")
{
    /// <summary>Shorter ones may be in a message by chance.</summary>
    const int LeastSecret = 6;

    /// <summary>Too short for a code; whatever else there is may hold one.</summary>
    static readonly byte[] Harmless =
        [0x01, 0x02, 0x03, 0x04, 0x06, 0x0B, 0x0C, 0x0D, 0x19, 0x27, 0x37, 0x49, 0x87, 0x88, 0x8A, 0xF0, 0xF9];

    public override byte[] Repair(byte[] input, Dice dice) =>
        input.Length < 3 || dice.Chance(0.5) ? input : FieldLengths.Repair(input);

    public override void Take(byte[] input)
    {
        var message = input.Length < 2 ? input : Blocks.Message(input.AsSpan(0, 2), input.AsSpan(2));
        var hidden = TraceMask.Hide(message);
        Expect(hidden.Length == message.Length, "as long as before");
        Expect(hidden.Take(3).SequenceEqual(message.Take(3)), "class, instruction and length stay");
        if (input is not [0x06, 0x01, .. var data])
        {
            return;
        }
        if (StrictFields.Walk([.. data]) is not { } fields || StrictFields.Objects(fields) is not { } objects)
        {
            Expect(hidden.Skip(5).All(b => b == 0), "nothing is left of what cannot be read");
            return;
        }
        CountDeep();
        foreach (var bmp in fields.Keys.Except(Harmless))
        {
            IsGone((message, hidden), bmp == 0x22 ? [.. fields[bmp].Skip(1)] : fields[bmp]);
        }
        foreach (var (_, value) in objects.Where(o => o.Tag is not (0xE3 or 0x26 or 0x27 or 0x28)))
        {
            IsGone((message, hidden), value);
        }
        foreach (var (_, container) in objects.Where(o => o.Tag == 0xE3))
        {
            var inner = StrictFields.Objects(container);
            IsGone((message, hidden), inner is null ? container : []);
            foreach (var (_, code) in inner?.Where(o => o.Tag == 0x1F2F) ?? [])
            {
                IsGone((message, hidden), code);
            }
        }
    }

    /// <summary>The same bytes may also be where no code can be.</summary>
    static void IsGone((byte[] Message, byte[] Hidden) trace, ReadOnlySpan<byte> secret) => Expect(
        secret.Length < LeastSecret || secret.IndexOfAnyExcept(secret[0]) < 0 ||
        trace.Hidden.AsSpan().Count(secret) < trace.Message.AsSpan().Count(secret), "no code is left");
}
