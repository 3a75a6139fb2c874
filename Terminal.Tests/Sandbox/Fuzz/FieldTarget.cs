using Terminal.Ecr.Messages;

namespace Sandbox.Fuzz;

/// <summary>Fields (BMPs) and data objects (TLV) of a message, without the message around them.</summary>
class FieldTarget() : FuzzTarget("field")
{
    public override int Share => 2000;

    public override void Take(byte[] input)
    {
        Read(Objects(input));
        var fields = Fields.Read(input);
        Expect(fields.All.Sum(f => f.Value.Length) + fields.All.Count <= input.Length, "no more than was sent");
        var strict = StrictFields.Walk(input);
        // The terminal also refuses a container that cannot be read; otherwise both agree.
        Expect(strict is not null || fields.Fault != FieldFault.None, "takes what cannot be read to its end");
        if (fields.Fault != FieldFault.None || strict is null)
        {
            return;
        }
        CountDeep();
        Expect(strict.Count == fields.All.Count, "as many fields");
        foreach (var (bmp, value) in fields.All)
        {
            Expect(value.Span.SequenceEqual(strict[bmp]), $"field {bmp:X2} is the same");
        }
    }

    protected virtual IReadOnlyList<Tlv>? Objects(byte[] input) => Tlv.ReadAll(input);

    void Read(IReadOnlyList<Tlv>? tlvs)
    {
        if (tlvs is not { Count: > 0 })
        {
            return;
        }
        CountDeep();
        var container = Tlv.WriteContainer([.. tlvs]);
        var (header, _) = Tlv.ReadLength(container)!.Value;
        var again = Tlv.ReadAll(container.AsMemory(header));
        Expect(again is not null && again.Count == tlvs.Count, "a container encodes to itself");
        foreach (var (one, other) in tlvs.Zip(again!))
        {
            Expect(one.Tag == other.Tag && one.Value.Span.SequenceEqual(other.Value.Span), "an object is the same");
        }
    }
}
