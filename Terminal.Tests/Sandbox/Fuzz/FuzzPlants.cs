using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Sandbox.Fuzz;

/// <summary>Targets with a bug, to prove that a run finds it.</summary>
static class FuzzPlants
{
    /// <summary>A decoder that does not bear a rare pair of bytes in a sound block.</summary>
    sealed class Throwing : FrameTarget
    {
        protected override Received? Push(FrameDecoder decoder, byte next, Moment now)
        {
            var received = base.Push(decoder, next, now);
            return received is Received.Block { Apdu: var apdu } && apdu.AsSpan().IndexOf(Rare) >= 0
                ? throw new FormatException("planted")
                : received;
        }
    }

    /// <summary>Takes cents for euros where no currency is named.</summary>
    sealed class WrongAmount : CommandTarget
    {
        protected override LoopInput? Post(LoopInput input, byte[] command) =>
            input is Arrival.Instructed e && command.AsSpan().IndexOf(Currency) < 0
                ? e with { Amount = e.Amount with { Minor = e.Amount.Minor * 100 } }
                : input;
    }

    /// <summary>Orders a payment that the terminal has refused.</summary>
    sealed class Credulous : CommandTarget
    {
        protected override LoopInput? Post(LoopInput input, byte[] command) =>
            input is DeskInput.LinkReady && command is [0x06, 0x01, 0x04, .., 0x49, 0x09, _]
                ? new Arrival.Instructed(new(1234, Terminal.Payments.Currency.Eur), null)
                : input;
    }

    /// <summary>Sets aside what a length promises, before it is there.</summary>
    sealed class Hoarding : FieldTarget
    {
        protected override IReadOnlyList<Tlv>? Objects(byte[] input)
        {
            var reserved = input is [_, 0x82, var high, var low, ..] ? new byte[64 * (high << 8 | low)] : [];
            return reserved.Length >= 0 ? base.Objects(input) : null;
        }
    }

    static readonly byte[] Rare = [0x12, 0x35], Currency = [0x49, 0x09, 0x78];

    static readonly EcrSettings Tireless = new() { Timers = new() { MaxSends = int.MaxValue } };

    /// <summary>Each with the harm that it must be found by.</summary>
    public static readonly IReadOnlyDictionary<string, (Func<FuzzTarget> Make, FuzzHarm Harm)> All =
        new Dictionary<string, (Func<FuzzTarget>, FuzzHarm)>
        {
            ["throws-on-a-rare-pair"] = (() => new Throwing(), FuzzHarm.Crash),
            ["cents-for-euros"] = (() => new WrongAmount(), FuzzHarm.Crash),
            ["believes-what-it-refused"] = (() => new Credulous(), FuzzHarm.Crash),
            ["trusts-a-length"] = (() => new Hoarding(), FuzzHarm.Memory),
            ["sends-for-ever"] = (() => new SessionTarget("session-serial", Tireless), FuzzHarm.Stuck),
        };
}
