using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sandbox.Panel;

/// <summary>8-bit grey PNG, unfiltered and in one block: writes it, and reads back what it wrote.</summary>
static class Png
{
    static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Remainder((uint)i))];

    public static byte[] Write(GreyPicture picture)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 8; // bits per pixel; the rest is 0: grey, deflate, no interlace
        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Deflate(picture));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The picture in a file that <see cref="Write"/> made.</summary>
    public static GreyPicture Read(ReadOnlySpan<byte> file)
    {
        var at = Signature.Length + 8;
        var picture = new GreyPicture(
            BinaryPrimitives.ReadInt32BigEndian(file[at..]), BinaryPrimitives.ReadInt32BigEndian(file[(at + 4)..]));
        at += 13 + 4;
        var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
        using var stream = new ZLibStream(
            new MemoryStream(file.Slice(at + 8, length).ToArray()), CompressionMode.Decompress);
        for (var y = 0; y < picture.Height; y++)
        {
            if (stream.ReadByte() != 0)
            {
                throw new InvalidDataException("a filtered row: not written here");
            }
            stream.ReadExactly(picture.Pixels, y * picture.Width, picture.Width);
        }
        return picture;
    }

    /// <summary>CRC-32 as in PNG and zip (ISO 3309).</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        }
        return ~crc;
    }

    static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }
        return value;
    }

    static byte[] Deflate(GreyPicture picture)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            for (var y = 0; y < picture.Height; y++)
            {
                stream.WriteByte(0); // no filter
                stream.Write(picture.Pixels, y * picture.Width, picture.Width);
            }
        }
        return packed.ToArray();
    }

    static void WriteChunk(Stream file, string kind, byte[] data)
    {
        var chunk = new byte[8 + data.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(kind, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        var checkedPart = chunk.AsSpan(4, 4 + data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32(checkedPart));
        file.Write(chunk);
    }
}
