namespace Sandbox.Fuzz;

/// <summary>Fields and data objects, for <see cref="StrictReader"/>: the lengths of PA00P015, typed in anew.</summary>
static class StrictFields
{
    /// <summary>Bytes → the fields that have so many; −2 and −3: as many digits Fx tell how many.</summary>
    static readonly Dictionary<int, byte[]> Lengths = new()
    {
        [1] = Convert.FromHexString("010203051927" + "8A8CA0D0D2F0F9FAFCFD"),
        [2] = Convert.FromHexString("0D0E173A4987"),
        [3] = Convert.FromHexString("0B0C373D88AA"),
        [4] = [0x29],
        [5] = [0xBA],
        [6] = [0x04],
        [8] = [0x3B],
        [15] = [0x2A],
        [-2] = Convert.FromHexString("22232D4C8BA7F1F2F3F4F5F6F7F8"),
        [-3] = Convert.FromHexString("242E3C60929AAF"),
    };

    /// <summary>Every field exactly once, to the last byte; null otherwise.</summary>
    public static Dictionary<byte, byte[]>? Walk(byte[] data)
    {
        var fields = new Dictionary<byte, byte[]>();
        var at = 0;
        while (at < data.Length)
        {
            var bmp = data[at++];
            var length = bmp == 0x06 ? BerLength(data, ref at) : Length(bmp, data, ref at);
            if (length < 0 || at + length > data.Length || !fields.TryAdd(bmp, data[at..(at + length)]))
            {
                return null;
            }
            at += length;
        }
        return fields;
    }

    /// <summary>The objects of field 06; none if it is not there, null if it cannot be read.</summary>
    public static List<(int Tag, byte[] Value)>? Objects(Dictionary<byte, byte[]> fields) =>
        fields.TryGetValue(0x06, out var container) ? Objects(container) : [];

    public static List<(int Tag, byte[] Value)>? Objects(byte[] data)
    {
        var objects = new List<(int, byte[])>();
        var at = 0;
        while (at < data.Length)
        {
            var tag = BerTag(data, ref at);
            var length = tag < 0 ? -1 : BerLength(data, ref at);
            if (length < 0 || at + length > data.Length)
            {
                return null;
            }
            objects.Add((tag, data[at..(at + length)]));
            at += length;
        }
        return objects;
    }

    static int Length(byte bmp, byte[] data, ref int at)
    {
        var row = Lengths.FirstOrDefault(l => l.Value.Contains(bmp));
        if (row.Key >= 0)
        {
            return row.Value is null ? -1 : row.Key;
        }
        var length = 0;
        for (var digits = -row.Key; digits > 0; digits--)
        {
            if (at >= data.Length || data[at] < 0xF0 || data[at] > 0xF9)
            {
                return -1;
            }
            length = 10 * length + data[at++] - 0xF0;
        }
        return length;
    }

    static int BerTag(byte[] data, ref int at)
    {
        int tag = data[at++];
        if (tag % 32 != 31)
        {
            return tag;
        }
        for (var more = 0; more < 2 && at < data.Length; more++)
        {
            tag = 256 * tag + data[at];
            if (data[at++] < 0x80)
            {
                return tag;
            }
        }
        return -1;
    }

    static int BerLength(byte[] data, ref int at)
    {
        var left = data.Length - at;
        var (header, length) = left switch
        {
            >= 1 when data[at] < 0x80 => (1, data[at]),
            >= 2 when data[at] == 0x81 => (2, data[at + 1]),
            >= 3 when data[at] == 0x82 => (3, 256 * data[at + 1] + data[at + 2]),
            _ => (0, -1),
        };
        at += header;
        return length;
    }
}
