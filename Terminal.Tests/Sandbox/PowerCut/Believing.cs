using System.Buffers.Binary;
using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Sandbox.PowerCut;

/// <summary>Makes an image pass the checks that a planted fault leaves out.</summary>
static class Believing
{
    public static Dictionary<string, byte[]> Image(
        PowerCutPlant plant, Dictionary<string, byte[]> files) => plant switch
        {
            PowerCutPlant.TailUnchecked => files.ToDictionary(f => f.Key, f => Tail(f.Key, f.Value)),
            PowerCutPlant.BooksTrusted => Books(files),
            _ => files,
        };

    /// <summary>The checksum of each frame of a segment that is written follows what lies there.</summary>
    static byte[] Tail(string name, byte[] file)
    {
        if (!LogFiles.Slots.Contains(name))
        {
            return file;
        }
        var bytes = file.ToArray();
        for (var at = 0; at < bytes.Length; at += LogFrame.Block)
        {
            if (LogFrame.ReadHeader(bytes.AsSpan(at)) is var (frame, epoch) &&
                at + LogFrame.HeaderLength + frame.Length <= bytes.Length)
            {
                frame.Write(bytes.AsSpan(at), epoch);
            }
        }
        return bytes;
    }

    /// <summary>The sum of each page follows what lies there.</summary>
    static Dictionary<string, byte[]> Books(Dictionary<string, byte[]> files)
    {
        if (!PageFile.Names.All(files.ContainsKey) || files["books.sums"].Length < 2 * PageFormat.Block ||
            PageFormat.ReadSums(files["books.sums"].AsSpan(0, PageFormat.Block)) is null)
        {
            return files;
        }
        var (pages, sums) = (files["books.db"], files["books.sums"].ToArray());
        for (var (at, sum) = (0, PageFormat.Block); at + PageFormat.Page <= pages.Length && sum < sums.Length; sum += 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(
                sums.AsSpan(sum), PageFormat.Crc(pages.AsSpan(at, PageFormat.Page)));
            at += PageFormat.Page;
        }
        return new(files) { ["books.sums"] = sums, ["books.redo"] = [] };
    }
}
