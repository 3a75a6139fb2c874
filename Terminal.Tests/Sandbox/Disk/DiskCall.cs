namespace Sandbox.Disk;

/// <summary>One call that a store makes on a file of its folder.</summary>
/// <param name="File">Name within the folder.</param>
public abstract record DiskCall(string File)
{
    /// <param name="IsNew">There was no such file before.</param>
    public sealed record Open(string File, bool IsNew) : DiskCall(File);

    public sealed record Read(string File) : DiskCall(File);

    public sealed record Write(string File, long Offset, byte[] Bytes) : DiskCall(File);

    public sealed record Truncate(string File, long Length) : DiskCall(File);

    public sealed record Flush(string File) : DiskCall(File);

    public sealed record Delete(string File) : DiskCall(File);

    public sealed record Rename(string File, string To) : DiskCall(File);

    /// <summary>Every name that was made or deleted before is durable.</summary>
    public sealed record FlushFolder() : DiskCall(".");

    /// <summary>It leaves the disk as it was.</summary>
    public bool OnlyLooks => this is Read or Open { IsNew: false };
}
